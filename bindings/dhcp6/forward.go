package dhcp6

import (
	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/dhcp/dhcp6"
)

func forwardMethod() decl.Function {
	return decl.Raw{Name: "forward", Why: "options have values of many types", Source: "RFC 8415 section 19.1",
		Doc: "Wrap the message as a relay agent does. The hop count is one more than that of a relay_forward.",
		Options: []decl.Param{
			{Name: "link", Type: "string", Doc: "address that tells the client's link", Default: `"::"`, Optional: true},
			{Name: "peer", Type: "string", Doc: "whom the message came from", Default: `"::"`, Optional: true},
			{Name: "options", Type: "table", Doc: "what the relay agent adds", Optional: true},
		},
		Results: []decl.Param{{Name: "message", Type: "dhcp6.message", Doc: "a relay_forward"}},
		Example: example + `local f = m:forward{link="2001:db8::1", peer="fe80::5", options={interface_id="eth0"}}
f.type, f.hops, f.peer, f.options.interface_id --> relay_forward, 0, fe80::5, eth0`,
		Run: forward}
}

func forward(L *lua.LState) int {
	m := self(L, "forward")
	outer := &dhcp6.Message{Type: dhcp6.RelayForward}
	if t, ok := L.Get(2).(*lua.LTable); ok {
		decl.Each(t, func(k, v lua.LValue) {
			switch name := k.String(); name {
			case "link", "peer", "options":
				assign(L, outer, name, v)
			default:
				decl.Raisef(L, "bad option '%s' to 'dhcp6.message:forward' (expected one of: link, peer, options)", name)
			}
		})
	} else if L.Get(2) != lua.LNil {
		decl.RaiseArg(L, 1, "dhcp6.message:forward", decl.Expected(L, 2, "table"))
	}
	f, err := dhcp6.Forward(m, outer.Link, outer.Peer, outer.Options...)
	if err != nil {
		decl.Raisef(L, "dhcp6.message:forward: %s", err)
	}
	L.Push(decl.NewUserData(L, f))
	return 1
}

package dhcp

import (
	"net"
	"net/netip"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/dhcp/watch"
)

// allowed reads option allow: names in a list, and addresses with the MAC address that each must have.
func allowed(L *lua.LState, name string, t *lua.LTable) (a watch.Allow) {
	if t == nil {
		return a
	}
	decl.Each(t, func(k, v lua.LValue) {
		text, ok := v.(lua.LString)
		if !ok {
			decl.Raisef(L, "bad option 'allow' to '%s' (string expected, got %s)", name, decl.TypeName(v))
		}
		if at, ok := k.(lua.LString); ok {
			pair(L, name, &a, string(at), string(text))
		} else if err := a.Add(string(text)); err != nil {
			decl.Raisef(L, "bad option 'allow' to '%s' (%s)", name, err)
		}
	})
	return a
}

// pair allows an address at one MAC address.
func pair(L *lua.LState, name string, a *watch.Allow, at, text string) {
	addr, err := netip.ParseAddr(at)
	mac, bad := net.ParseMAC(text)
	if err != nil || bad != nil {
		decl.Raisef(L, "bad option 'allow' to '%s' (address = MAC address expected, got '%s' = '%s')", name, at, text)
	}
	a.Pair(addr, mac)
}

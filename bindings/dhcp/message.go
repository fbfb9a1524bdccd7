package dhcp

import (
	"bytes"
	"reflect"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/dhcp/dhcp4"
)

func messageFunctions() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "decode", Why: "called per message", Run: decode, Fails: []string{decl.Malformed}, Source: "RFC 2131 section 2",
			Doc: "Read a message. What is wrong with it stands in its problems; only what has no room for a hardware address is no message.",
			Params: []decl.Param{{Name: "bytes", Type: "string|packet",
				Doc: "the payload of a UDP datagram, or a packet that has it"}},
			Results: []decl.Param{{Name: "message", Type: "dhcp.message", Doc: "as it was on the wire"}},
			Example: `#dhcp.decode(("\0"):rep(300)):bytes() --> 300`},
	}
}

func messageClasses() []*decl.Class {
	return []*decl.Class{{Name: "dhcp.message", Doc: "A message of DHCPv4 or BOOTP.", Type: reflect.TypeFor[*dhcp4.Message](),
		Methods: []decl.Function{
			decl.Raw{Name: "bytes", Why: "called per message", Run: messageBytes, Doc: "Write the message as it goes into a UDP datagram.",
				Results: []decl.Param{{Name: "bytes", Type: "string", Doc: "the same that were decoded, when nothing was changed"}},
				Example: `#dhcp.decode(("\0"):rep(300)):bytes() --> 300`},
		}}}
}

// decode reads a message from bytes, or from the dhcp layer of a packet.
func decode(L *lua.LState) int {
	b, ok := payload(L.Get(1))
	if !ok {
		decl.RaiseArg(L, 1, "dhcp.decode", decl.Expected(L, 1, "string or packet with a dhcp layer"))
	}
	m, err := dhcp4.Decode(b)
	if err != nil {
		return decl.Fail(L, decl.Refuse(decl.Malformed, err))
	}
	L.Push(decl.NewUserData(L, m))
	return 1
}

// payload is the bytes of a message in v.
func payload(v lua.LValue) ([]byte, bool) {
	if s, ok := v.(lua.LString); ok {
		return []byte(s), true
	}
	p, ok := packets.Is(v)
	if !ok {
		return nil, false
	}
	pr, err := p.Registry().Lookup("dhcp")
	if err != nil {
		return nil, false
	}
	p = p.Sent()
	i := p.Find(pr, 1)
	if i < 0 {
		return nil, false
	}
	return bytes.Clone(p.Layer(i).Whole()), true
}

func messageBytes(L *lua.LState) int {
	b, err := decl.Self[*dhcp4.Message](L, "dhcp.message:bytes", "dhcp.message").Encode()
	if err != nil {
		decl.Raisef(L, "dhcp.message:bytes: %s", err)
	}
	L.Push(lua.LString(b))
	return 1
}

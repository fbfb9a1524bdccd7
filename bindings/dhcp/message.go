package dhcp

import (
	"reflect"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/dhcp/dhcp4"
)

func messageFunctions() []decl.Function {
	return []decl.Function{makeFunction(),
		decl.Raw{Name: "decode", Why: "called per message", Run: decode, Fails: []string{decl.Malformed}, Source: "RFC 2131 section 2, RFC 3396",
			Doc: "Read a message. What is wrong with it stands in its problems; only what has no room for a hardware address is no message.",
			Params: []decl.Param{{Name: "bytes", Type: "string|packet",
				Doc: "the payload of a UDP datagram, or a packet that has it"}},
			Results: []decl.Param{{Name: "message", Type: "dhcp.message", Doc: "as it was on the wire"}},
			Example: `dhcp.decode(dhcp.message{type="discover", xid=7}:bytes()).xid --> 7
dhcp.decode("too short") --> nil, a DHCP message has 44 bytes or more, these are 9, malformed`},
		optionsFunction(),
	}
}

func messageClasses() []*decl.Class {
	return []*decl.Class{
		{Name: "dhcp.message", Doc: "A message of DHCPv4 or BOOTP. message[code] and message.options.NAME are its options, to read and to set.",
			Type: reflect.TypeFor[*dhcp4.Message](), Fields: fieldParams(), Methods: messageMethods(), Index: messageIndex, Nth: messageNth,
			Meta: map[string]lua.LGFunction{"__tostring": decl.ToString, "__newindex": messageNewIndex}},
		{Name: "dhcp.options", Doc: "The options of a message by name or code; nil is an option that isn't there, and setting it to nil removes it. " +
			"#options counts all, duplicates, pads and end too, as message.list has them.",
			Type: reflect.TypeFor[*options](), Index: optionIndex, Nth: optionNth,
			Meta: map[string]lua.LGFunction{"__newindex": optionNewIndex, "__len": optionCount}},
	}
}

// self is the message that a method is called on.
func self(L *lua.LState, method string) *dhcp4.Message {
	return decl.Self[*dhcp4.Message](L, "dhcp.message:"+method, "dhcp.message")
}

// pushMessage pushes a message as Lua holds it.
func pushMessage(L *lua.LState, m *dhcp4.Message) int {
	L.Push(decl.NewUserData(L, m))
	return 1
}

// decode reads a message from bytes, or from the dhcp layer of a packet.
func decode(L *lua.LState) int {
	b, ok := packets.Payload(L.Get(1), "dhcp")
	if !ok {
		decl.RaiseArg(L, 1, "dhcp.decode", decl.Expected(L, 1, "string or packet with a dhcp layer"))
	}
	m, err := dhcp4.Decode(b)
	if err != nil {
		return decl.Fail(L, decl.Refuse(decl.Malformed, err))
	}
	return pushMessage(L, m)
}

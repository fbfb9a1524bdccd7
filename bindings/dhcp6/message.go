package dhcp6

import (
	"reflect"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/dhcp/dhcp6"
)

func messageFunctions() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "message", Why: "options have names and values of many types", Run: makeMessage, Source: "RFC 8415 sections 8 and 9",
			Doc: "Make a message. Options are a table by name or code, or a list of pairs, which keeps its order.",
			Options: []decl.Param{
				{Name: "type", Type: "string|integer", Doc: "as solicit, information_request, relay_forward"},
				{Name: "xid", Type: "integer", Doc: "transaction id of 24 bits; else one by chance", Optional: true},
				{Name: "hops", Type: "integer", Doc: "of a relay agent's message: agents passed before", Default: "0", Optional: true},
				{Name: "link", Type: "string", Doc: "of a relay agent's message: address that tells the client's link", Default: `"::"`, Optional: true},
				{Name: "peer", Type: "string", Doc: "of a relay agent's message: whom the message inside came from, or goes to", Default: `"::"`, Optional: true},
				{Name: "options", Type: "table", Doc: "options", Optional: true},
				{Name: "rest", Type: "string", Doc: "bytes at the end that are no option", Optional: true},
				{Name: "inner", Type: "dhcp6.message", Doc: "of a relay agent's message: the one inside", Optional: true},
			},
			Results: []decl.Param{{Name: "message", Type: "dhcp6.message", Doc: "to send, change or look at"}},
			Example: `local m = dhcp6.message{type="solicit", xid=1, options={client_id="00:03:00:01:02:00:00:00:00:01", ia_na={iaid=7}}}
m.options.ia_na[1].iaid, #m:bytes() --> 7, 34`},
		decl.Raw{Name: "decode", Why: "called per message", Run: decode, Fails: []string{decl.Malformed}, Source: "RFC 8415 sections 8 and 9",
			Doc: "Read a message. What can't be read of it is kept and stands in its problems; only what is too short for a header is no message.",
			Params: []decl.Param{{Name: "bytes", Type: "string|packet",
				Doc: "the payload of a UDP datagram, or a packet that has it"}},
			Results: []decl.Param{{Name: "message", Type: "dhcp6.message", Doc: "as it was on the wire"}},
			Example: `dhcp6.decode("\1\0\0\7\0\14\0\0").options.rapid_commit --> true`},
	}
}

func messageClasses() []*decl.Class {
	return []*decl.Class{
		{Name: "dhcp6.message", Doc: "A message of DHCPv6. message[code] and message.options.NAME are its options, to read and to set.",
			Type: reflect.TypeFor[*dhcp6.Message](), Fields: messageFields, Methods: messageMethods(), Index: index, Nth: nth,
			Meta: map[string]lua.LGFunction{"__tostring": decl.ToString, "__newindex": newindex}},
		{Name: "dhcp6.options", Doc: "The options of a message by name or code, in the order of message.list. nil removes one. An option that may stand " +
			"more than once is a list of its values.",
			Type: reflect.TypeFor[*options](), Index: optionByName, Nth: optionByCode,
			Meta: map[string]lua.LGFunction{"__newindex": setOption, "__len": countOptions}},
	}
}

// decode reads a message from bytes, or from the dhcp6 layer of a packet.
func decode(L *lua.LState) int {
	b, ok := packets.Payload(L.Get(1), "dhcp6")
	if !ok {
		decl.RaiseArg(L, 1, "dhcp6.decode", decl.Expected(L, 1, "string or packet with a dhcp6 layer"))
	}
	m, err := dhcp6.Decode(b)
	if err != nil {
		return decl.Fail(L, decl.Refuse(decl.Malformed, err))
	}
	L.Push(decl.NewUserData(L, m))
	return 1
}

// self is the message that a method is called on.
func self(L *lua.LState, method string) *dhcp6.Message {
	return decl.Self[*dhcp6.Message](L, "dhcp6.message:"+method, "dhcp6.message")
}

package dhcp

import (
	"fmt"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/option"
)

const messageExample = `local m = dhcp.message{type="request", xid=1, chaddr="02:00:00:00:00:01", options={host_name="pc", requested_address="10.0.0.5"}}
`

func messageMethods() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "bytes", Why: "called per message", Run: messageBytes, Source: "RFC 2131 sections 2 and 4.1, RFC 2132 section 9.3",
			Doc: "Write the message as it goes into a UDP datagram.",
			Options: []decl.Param{{Name: "max", Type: "integer", Optional: true,
				Doc: "most bytes: options that have no room behind the cookie go into file and sname, with option 52; the message itself stays as it is"}},
			Results: []decl.Param{{Name: "bytes", Type: "string", Doc: "the same that were decoded, when nothing was changed"}},
			Fails:   []string{decl.Malformed},
			Example: messageExample + `#m:bytes() --> 300
m.options.root_path = ("x"):rep(100)
dhcp.decode(m:bytes{max=300}).options.option_overload --> file`},
		decl.Raw{Name: "add", Why: "values of many types", Run: addOption,
			Doc: "Add an option before the end, or at a place among the others, even when there is one of its code.",
			Params: []decl.Param{{Name: "name", Type: "string|integer", Doc: "name or code; pad and end too"},
				{Name: "value", Type: "any", Optional: true, Default: "true", Doc: "as the option takes it; {data=bytes}: its bytes"},
				{Name: "position", Type: "integer", Optional: true, Doc: "in message.list, from 1; else before the end"}},
			Results: []decl.Param{{Name: "message", Type: "dhcp.message", Doc: "the same, for chains"}},
			Example: messageExample + `m:add("host_name", "again"):add("pad", nil, 1)
m.list[1].name, #m.options, m.options.host_name --> pad, 6, pcagain`},
		decl.Raw{Name: "raw", Why: "called per message", Run: rawOption, Source: "RFC 3396 section 5",
			Doc: "The data of an option, those of all options of its code one after another; or set them, whatever they are.",
			Params: []decl.Param{{Name: "name", Type: "string|integer", Doc: "name or code"},
				{Name: "data", Type: "string", Optional: true, Doc: "bytes to set"}},
			Results: []decl.Param{{Name: "data", Type: "string|nil", Doc: "nil when there is no such option"}},
			Example: messageExample + `m:raw(50) == "\10\0\0\5" --> true
m:raw("router", "\1\2\3")
m.problems[1] --> at byte 0: router: [1]: an IPv4 address is 4 bytes, not 3`},
		decl.Raw{Name: "copy", Why: "called per message", Doc: "Return a message of its own with the same content.", Run: copyMessage,
			Results: []decl.Param{{Name: "message", Type: "dhcp.message", Doc: "a new one"}},
			Example: messageExample + "local n = m:copy()\nn.type = \"inform\"\nm.type --> request"},
		decl.Raw{Name: "answer", Why: "called per message", Run: answer, Source: "RFC 2131 section 4.3.1, table 3",
			Doc:     "Make the message of a server to this one: its transaction, hardware address, flags and relay agent.",
			Params:  []decl.Param{{Name: "type", Type: "string|integer", Doc: "as offer, ack or nak"}},
			Results: []decl.Param{{Name: "message", Type: "dhcp.message", Doc: "a new one, without an address and options"}},
			Example: messageExample + `local a = m:answer("ack")
a.op, a.xid, a.chaddr --> 2, 1, 02:00:00:00:00:01`},
		fingerprintMethod(),
		decl.Raw{Name: "packet", Why: "called per message", Doc: "The message as a packet with a dhcp layer over the same bytes.", Run: toPacket,
			Results: []decl.Param{{Name: "packet", Type: "packet", Doc: "a new one"}},
			Example: messageExample + `m:packet().dhcp.xid --> 1`},
		decl.Raw{Name: "show", Why: "writes to the script's output", Run: show,
			Doc:     "Print the message: its fields, a line for each option, and what could not be read.",
			Options: []decl.Param{{Name: "print", Type: "boolean", Default: "true", Optional: true, Doc: "false: return the text instead"}},
			Results: []decl.Param{{Name: "text", Type: "string|nil", Doc: "what would have been printed"}},
			Example: messageExample + `m:show{print=false}:match("50 [^\n]*") --> 50 requested_address          10.0.0.5`},
		decl.Raw{Name: "lua", Why: "writes a view of the message", Run: source,
			Doc:     "Write the Lua expression that makes the message again, byte by byte.",
			Results: []decl.Param{{Name: "text", Type: "string", Doc: "as described"}},
			Example: messageExample + `m:lua() == [[dhcp.message{type="request", chaddr="02:00:00:00:00:01", xid=0x1, options={{"host_name", "pc"}, {"requested_address", "10.0.0.5"}}}]] --> true`},
	}
}

func messageBytes(L *lua.LState) int {
	m := self(L, "bytes")
	opts := struct {
		Max *int `lua:"max" doc:"most bytes"`
	}{}
	if L.Get(2) != lua.LNil {
		decl.Options(L, "dhcp.message:bytes", 2, &opts)
	}
	if opts.Max != nil {
		m = m.Clone()
		if err := m.Fit(*opts.Max); err != nil {
			return decl.Fail(L, decl.Refuse(decl.Malformed, err))
		}
	}
	L.Push(lua.LString(encoded(L, m, "bytes")))
	return 1
}

// encoded is the message's bytes, or raises.
func encoded(L *lua.LState, m *dhcp4.Message, method string) []byte {
	b, err := m.Encode()
	if err != nil {
		decl.Raisef(L, "dhcp.message:%s: %s", method, err)
	}
	return b
}

func addOption(L *lua.LState) int {
	m := self(L, "add")
	o := dhcp4.Option{Code: codeOf(L, L.Get(2))}
	switch v := L.Get(3).(type) {
	case *lua.LNilType:
		if o.Code != option.Pad && o.Code != option.End {
			o.Data = dataOf(L, o.Code, lua.LTrue)
		}
	case *lua.LTable:
		data, isData := v.RawGetString("data").(lua.LString)
		if k, _ := v.Next(lua.LString("data")); isData && k == lua.LNil && v.Len() == 0 {
			o.Data = []byte(data)
		} else {
			o.Data = dataOf(L, o.Code, v)
		}
	default:
		o.Data = dataOf(L, o.Code, v)
	}
	at := m.Last()
	if L.Get(4) != lua.LNil {
		at = int(decl.Number(L, "dhcp.message:add", 4)) - 1
		if at < 0 || at > len(m.Options) {
			decl.RaiseArg(L, 3, "dhcp.message:add", fmt.Sprintf("position: number of 1 to %d expected, got %d", len(m.Options)+1, at+1))
		}
	}
	m.Insert(at, o)
	L.SetTop(1)
	return 1
}

func rawOption(L *lua.LState) int {
	m := self(L, "raw")
	code := codeOf(L, L.Get(2))
	if L.Get(3) != lua.LNil {
		m.Set(code, []byte(decl.String(L, "dhcp.message:raw", 3)))
	}
	data, ok := m.Get(code)
	if !ok {
		return 0
	}
	L.Push(lua.LString(data))
	return 1
}

func copyMessage(L *lua.LState) int { return pushMessage(L, self(L, "copy").Clone()) }

func answer(L *lua.LState) int {
	m := self(L, "answer")
	t, err := typeOf(L.Get(2))
	if err != nil {
		decl.RaiseArg(L, 1, "dhcp.message:answer", err.Error())
	}
	return pushMessage(L, m.Answer(t))
}

func toPacket(L *lua.LState) int {
	b := encoded(L, self(L, "packet"), "packet")
	return packets.PushDecoded(L, b, "dhcp")
}

func show(L *lua.LState) int {
	m := self(L, "show")
	opts := struct {
		Print bool `lua:"print" doc:"false: return the text instead"`
	}{true}
	if L.Get(2) != lua.LNil {
		decl.Options(L, "dhcp.message:show", 2, &opts)
	}
	if !opts.Print {
		L.Push(lua.LString(m.Show()))
		return 1
	}
	fmt.Fprint(decl.HostOf(L).Stdout(), m.Show())
	return 0
}

func source(L *lua.LState) int {
	s, err := self(L, "lua").Source()
	if err != nil {
		decl.Raisef(L, "dhcp.message:lua: %s", err)
	}
	L.Push(lua.LString(s))
	return 1
}

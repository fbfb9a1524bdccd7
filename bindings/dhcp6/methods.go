package dhcp6

import (
	"fmt"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/dhcp/dhcp6"
)

const example = `local m = dhcp6.message{type="solicit", xid=1, options={{"client_id", "00:03:00:01:02:00:00:00:00:01"}, {"rapid_commit"}}}
`

func messageMethods() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "bytes", Why: "called per message", Run: messageBytes, Doc: "Write the message as it goes into a UDP datagram.",
			Results: []decl.Param{{Name: "bytes", Type: "string", Doc: "the same that were decoded, when nothing was changed"}},
			Example: `dhcp6.message{type="solicit", xid=7}:bytes() == "\1\0\0\7" --> true`},
		decl.Raw{Name: "add", Why: "values of many types", Doc: "Add an option behind the others, or at a place among them, even when there is one of its code.",
			Params: []decl.Param{{Name: "name", Type: "string|integer", Doc: "name or code"}, {Name: "value", Type: "any", Optional: true, Default: "true", Doc: "as the option takes it; {data=bytes}: its bytes"},
				{Name: "position", Type: "integer", Optional: true, Doc: "in message.list, from 1; else at the end"}},
			Results: []decl.Param{{Name: "message", Type: "dhcp6.message", Doc: "the same, for chains"}},
			Example: example + `m:add("elapsed_time", 1.5, 1)
m.list[1].name, #m.options --> elapsed_time, 3`, Run: add},
		decl.Raw{Name: "copy", Why: "called per message", Doc: "Return a message of its own with the same content.", Run: copyMessage,
			Results: []decl.Param{{Name: "message", Type: "dhcp6.message", Doc: "a new one"}},
			Example: example + "local n = m:copy()\nn.type = \"request\"\nm.type --> solicit"},
		decl.Raw{Name: "inner", Why: "called per message", Doc: "The message inside of a relay agent's message. To change it there, set options.relay_message.",
			Run: inner, Fails: []string{decl.NotFound, decl.Malformed}, Source: "RFC 8415 section 9",
			Results: []decl.Param{{Name: "message", Type: "dhcp6.message", Doc: "a new one"}},
			Example: example + `m:forward{link="2001:db8::1", peer="fe80::5"}:inner().type --> solicit`},
		decl.Raw{Name: "innermost", Why: "called per message", Doc: "The client's or server's message inside of however many relay agents' messages: itself when it is in none.",
			Run: innermost, Fails: []string{decl.NotFound, decl.Malformed}, Source: "RFC 8415 section 9",
			Results: []decl.Param{{Name: "message", Type: "dhcp6.message", Doc: "the innermost"}},
			Example: example + `m:forward{}:forward{}:innermost().xid --> 1`},
		forwardMethod(),
		decl.Raw{Name: "packet", Why: "called per message", Doc: "The message as a packet with a dhcp6 layer over the same bytes.", Run: toPacket,
			Results: []decl.Param{{Name: "packet", Type: "packet", Doc: "a new one"}},
			Example: example + `m:packet().dhcp6.trid --> 1`},
		decl.Raw{Name: "show", Why: "writes to the script's output", Doc: "Print the message: a line for each option, those inside others indented, and what could not be read.",
			Options: []decl.Param{{Name: "print", Type: "boolean", Default: "true", Optional: true, Doc: "false: return the text instead"}},
			Results: []decl.Param{{Name: "text", Type: "string|nil", Doc: "what would have been printed"}},
			Example: example + `m:show{print=false}:match("rapid_commit[^\n]*") --> rapid_commit (14)`, Run: show},
		decl.Raw{Name: "lua", Why: "writes a view of the message", Doc: "Write the Lua expression that makes the message again.",
			Results: []decl.Param{{Name: "text", Type: "string", Doc: "as described"}},
			Example: example + `m:lua() == [[dhcp6.message{type="solicit", xid=0x1, options={{"client_id", "00:03:00:01:02:00:00:00:00:01"}, {"rapid_commit"}}}]] --> true`, Run: source},
	}
}

func messageBytes(L *lua.LState) int {
	b, err := self(L, "bytes").Encode()
	if err != nil {
		decl.Raisef(L, "dhcp6.message:bytes: %s", err)
	}
	L.Push(lua.LString(b))
	return 1
}

func add(L *lua.LState) int {
	m := self(L, "add")
	code, value := codeOf(L, L.Get(2)), L.Get(3)
	if value == lua.LNil {
		value = lua.LTrue
	}
	at := len(m.Options)
	if L.Get(4) != lua.LNil {
		at = int(decl.Number(L, "dhcp6.message:add", 4)) - 1
		if at < 0 || at > len(m.Options) {
			decl.RaiseArg(L, 3, "dhcp6.message:add", fmt.Sprintf("position: number of 1 to %d expected, got %d", len(m.Options)+1, at+1))
		}
	}
	m.Options = append(append(m.Options[:at:at], optionsOf(L, code, value)...), m.Options[at:]...)
	L.SetTop(1)
	return 1
}

func copyMessage(L *lua.LState) int {
	L.Push(decl.NewUserData(L, self(L, "copy").Copy()))
	return 1
}

func inner(L *lua.LState) int {
	m := self(L, "inner")
	if _, ok := m.Get(dhcp6.RelayMessage); !ok {
		return decl.Fail(L, decl.Refuse(decl.NotFound, fmt.Errorf("a %s without a relay message", m.Type)))
	}
	in, err := m.Inner()
	if err != nil {
		return decl.Fail(L, decl.Refuse(decl.Malformed, err))
	}
	L.Push(decl.NewUserData(L, in))
	return 1
}

func innermost(L *lua.LState) int {
	chain, err := self(L, "innermost").Chain()
	last := chain[len(chain)-1]
	switch _, some := last.Get(dhcp6.RelayMessage); {
	case err != nil && some:
		return decl.Fail(L, decl.Refuse(decl.Malformed, err))
	case err != nil:
		return decl.Fail(L, decl.Refuse(decl.NotFound, err))
	}
	L.Push(decl.NewUserData(L, last))
	return 1
}

func toPacket(L *lua.LState) int {
	b, err := self(L, "packet").Encode()
	if err != nil {
		decl.Raisef(L, "dhcp6.message:packet: %s", err)
	}
	return packets.PushDecoded(L, b, "dhcp6")
}

func show(L *lua.LState) int {
	m := self(L, "show")
	opts := struct {
		Print bool `lua:"print" doc:"false: return the text instead"`
	}{true}
	if L.Get(2) != lua.LNil {
		decl.Options(L, "dhcp6.message:show", 2, &opts)
	}
	if !opts.Print {
		L.Push(lua.LString(m.Show()))
		return 1
	}
	fmt.Fprint(decl.HostOf(L).Stdout(), m.Show())
	return 0
}

func source(L *lua.LState) int {
	L.Push(lua.LString(self(L, "lua").Source()))
	return 1
}

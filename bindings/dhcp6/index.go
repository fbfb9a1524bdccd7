package dhcp6

import (
	"errors"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/packet"
)

// messageFields are what a message has to read; list, problems and status can't be set.
var messageFields = []decl.Param{
	{Name: "type", Type: "string", Doc: "kind of message, as solicit or relay_forward"},
	{Name: "xid", Type: "integer|nil", Doc: "transaction id, the same in question and answer; not of relay agents' messages"},
	{Name: "hops", Type: "integer|nil", Doc: "relay agents passed before; only of relay agents' messages, as the next two"},
	{Name: "link", Type: "string|nil", Doc: "address that tells the client's link"},
	{Name: "peer", Type: "string|nil", Doc: "whom the message inside came from, or goes to"},
	{Name: "options", Type: "dhcp6.options", Doc: "options by name or code"},
	{Name: "list", Type: "table[]", Doc: "all options in the order of the wire, as {code, name, value, data, offset}: offset counts from 0 and is where the option begins"},
	{Name: "problems", Type: "string[]", Doc: "what could not be read, and where"},
	{Name: "status", Type: "table", Doc: "status of the whole message, as {code, message}: Success when it has none"},
	{Name: "rest", Type: "string|nil", Doc: "bytes at the end that are no option"},
}

// index is message.name for what is no method.
func index(L *lua.LState, self any, name string) (lua.LValue, bool) {
	m := self.(*dhcp6.Message)
	switch name {
	case "type":
		return lua.LString(m.Type.String()), true
	case "xid":
		if m.Type.Relay() {
			return lua.LNil, true
		}
		return lua.LNumber(m.XID), true
	case "hops", "link", "peer":
		return relayField(m, name), true
	case "options":
		return decl.NewUserData(L, &options{m}), true
	case "list":
		return listOf(L, m), true
	case "problems":
		return problemsOf(L, m), true
	case "status":
		s := m.Options.Status()
		t := L.CreateTable(0, 2)
		t.RawSetString("code", lua.LString(s.Code.String()))
		t.RawSetString("message", lua.LString(s.Message))
		return t, true
	case "rest":
		if len(m.Rest) > 0 {
			return lua.LString(m.Rest), true
		}
		return lua.LNil, true
	}
	known := []string{}
	for _, f := range messageFields {
		known = append(known, f.Name)
	}
	for _, f := range messageMethods() {
		known = append(known, f.Record().Name)
	}
	decl.RaiseUnknown(L, "dhcp6.message", name, known)
	return nil, false
}

func relayField(m *dhcp6.Message, name string) lua.LValue {
	switch {
	case !m.Type.Relay():
		return lua.LNil
	case name == "hops":
		return lua.LNumber(m.Hops)
	case name == "link" && m.Link.IsValid():
		return lua.LString(m.Link.String())
	case name == "peer" && m.Peer.IsValid():
		return lua.LString(m.Peer.String())
	}
	return lua.LString("::")
}

// nth is message[code].
func nth(L *lua.LState, self any, code int) (lua.LValue, bool) {
	return optionByCode(L, &options{self.(*dhcp6.Message)}, code)
}

// newindex is message.name = v and message[code] = v.
func newindex(L *lua.LState) int {
	m := L.Get(1).(*lua.LUserData).Value.(*dhcp6.Message)
	if name, ok := L.Get(2).(lua.LString); ok {
		assign(L, m, string(name), L.Get(3))
		return 0
	}
	setIn(L, m, L.Get(2), L.Get(3))
	return 0
}

// options is a message's options as Lua holds them.
type options struct{ m *dhcp6.Message }

func optionByName(L *lua.LState, self any, name string) (lua.LValue, bool) {
	return valueIn(L, self.(*options).m, codeOf(L, lua.LString(name))), true
}

func optionByCode(L *lua.LState, self any, code int) (lua.LValue, bool) {
	if code < 0 || code > 0xffff {
		decl.Raisef(L, "codes of options are 0 to 65535, got %d", code)
	}
	return valueIn(L, self.(*options).m, uint16(code)), true
}

// valueIn is what a message's options of a code say.
func valueIn(L *lua.LState, m *dhcp6.Message, code uint16) lua.LValue {
	return packets.ToLua(L, m.Options.ValueOf(code))
}

func setOption(L *lua.LState) int {
	setIn(L, L.Get(1).(*lua.LUserData).Value.(*options).m, L.Get(2), L.Get(3))
	return 0
}

// setIn replaces a message's options of a name or code; nil removes them.
func setIn(L *lua.LState, m *dhcp6.Message, key, v lua.LValue) {
	code := codeOf(L, key)
	if v == lua.LNil || v == lua.LFalse {
		m.Options.Replace(code)
		return
	}
	m.Options.Replace(code, optionsOf(L, code, v)...)
}

func countOptions(L *lua.LState) int {
	L.Push(lua.LNumber(len(L.Get(1).(*lua.LUserData).Value.(*options).m.Options)))
	return 1
}

func listOf(L *lua.LState, m *dhcp6.Message) lua.LValue {
	t, at := L.CreateTable(len(m.Options), 0), m.HeaderSize()
	for _, o := range m.Options {
		v, _ := o.Value()
		row := L.CreateTable(0, 5)
		row.RawSetString("code", lua.LNumber(o.Code))
		row.RawSetString("name", lua.LString(dhcp6.NameOf(o.Code)))
		row.RawSetString("value", packets.ToLua(L, v))
		row.RawSetString("data", lua.LString(o.Bytes()))
		row.RawSetString("offset", lua.LNumber(at))
		t.Append(row)
		at += 4 + o.Size()
	}
	return t
}

func problemsOf(L *lua.LState, m *dhcp6.Message) lua.LValue {
	all := m.Check()
	t := L.CreateTable(len(all), 0)
	for _, p := range all {
		t.Append(lua.LString(p.String()))
	}
	return t
}

// unwrapped is the misspelt name in an error.
func unwrapped(err error) (*packet.UnknownName, bool) {
	var unknown *packet.UnknownName
	return unknown, errors.As(err, &unknown)
}

package snmp

import (
	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/snmp/manager"
)

// exchangeField is s.exchange.
func exchangeField() decl.Reading[*session] {
	return decl.Reading[*session]{
		Param: decl.Param{Name: "exchange", Type: "table[]", Doc: "the last messages both ways, the oldest first: 32 and 8 KiB at most",
			Fields: []decl.Param{
				{Name: "time", Type: "number", Doc: "when, in seconds since 1970"},
				{Name: "dir", Type: "string", Choices: []string{"out", "in"}, Doc: "sent, or received"},
				{Name: "source", Type: "string", Doc: "who sent it, as ip:port"},
				{Name: "destination", Type: "string", Doc: "to whom, as ip:port"},
				{Name: "bytes", Type: "string", Doc: "as they were on the wire, encrypted if they were"},
				{Name: "message", Type: "snmp.message|nil", Doc: "what they say, decrypted where the session's user can; nil when they are no message"},
			}},
		Get: func(L *lua.LState, s *session) lua.LValue {
			list := s.Exchange()
			t := L.CreateTable(len(list), 0)
			for i, d := range list {
				t.RawSetInt(i+1, s.exchanged(L, d))
			}
			return t
		},
	}
}

// exchanged is one message as a table.
func (s *session) exchanged(L *lua.LState, d manager.Datagram) *lua.LTable {
	t := L.CreateTable(0, 6)
	t.RawSetString("time", decl.Push(L, d.Time))
	t.RawSetString("dir", lua.LString("in"))
	if d.Out {
		t.RawSetString("dir", lua.LString("out"))
	}
	t.RawSetString("source", lua.LString(d.Source.String()))
	t.RawSetString("destination", lua.LString(d.Destination.String()))
	t.RawSetString("bytes", lua.LString(d.Data))
	if m, err := s.Read(d.Data); err == nil {
		t.RawSetString("message", decl.NewUserData(L, m))
	}
	return t
}

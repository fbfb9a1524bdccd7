package snmp

import (
	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/snmp/manager"
)

// sessionRow are the fields of a message that left or came, but for the message itself.
type sessionRow struct {
	Time        float64 `lua:"time" doc:"in seconds since 1970"`
	Dir         string  `lua:"dir" type:"\"in\"|\"out\"" doc:"whether it came or went"`
	Type        string  `lua:"type?" doc:"the message's; nil when it could not be read"`
	Source      string  `lua:"source" doc:"as ip:port"`
	Destination string  `lua:"destination" doc:"as ip:port"`
	Bytes       string  `lua:"bytes" doc:"as on the wire"`
	Label       string  `lua:"label" doc:"type and first variable, for ladder.draw"`
	From        string  `lua:"from" doc:"manager or agent, for ladder.draw"`
	To          string  `lua:"to" doc:"likewise"`
}

// exchangeField is s.exchange.
func exchangeField() decl.Reading[*session] {
	fields := append([]decl.Param{{Name: "message", Type: "snmp.message|nil", Doc: "decrypted, in version 3; nil when it could not be read"}},
		decl.OptionParams(sessionRow{})...)
	return decl.Reading[*session]{
		Param: decl.Param{Name: "exchange", Type: "table[]", Fields: fields,
			Doc: "last messages that were sent and came, the oldest first: 32 at most, of 8 KiB in all; rows for ladder.draw and tabulate"},
		Get: func(L *lua.LState, s *session) lua.LValue {
			list := s.Exchange()
			t := L.CreateTable(len(list), 0)
			for _, d := range list {
				t.Append(s.exchanged(L, d))
			}
			return t
		},
	}
}

// exchanged is a message that left or came, as Lua sees it.
func (s *session) exchanged(L *lua.LState, d manager.Datagram) *lua.LTable {
	row := sessionRow{Time: float64(d.Time.UnixNano()) / 1e9, Dir: "in", Source: d.Source.String(), Destination: d.Destination.String(),
		Bytes: string(d.Data), Label: "unreadable", From: "agent", To: "manager"}
	if d.Out {
		row.Dir, row.From, row.To = "out", "manager", "agent"
	}
	m, err := s.Read(d.Data)
	var held lua.LValue = lua.LNil
	if err == nil {
		closed := ""
		if m.PDU == nil {
			closed = "not for this session's user, or damaged"
		}
		held = pushMessage(L, m, closed)
		wire := held.(*lua.LUserData).Value.(*wireMessage)
		row.Label = wire.about()
		if m.PDU != nil {
			row.Type = m.PDU.Type.String()
		}
	}
	t := decl.Push(L, row).(*lua.LTable)
	t.RawSetString("message", held)
	return t
}

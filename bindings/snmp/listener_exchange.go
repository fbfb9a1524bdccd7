package snmp

import (
	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/mib"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/notify"
	"moonwire/host/snmp/usm"
)

// listenerExchange is listener.exchange.
func listenerExchange() decl.Reading[*listener] {
	return decl.Reading[*listener]{
		Param: decl.Param{Name: "exchange", Type: "table[]", Doc: "the last 256 messages both ways, the oldest first; rows for ladder.draw and tabulate",
			Fields: []decl.Param{
				{Name: "time", Type: "number", Doc: "when, in seconds since 1970"},
				{Name: "dir", Type: "string", Choices: []string{"out", "in"}, Doc: "sent, or received"},
				{Name: "source", Type: "string", Doc: "who sent it, as ip:port"},
				{Name: "destination", Type: "string", Doc: "to whom, as ip:port"},
				{Name: "bytes", Type: "string", Doc: "as they were on the wire"},
				{Name: "message", Type: "snmp.message|nil", Doc: "what they say, decrypted where a listed user can; nil when they are no message"},
				{Name: "label", Type: "string", Doc: "what it is, for ladder.draw"},
				{Name: "from", Type: "string", Doc: "address of the other side, or receiver, for ladder.draw"},
				{Name: "to", Type: "string", Doc: "likewise"},
				{Name: "lost", Type: "boolean", Doc: "whether it is an answer that was withheld, for ladder.draw"},
			}},
		Get: func(L *lua.LState, l *listener) lua.LValue {
			list, tree := l.Exchange(), treeOf(L)
			t := L.CreateTable(len(list), 0)
			for i := range list {
				t.RawSetInt(i+1, exchangeRow(L, tree, &list[i]))
			}
			return t
		},
	}
}

// exchangeRow is a message that came or left as a table.
func exchangeRow(L *lua.LState, tree *mib.Tree, d *notify.Datagram) *lua.LTable {
	t := L.CreateTable(0, 10)
	dir, from, to := "in", d.Source.Addr().String(), "receiver"
	if d.Out {
		dir, from, to = "out", "receiver", d.Destination.Addr().String()
	}
	for k, v := range map[string]string{"dir": dir, "source": d.Source.String(), "destination": d.Destination.String(), "bytes": string(d.Data),
		"label": label(tree, d.Message), "from": from, "to": to} {
		t.RawSetString(k, lua.LString(v))
	}
	t.RawSetString("time", decl.Push(L, d.Time))
	t.RawSetString("lost", lua.LBool(d.Withheld))
	if d.Message != nil {
		t.RawSetString("message", pushMessage(L, d.Message, ""))
	}
	return t
}

// label says in some words what a message is: inform linkDown, report usmStatsUnknownEngineIDs.
func label(tree *mib.Tree, m *message.Message) string {
	switch {
	case m == nil:
		return "no message"
	case m.PDU == nil:
		return "encrypted"
	}
	p := m.PDU
	switch p.Type {
	case message.TrapV1:
		return "trap " + tree.Name(notify.NameOf(p.Trap))
	case message.TrapV2:
		return "trap" + happened(tree, p.Vars)
	case message.Inform:
		return "inform" + happened(tree, p.Vars)
	case message.Report:
		return "report " + reported(tree, p.Vars)
	}
	return p.Type.String()
}

// happened is a blank and what a notification is about.
func happened(tree *mib.Tree, vars []message.Var) string {
	for _, v := range vars {
		if o := v.Value.OID(); v.Name.Equal(notify.TrapOID) && o != nil {
			return " " + tree.Name(o)
		}
	}
	return ""
}

// reported is what a report is about.
func reported(tree *mib.Tree, vars []message.Var) string {
	if len(vars) == 0 {
		return "of nothing"
	}
	if s, ok := usm.StatisticOf(vars[0].Name); ok {
		return s.String()
	}
	return tree.Name(vars[0].Name)
}

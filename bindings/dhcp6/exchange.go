package dhcp6

import (
	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/dhcp/client6"
)

// clientIndex is client.name for what is no method.
func clientIndex(L *lua.LState, self any, name string) (lua.LValue, bool) {
	c := self.(*client6.Client)
	switch name {
	case "iface":
		return lua.LString(c.Interface().Name), true
	case "mac":
		return decl.Push(L, c.MAC()), true
	case "address":
		return decl.Push(L, c.Source()), true
	case "duid":
		return lua.LString(c.DUID().String()), true
	case "exchange":
		return exchangeRows(L, c), true
	case "events":
		list := L.CreateTable(0, 0)
		for _, e := range c.Events() {
			list.Append(eventRow(L, &e))
		}
		return list, true
	case "stats":
		return statsTable(L, c.Stats()), true
	}
	unknown(L, "dhcp6.client", name, clientFields, clientMethods())
	return nil, false
}

// exchangeRows are the messages that went and came.
func exchangeRows(L *lua.LState, c *client6.Client) lua.LValue {
	list := L.CreateTable(0, 0)
	for _, x := range c.Exchange() {
		row := L.CreateTable(0, 7)
		row.RawSetString("time", decl.Push(L, x.Time))
		dir := "in"
		if x.Out {
			dir = "out"
		}
		row.RawSetString("dir", lua.LString(dir))
		row.RawSetString("message", decl.NewUserData(L, x.Message))
		row.RawSetString("type", lua.LString(x.Message.Type.String()))
		row.RawSetString("source", decl.Push(L, x.Source))
		row.RawSetString("destination", decl.Push(L, x.Destination))
		if x.Ignored != "" {
			row.RawSetString("ignored", lua.LString(x.Ignored))
		}
		list.Append(row)
	}
	return list
}

func statsTable(L *lua.LState, s client6.Stats) lua.LValue {
	t := L.CreateTable(0, 4)
	t.RawSetString("sent", lua.LNumber(s.Sent))
	t.RawSetString("received", lua.LNumber(s.Received))
	t.RawSetString("ignored", lua.LNumber(s.Ignored))
	reasons := map[string]float64{}
	for why, n := range s.Reasons {
		reasons[why] = float64(n)
	}
	t.RawSetString("reasons", decl.Push(L, reasons))
	return t
}

package dhcp

import (
	"maps"
	"slices"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/dhcp/client4"
)

// clientFields are what a script may read of a client.
var clientFields = []decl.Reading[*Client]{
	{Param: decl.Param{Name: "state", Type: "string", Doc: "RFC 2131's: init, selecting, requesting, rebooting, bound, renewing, rebinding"},
		Get: func(_ *lua.LState, c *Client) lua.LValue { return lua.LString(c.State()) }},
	{Param: decl.Param{Name: "xid", Type: "integer", Doc: "identifier of the last transaction"},
		Get: func(_ *lua.LState, c *Client) lua.LValue { return lua.LNumber(c.XID()) }},
	{Param: decl.Param{Name: "iface", Type: "string", Doc: "name of the interface"},
		Get: func(_ *lua.LState, c *Client) lua.LValue { return lua.LString(c.link.Interface().Name) }},
	{Param: decl.Param{Name: "mac", Type: "string", Doc: "MAC address"},
		Get: func(_ *lua.LState, c *Client) lua.LValue { return lua.LString(c.MAC().String()) }},
	{Param: decl.Param{Name: "exchange", Type: "table[]", Doc: "messages sent and received, the oldest first, the last thousand; rows for ladder.draw and tabulate", Fields: exchangeFields},
		Get: func(L *lua.LState, c *Client) lua.LValue { return exchangeTable(L, c) }},
	{Param: decl.Param{Name: "events", Type: "table[]", Doc: "what happened, the oldest first, the last thousand", Fields: clientEventFields},
		Get: func(L *lua.LState, c *Client) lua.LValue {
			list := L.CreateTable(0, 0)
			for _, e := range c.Events() {
				list.Append(eventTable(L, e))
			}
			return list
		}},
	{Param: decl.Param{Name: "stats", Type: "table", Doc: "counts of messages", Fields: []decl.Param{
		{Name: "sent", Type: "integer", Doc: "messages sent"},
		{Name: "received", Type: "integer", Doc: "messages received, ignored ones included"},
		{Name: "ignored", Type: "table<string, integer>", Doc: "messages ignored, by the reason: wrong xid, wrong MAC, wrong server, malformed …"},
		{Name: "link", Type: "table<string, integer>", Doc: "what never became a message: malformed, fragments, overflows, strays, dropped"}}},
		Get: func(L *lua.LState, c *Client) lua.LValue { return statsTable(L, c) }},
}

var exchangeFields = []decl.Param{
	{Name: "time", Type: "number", Doc: "in seconds since 1970"},
	{Name: "dir", Type: `"in"|"out"`, Doc: "whether it came or went"},
	{Name: "message", Type: "dhcp.message|nil", Doc: "nil when it could not be read"},
	{Name: "type", Type: "string|nil", Doc: "the message's"},
	{Name: "source", Type: "string", Doc: "as ip:port"},
	{Name: "destination", Type: "string", Doc: "as ip:port"},
	{Name: "source_mac", Type: "string", Doc: "of the frame"},
	{Name: "destination_mac", Type: "string", Doc: "of the frame"},
	{Name: "bytes", Type: "string", Doc: "as on the wire"},
	{Name: "ignored", Type: "string|nil", Doc: "why the client ignored it"},
	{Name: "label", Type: "string", Doc: "type and address, for ladder.draw"},
	{Name: "from", Type: "string", Doc: "client or server, for ladder.draw; the server's address where there are several"},
	{Name: "to", Type: "string", Doc: "likewise; all for a broadcast where there are several"},
}

var clientEventFields = []decl.Param{
	{Name: "time", Type: "number", Doc: "in seconds since 1970"},
	{Name: "name", Type: "string", Doc: "the state that was entered, or offer, ignored, nak, declined, released, renewed …"},
	{Name: "state", Type: "string", Doc: "of the client then"},
	{Name: "text", Type: "string", Doc: "more of it"},
}

// moment is a moment as Lua has it.
func moment(t time.Time) lua.LValue {
	if t.IsZero() {
		return lua.LNil
	}
	return lua.LNumber(float64(t.UnixNano()) / 1e9)
}

func textOrNil(s string) lua.LValue {
	if s == "" {
		return lua.LNil
	}
	return lua.LString(s)
}

func eventTable(L *lua.LState, e client4.Event) *lua.LTable {
	t := L.CreateTable(0, 4)
	t.RawSetString("time", moment(e.Time))
	t.RawSetString("name", lua.LString(e.Name))
	t.RawSetString("state", lua.LString(e.State))
	t.RawSetString("text", lua.LString(e.Text))
	return t
}

func exchangeTable(L *lua.LState, c *Client) *lua.LTable {
	log := c.Exchanged()
	servers := map[string]bool{}
	for _, x := range log {
		if !x.Out {
			servers[x.Src.Addr().String()] = true
		}
	}
	list := L.CreateTable(len(log), 0)
	for _, x := range log {
		list.Append(exchangeRow(L, x, len(servers) > 1))
	}
	return list
}

func exchangeRow(L *lua.LState, x client4.Exchange, several bool) *lua.LTable {
	t := L.CreateTable(0, 16)
	text := func(name, value string) { t.RawSetString(name, textOrNil(value)) }
	t.RawSetString("time", moment(x.Time))
	label := "unreadable"
	if m := x.Message; m != nil {
		t.RawSetString("message", decl.NewUserData(L, m))
		label = m.Type().String()
		text("type", label)
		if a := client4.Subject(m); a.IsValid() {
			label += " " + a.String()
		}
	}
	from, to, peer := "client", "server", x.Dst
	if !x.Out {
		from, to, peer = to, from, x.Src
	}
	if several {
		name := peer.Addr().String()
		if x.DstMAC != nil && x.Out && x.DstMAC[0]&1 != 0 {
			name = "all"
		}
		from, to = "client", name
		if !x.Out {
			from, to = name, "client"
		}
	}
	dir := "in"
	if x.Out {
		dir = "out"
	}
	text("dir", dir)
	text("source", x.Src.String())
	text("destination", x.Dst.String())
	text("source_mac", x.SrcMAC.String())
	text("destination_mac", x.DstMAC.String())
	text("bytes", string(x.Payload))
	text("ignored", x.Ignored)
	text("label", label)
	text("from", from)
	text("to", to)
	return t
}

func statsTable(L *lua.LState, c *Client) *lua.LTable {
	s := c.Stats()
	t := L.CreateTable(0, 4)
	t.RawSetString("sent", lua.LNumber(s.Sent))
	t.RawSetString("received", lua.LNumber(s.Received))
	t.RawSetString("ignored", counts(L, s.Ignored))
	l := c.link.Stats()
	t.RawSetString("link", counts(L, map[string]uint64{"malformed": l.Malformed, "fragments": l.Fragments, "overflows": l.Overflows,
		"strays": l.Strays, "dropped": c.link.Losses().KernelDrops}))
	return t
}

// counts is a table of them in the order of their names.
func counts(L *lua.LState, m map[string]uint64) *lua.LTable {
	t := L.CreateTable(0, len(m))
	for _, name := range slices.Sorted(maps.Keys(m)) {
		t.RawSetString(name, lua.LNumber(m[name]))
	}
	return t
}

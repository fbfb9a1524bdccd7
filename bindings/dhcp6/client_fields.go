package dhcp6

import (
	"maps"
	"slices"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/dhcp/client6"
)

// clientFields are what a script may read of a client.
var clientFields = []decl.Reading[*client6.Client]{
	clientText("iface", "name of the interface", func(c *client6.Client) string { return c.Interface().Name }),
	clientText("mac", "MAC address", func(c *client6.Client) string { return c.MAC().String() }),
	clientText("address", "link-local address", func(c *client6.Client) string { return c.Source().String() }),
	clientText("duid", "what the client is known by, in hexadecimal", func(c *client6.Client) string { return c.DUID().String() }),
	{Param: decl.Param{Name: "exchange", Type: "table[]", Doc: "messages sent and received, the oldest first, the last thousand; rows for ladder.draw and tabulate", Fields: exchangeFields},
		Get: exchangeTable},
	{Param: decl.Param{Name: "events", Type: "table[]", Doc: "what happened, the oldest first, the last thousand", Fields: eventFields},
		Get: func(L *lua.LState, c *client6.Client) lua.LValue {
			list := L.CreateTable(0, 0)
			for _, e := range c.Events() {
				list.Append(eventRow(L, &e))
			}
			return list
		}},
	{Param: decl.Param{Name: "stats", Type: "table", Doc: "counts of messages", Fields: []decl.Param{
		{Name: "sent", Type: "integer", Doc: "messages sent"},
		{Name: "received", Type: "integer", Doc: "messages received, ignored ones included"},
		{Name: "ignored", Type: "table<string, integer>", Doc: "messages ignored, by the reason: wrong transaction id, another server's identifier, malformed …"}}},
		Get: statsTable},
}

func clientText(name, doc string, get func(*client6.Client) string) decl.Reading[*client6.Client] {
	return decl.Reading[*client6.Client]{Param: decl.Param{Name: name, Type: "string", Doc: doc},
		Get: func(_ *lua.LState, c *client6.Client) lua.LValue { return lua.LString(get(c)) }}
}

var exchangeFields = []decl.Param{
	{Name: "time", Type: "number", Doc: "in seconds since 1970"},
	{Name: "dir", Type: `"in"|"out"`, Doc: "whether it came or went"},
	{Name: "message", Type: "dhcp6.message", Doc: "with nothing but rest where it could not be read"},
	{Name: "type", Type: "string", Doc: "the message's"},
	{Name: "source", Type: "string", Doc: "as [ip]:port"},
	{Name: "destination", Type: "string", Doc: "as [ip]:port"},
	{Name: "ignored", Type: "string|nil", Doc: "why the client ignored it"},
	{Name: "label", Type: "string", Doc: "type, for ladder.draw"},
	{Name: "from", Type: "string", Doc: "client or server, for ladder.draw; the server's address where there are several"},
	{Name: "to", Type: "string", Doc: "likewise; all servers for a group where there are several"},
}

var eventFields = []decl.Param{
	{Name: "time", Type: "number", Doc: "in seconds since 1970"},
	{Name: "name", Type: "string", Doc: "what happened, as lease:life has it"},
	{Name: "text", Type: "string", Doc: "more of it"},
	{Name: "message", Type: "dhcp6.message|nil", Doc: "behind it"},
}

// eventRow is an event in Lua.
func eventRow(L *lua.LState, e *client6.Event) *lua.LTable {
	t := L.CreateTable(0, 4)
	t.RawSetString("time", decl.Push(L, e.Time))
	t.RawSetString("name", lua.LString(e.Name))
	t.RawSetString("text", lua.LString(e.Text))
	if e.Message != nil {
		t.RawSetString("message", decl.NewUserData(L, e.Message))
	}
	return t
}

func exchangeTable(L *lua.LState, c *client6.Client) lua.LValue {
	log, servers := c.Exchange(), map[string]bool{}
	for _, x := range log {
		if !x.Out {
			servers[x.Source.Addr().String()] = true
		}
	}
	list := L.CreateTable(len(log), 0)
	for _, x := range log {
		list.Append(exchangeRow(L, x, len(servers) > 1))
	}
	return list
}

func exchangeRow(L *lua.LState, x client6.Exchanged, several bool) *lua.LTable {
	t := L.CreateTable(0, 10)
	text := func(name, value string) { t.RawSetString(name, lua.LString(value)) }
	t.RawSetString("time", decl.Push(L, x.Time))
	t.RawSetString("message", decl.NewUserData(L, x.Message))
	kind, dir, server := x.Message.Type.String(), "in", "server"
	peer := x.Source.Addr()
	if x.Out {
		dir, peer = "out", x.Destination.Addr()
	}
	switch {
	case several && peer.IsMulticast():
		server = "all servers"
	case several:
		server = peer.String()
	}
	text("dir", dir)
	text("type", kind)
	text("label", kind)
	text("source", x.Source.String())
	text("destination", x.Destination.String())
	if x.Out {
		text("from", "client")
		text("to", server)
	} else {
		text("from", server)
		text("to", "client")
	}
	if x.Ignored != "" {
		text("ignored", x.Ignored)
	}
	return t
}

func statsTable(L *lua.LState, c *client6.Client) lua.LValue {
	s := c.Stats()
	t := L.CreateTable(0, 3)
	t.RawSetString("sent", lua.LNumber(s.Sent))
	t.RawSetString("received", lua.LNumber(s.Received))
	reasons := L.CreateTable(0, len(s.Reasons))
	for _, why := range slices.Sorted(maps.Keys(s.Reasons)) {
		reasons.RawSetString(why, lua.LNumber(s.Reasons[why]))
	}
	t.RawSetString("ignored", reasons)
	return t
}

package dhcp6

import (
	"math"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/dhcp/client6"
	"moonwire/host/dhcp/dhcp6"
)

// The options of RFC 3646.
const (
	codeDNS    = 23
	codeSearch = 24
)

// huge is a time without end.
var huge = lua.LNumber(math.Inf(1))

// leaseFields are what a script may read of a lease.
var leaseFields = []decl.Reading[*Lease]{
	leaseField("address", "string|nil", "the first address", func(L *lua.LState, t client6.Terms) lua.LValue { return firstOf(L, t, false) }),
	leaseField("addresses", "table[]", "{address, preferred, valid, iaid, temporary}; lifetimes in seconds from when the server gave them, huge without end",
		func(L *lua.LState, t client6.Terms) lua.LValue { return bindingRows(L, t, false) }),
	leaseField("prefix", "string|nil", "the first delegated prefix", func(L *lua.LState, t client6.Terms) lua.LValue { return firstOf(L, t, true) }),
	leaseField("prefixes", "table[]", "{prefix, preferred, valid, iaid}", func(L *lua.LState, t client6.Terms) lua.LValue { return bindingRows(L, t, true) }),
	{Param: decl.Param{Name: "assigned", Type: "table<string, string>", Doc: "by interface the address that apply gave it of the prefix, as ip/bits"},
		Get: func(L *lua.LState, l *Lease) lua.LValue { return decl.Push(L, l.Assigned()) }},
	leaseField("dns", "string[]", "addresses of DNS servers", func(L *lua.LState, t client6.Terms) lua.LValue { return decl.Push(L, listed(L, t.Message, codeDNS)) }),
	leaseField("domain", "string|nil", "the first domain", func(L *lua.LState, t client6.Terms) lua.LValue {
		if list := listed(L, t.Message, codeSearch); len(list) > 0 {
			return lua.LString(list[0])
		}
		return lua.LNil
	}),
	leaseField("domains", "string[]", "domains to look names up in", func(L *lua.LState, t client6.Terms) lua.LValue { return decl.Push(L, listed(L, t.Message, codeSearch)) }),
	leaseField("server", "string|nil", "address of the server that answered last", func(L *lua.LState, t client6.Terms) lua.LValue { return decl.Push(L, t.Server) }),
	leaseField("server_id", "string", "what that server is known by: its DUID in hexadecimal", func(L *lua.LState, t client6.Terms) lua.LValue { return lua.LString(t.ServerID.String()) }),
	leaseField("state", "string", "bound, renewing, rebinding; of a lease that is over what ended it: expired, released, declined, lost",
		func(_ *lua.LState, t client6.Terms) lua.LValue { return lua.LString(t.State) }),
	leaseTime("time", "how long something of it is valid", func(_, _, end time.Time) time.Time { return end }),
	leaseTime("t1", "when it is to be renewed: the server's choice, or half of the shortest preferred lifetime", func(t1, _, _ time.Time) time.Time { return t1 }),
	leaseTime("t2", "when it is to be rebound: the server's choice, or eight tenths of it", func(_, t2, _ time.Time) time.Time { return t2 }),
	leaseField("obtained", "number", "when the last reply came: what the times count from, in seconds since 1970", func(L *lua.LState, t client6.Terms) lua.LValue { return decl.Push(L, t.Obtained) }),
	leaseMoment("renews", "when life renews it", func(t1, _, _ time.Time) time.Time { return t1 }),
	leaseMoment("rebinds", "when life rebinds it", func(_, t2, _ time.Time) time.Time { return t2 }),
	leaseMoment("expires", "when nothing of it is valid any more", func(_, _, end time.Time) time.Time { return end }),
	leaseField("message", "dhcp6.message", "the last reply", func(L *lua.LState, t client6.Terms) lua.LValue { return decl.NewUserData(L, t.Message) }),
	leaseField("options", "dhcp6.options", "the last reply's options", func(L *lua.LState, t client6.Terms) lua.LValue { return decl.NewUserData(L, &options{t.Message}) }),
	{Param: decl.Param{Name: "client", Type: clientName, Doc: "whose it is"}, Get: func(_ *lua.LState, l *Lease) lua.LValue { return l.owner }},
}

func leaseField(name, typ, doc string, get func(*lua.LState, client6.Terms) lua.LValue) decl.Reading[*Lease] {
	return decl.Reading[*Lease]{Param: decl.Param{Name: name, Type: typ, Doc: doc},
		Get: func(L *lua.LState, l *Lease) lua.LValue { return get(L, l.Terms()) }}
}

// leaseTime is one of a lease's times, in seconds from when it was obtained.
func leaseTime(name, doc string, choose func(t1, t2, end time.Time) time.Time) decl.Reading[*Lease] {
	return leaseField(name, "number", doc+", in seconds; huge: never", func(_ *lua.LState, t client6.Terms) lua.LValue {
		if at := choose(t.Times()); !at.IsZero() {
			return lua.LNumber(at.Sub(t.Obtained).Seconds())
		}
		return huge
	})
}

func leaseMoment(name, doc string, choose func(t1, t2, end time.Time) time.Time) decl.Reading[*Lease] {
	return leaseField(name, "number|nil", doc+", in seconds since 1970; nil: never", func(L *lua.LState, t client6.Terms) lua.LValue {
		if at := choose(t.Times()); !at.IsZero() {
			return decl.Push(L, at)
		}
		return lua.LNil
	})
}

// firstOf is the first address, or prefix, of a lease.
func firstOf(L *lua.LState, t client6.Terms, prefix bool) lua.LValue {
	row, ok := bindingRows(L, t, prefix).RawGetInt(1).(*lua.LTable)
	switch {
	case !ok:
		return lua.LNil
	case prefix:
		return row.RawGetString("prefix")
	}
	return row.RawGetString("address")
}

// bindingRows are a lease's addresses, or its prefixes.
func bindingRows(L *lua.LState, t client6.Terms, prefixes bool) *lua.LTable {
	list := L.CreateTable(1, 0)
	for _, ia := range t.IAs {
		if (ia.Code == dhcp6.IAPD) != prefixes {
			continue
		}
		for _, b := range ia.Bindings {
			row := L.CreateTable(0, 5)
			if prefixes {
				row.RawSetString("prefix", decl.Push(L, b.Prefix))
			} else {
				row.RawSetString("address", decl.Push(L, b.Addr()))
				row.RawSetString("temporary", lua.LBool(ia.Code == dhcp6.IATA))
			}
			row.RawSetString("preferred", lifetime(b.Preferred))
			row.RawSetString("valid", lifetime(b.Valid))
			row.RawSetString("iaid", lua.LNumber(ia.ID))
			list.Append(row)
		}
	}
	return list
}

// lifetime is a number of seconds.
func lifetime(seconds uint32) lua.LValue {
	if seconds == client6.Forever {
		return huge
	}
	return lua.LNumber(seconds)
}

// listed is what a message's option lists: addresses or names.
func listed(L *lua.LState, m *dhcp6.Message, code uint16) []string {
	list := []string{}
	t, ok := valueIn(L, m, code).(*lua.LTable)
	for i := 1; ok && i <= t.Len(); i++ {
		if s, is := t.RawGetInt(i).(lua.LString); is {
			list = append(list, string(s))
		}
	}
	return list
}

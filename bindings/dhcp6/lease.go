package dhcp6

import (
	"context"
	"math"
	"net/netip"
	"reflect"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/dhcp/client6"
	"moonwire/host/dhcp/dhcp6"
)

var leaseFields = []decl.Param{
	{Name: "address", Type: "string|nil", Doc: "the first address"},
	{Name: "addresses", Type: "table[]", Doc: "{address, preferred, valid, iaid, temporary}; lifetimes in seconds from when the server gave them, math.huge for ever"},
	{Name: "prefix", Type: "string|nil", Doc: "the first delegated prefix"},
	{Name: "prefixes", Type: "table[]", Doc: "{prefix, preferred, valid, iaid}"},
	{Name: "dns", Type: "string[]", Doc: "name servers"},
	{Name: "domain", Type: "string|nil", Doc: "the first of the domains"},
	{Name: "domains", Type: "string[]", Doc: "where names are looked for"},
	{Name: "server", Type: "string", Doc: "address of the server that answered last"},
	{Name: "server_id", Type: "string", Doc: "what the server is known by: its DUID in hexadecimal"},
	{Name: "time", Type: "number", Doc: "longest valid lifetime, in seconds"},
	{Name: "t1", Type: "number", Doc: "seconds after which the lease is renewed; math.huge: never"},
	{Name: "t2", Type: "number", Doc: "seconds after which it is rebound; math.huge: never"},
	{Name: "obtained", Type: "number", Doc: "when the server gave it, in seconds since 1970"},
	{Name: "expires", Type: "number", Doc: "when nothing of it is valid any more; math.huge: never"},
	{Name: "state", Type: "string", Doc: "bound, renewing, rebinding, expired, released, declined or lost"},
	{Name: "message", Type: "dhcp6.message", Doc: "the last reply"},
	{Name: "options", Type: "dhcp6.options", Doc: "the last reply's options"},
}

func leaseClass() *decl.Class {
	return &decl.Class{Name: "dhcp6.lease", Doc: "What a DHCPv6 server gave a client: addresses and prefixes, and for how long.",
		Type: reflect.TypeFor[*client6.Lease](), Fields: leaseFields, Methods: leaseMethods(), Index: leaseIndex,
		Meta: map[string]lua.LGFunction{"__tostring": decl.ToString}}
}

type leaseArgs struct {
	Self *client6.Lease `lua:"self"`
}

type declineArgs struct {
	Self      *client6.Lease `lua:"self"`
	Addresses []netip.Addr   `lua:"addresses..." doc:"which; else all"`
}

func leaseMethods() []decl.Function {
	step := func(name, source, doc string, run func(*client6.Lease, context.Context) error) decl.Function {
		return decl.Fn[leaseArgs, decl.Done]{Name: name, Blocks: true, Source: source, Doc: doc, Fails: exchangeFails,
			NoRun: needsServer, Example: clientExample("assert(c:acquire()):"+name+"()", "true"),
			Run: func(ctx context.Context, a leaseArgs) (decl.Done, error) {
				return decl.Done{}, explain(name, run(a.Self, ctx))
			}}
	}
	return []decl.Function{
		step("renew", "RFC 8415 section 18.2.4", "Ask the server for more time.", (*client6.Lease).Renew),
		step("rebind", "RFC 8415 section 18.2.5", "Ask any server for more time.", (*client6.Lease).Rebind),
		step("release", "RFC 8415 section 18.2.7", "Give everything back. The client uses it no longer, even when the server doesn't answer.", (*client6.Lease).Release),
		decl.Fn[declineArgs, decl.Done]{Name: "decline", Blocks: true, Source: "RFC 8415 section 18.2.8", Fails: exchangeFails,
			Doc: "Tell the server that another host has an address. The client uses it no longer.", NoRun: needsServer, Example: clientExample("assert(c:acquire()):decline()", "true"),
			Run: func(ctx context.Context, a declineArgs) (decl.Done, error) {
				return decl.Done{}, explain("decline", a.Self.Decline(ctx, a.Addresses...))
			}},
		lifeMethod(),
	}
}

// lifeMethod declares lease:life(), an iterator.
func lifeMethod() decl.Function {
	return decl.Raw{Name: "life", Why: "returns an iterator", Blocks: true, Source: "RFC 8415 sections 18.2.4, 18.2.5, 18.2.11, 18.2.12",
		Doc: "Live the lease: renew it at T1, rebind it at T2, until nothing of it is valid. Each turn of the loop waits for what happens next: bound, " +
			"renewing, renewed, rebinding, rebound, refused, deprecated and ended (one address or prefix of several), reconfigure and informed (a server " +
			"asked for it), nobinding (the server knows nothing of it), conflict, down, confirmed and unconfirmed (after the link was down), and at the " +
			"end expired or lost.",
		Results: []decl.Param{{Name: "iterator", Type: "fun(): table", Doc: "for a generic for: {time, name, text, message}"}},
		NoRun:   needsServer, Example: clientExample(`(function() local names = {} for e in assert(c:acquire()):life() do names[#names + 1] = e.name if #names == 3 then break end end return table.concat(names, " ") end)()`,
			"bound renewing renewed"),
		Run: func(L *lua.LState) int {
			l := decl.Self[*client6.Lease](L, "dhcp6.lease:life", "dhcp6.lease")
			L.Push(L.NewFunction(func(L *lua.LState) int {
				var e *client6.Event
				err := decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
					e, err = l.Next(ctx)
					return err
				})
				switch {
				case err != nil:
					decl.RaiseFailure(L, explain("life", err))
				case e == nil:
					return 0
				}
				L.Push(eventRow(L, e))
				return 1
			}))
			return 1
		}}
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

// leaseIndex is lease.name for what is no method.
func leaseIndex(L *lua.LState, self any, name string) (lua.LValue, bool) {
	l := self.(*client6.Lease).Terms()
	t1, t2, end := l.Times()
	switch name {
	case "address", "addresses":
		return firstOr(L, name == "address", bindingRows(L, l, false), "address"), true
	case "prefix", "prefixes":
		return firstOr(L, name == "prefix", bindingRows(L, l, true), "prefix"), true
	case "dns":
		return listOfOption(L, l.Message, 23), true
	case "domain", "domains":
		list := listOfOption(L, l.Message, 24)
		if name == "domain" {
			return list.RawGetInt(1), true
		}
		return list, true
	case "server":
		return decl.Push(L, l.Server), true
	case "server_id":
		return lua.LString(l.ServerID.String()), true
	case "time":
		return since(l.Obtained, end), true
	case "t1":
		return since(l.Obtained, t1), true
	case "t2":
		return since(l.Obtained, t2), true
	case "obtained":
		return decl.Push(L, l.Obtained), true
	case "expires":
		if end.IsZero() {
			return lua.LNumber(math.Inf(1)), true
		}
		return decl.Push(L, end), true
	case "state":
		return lua.LString(l.State), true
	case "message":
		return decl.NewUserData(L, l.Message), true
	case "options":
		return decl.NewUserData(L, &options{l.Message}), true
	}
	unknown(L, "dhcp6.lease", name, leaseFields, leaseMethods())
	return nil, false
}

// since are the seconds from one moment to another; the zero moment never comes.
func since(from, to time.Time) lua.LValue {
	if to.IsZero() {
		return lua.LNumber(math.Inf(1))
	}
	return lua.LNumber(to.Sub(from).Seconds())
}

// lifetime is a number of seconds, math.huge for ever.
func lifetime(seconds uint32) lua.LValue {
	if seconds == client6.Forever {
		return lua.LNumber(math.Inf(1))
	}
	return lua.LNumber(seconds)
}

// firstOr is a list, or a field of its first row.
func firstOr(L *lua.LState, first bool, rows *lua.LTable, field string) lua.LValue {
	if !first {
		return rows
	}
	if row, ok := rows.RawGetInt(1).(*lua.LTable); ok {
		return row.RawGetString(field)
	}
	return lua.LNil
}

// bindingRows are a lease's addresses, or its prefixes.
func bindingRows(L *lua.LState, l client6.Terms, prefixes bool) *lua.LTable {
	list := L.CreateTable(1, 0)
	for _, ia := range l.IAs {
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

// listOfOption is what a message's option holds, as a list.
func listOfOption(L *lua.LState, m *dhcp6.Message, code uint16) *lua.LTable {
	if t, ok := valueIn(L, m, code).(*lua.LTable); ok {
		return t
	}
	return L.CreateTable(0, 0)
}

// unknown raises for a name that a class doesn't have.
func unknown(L *lua.LState, class, name string, fields []decl.Param, methods []decl.Function) {
	var known []string
	for _, f := range fields {
		known = append(known, f.Name)
	}
	for _, f := range methods {
		known = append(known, f.Record().Name)
	}
	decl.RaiseUnknown(L, class, name, known)
}

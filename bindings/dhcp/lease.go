package dhcp

import (
	"context"
	"fmt"
	"math"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/dhcp/client4"
)

// A Lease is a lease as Lua has it.
type Lease struct {
	*client4.Lease
	Confirmed bool
	owner     lua.LValue // its client, which lasts as long
	kept      bool       // it was applied to stay
}

// Over says whether the lease needs no release any more.
func (l *Lease) Over() bool { return l.kept || l.Ended() }

// Lasts says that the client has the lease, whoever knows of it.
func (l *Lease) Lasts() {}

// Close leaves the lease to its client: a test tells of one that wasn't released, and a server knows when it is over.
func (l *Lease) Close() error { return nil }

// push gives a lease to Lua.
func (l *Lease) push(L *lua.LState) {
	decl.HostOf(L).Own(L, l)
	L.Push(decl.NewUserData(L, l))
}

// String is the address, for how long, and from whom.
func (l *Lease) String() string {
	t := l.Terms()
	return fmt.Sprintf("dhcp.lease %s from %s for %s, %s", t.Prefix, t.Server, t.Length(), t.State)
}

func theLease(L *lua.LState, method string) *Lease { return decl.Self[*Lease](L, method, "dhcp.lease") }

// sameLease is ==.
func sameLease(L *lua.LState) int {
	same := false
	if a, ok := L.Get(1).(*lua.LUserData); ok {
		if b, ok := L.Get(2).(*lua.LUserData); ok {
			x, xOK := a.Value.(*Lease)
			y, yOK := b.Value.(*Lease)
			same = xOK && yOK && x.Lease == y.Lease
		}
	}
	L.Push(lua.LBool(same))
	return 1
}

// extend is a method that asks for more time.
func extend(L *lua.LState, name string, ask func(*Lease, context.Context) error) int {
	l := theLease(L, name)
	if err := decl.HostOf(L).Block(L, func(ctx context.Context) error { return ask(l, ctx) }); err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", name, err))
	}
	L.Push(L.Get(1))
	return 1
}

// renew is lease:renew().
func renew(L *lua.LState) int {
	return extend(L, "dhcp.lease:renew", func(l *Lease, ctx context.Context) error { return l.Renew(ctx) })
}

// rebind is lease:rebind().
func rebind(L *lua.LState) int {
	return extend(L, "dhcp.lease:rebind", func(l *Lease, ctx context.Context) error { return l.Rebind(ctx) })
}

type leaseReason struct {
	Self   *Lease `lua:"self"`
	Reason string `lua:"reason?" doc:"text for the server's log"`
}

func release(ctx context.Context, a leaseReason) (decl.Done, error) {
	return done("release", a.Self.Release(ctx, a.Reason))
}

func decline(ctx context.Context, a leaseReason) (decl.Done, error) {
	return done("decline", a.Self.Decline(ctx, a.Reason))
}

func done(method string, err error) (decl.Done, error) {
	if err != nil {
		err = fmt.Errorf("dhcp.lease:%s: %w", method, err)
	}
	return decl.Done{}, err
}

// life is lease:life().
func life(L *lua.LState) int {
	l := theLease(L, "dhcp.lease:life")
	run := l.Life()
	L.Push(L.NewFunction(func(L *lua.LState) int {
		var e *client4.Event
		err := decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
			e, err = run.Next(ctx)
			return err
		})
		if err != nil {
			decl.RaiseFailure(L, fmt.Errorf("dhcp.lease:life: %w", err))
		}
		if e == nil {
			return 0
		}
		L.Push(eventTable(L, *e))
		return 1
	}))
	return 1
}

// huge is a time without end.
var huge = lua.LNumber(math.Inf(1))

// leaseFields are what a script may read of a lease.
var leaseFields = []decl.Reading[*Lease]{
	leaseText("address", "the address", func(t client4.Terms) string { return t.Address.String() }),
	leaseText("prefix", "the network, as ip/bits", func(t client4.Terms) string { return t.Prefix.Masked().String() }),
	leaseText("mask", "the network's mask", func(t client4.Terms) string { return t.Mask().String() }),
	leaseText("server", "identifier of the server", func(t client4.Terms) string { return t.Server.String() }),
	leaseText("state", "the client's state; of a lease that is over what ended it: released, declined, expired, nak, conflict, lost, replaced",
		func(t client4.Terms) string { return t.State }),
	{Param: decl.Param{Name: "router", Type: "string|nil", Doc: "the first router"},
		Get: func(_ *lua.LState, l *Lease) lua.LValue {
			if list := l.Terms().Routers(); len(list) > 0 {
				return lua.LString(list[0].String())
			}
			return lua.LNil
		}},
	leaseList("routers", "addresses of routers", func(t client4.Terms) (list []string) { return texts(t.Routers()) }),
	leaseList("dns", "addresses of DNS servers", func(t client4.Terms) (list []string) { return texts(t.DNS()) }),
	{Param: decl.Param{Name: "domain", Type: "string|nil", Doc: "name of the domain"},
		Get: func(_ *lua.LState, l *Lease) lua.LValue { return textOrNil(l.Terms().Domain()) }},
	{Param: decl.Param{Name: "routes", Type: "table[]", Doc: "routes by classless_routes, or else by router (RFC 3442)", Fields: []decl.Param{
		{Name: "destination", Type: "string", Doc: "as ip/bits"}, {Name: "gateway", Type: "string|nil", Doc: "nil: on the link itself"}}},
		Get: leaseRoutes},
	leaseTime("time", "how long the lease is", func(t client4.Terms) time.Duration { return t.Time }),
	leaseTime("t1", "when it is to be renewed: the server's choice, or half of time; where it is the client's choice, life moves it by up to a hundredth", func(t client4.Terms) time.Duration { return t.T1 }),
	leaseTime("t2", "when it is to be rebound: the server's choice, or seven eighths of time; likewise", func(t client4.Terms) time.Duration { return t.T2 }),
	leaseMoment("obtained", "when its request was sent: what the times count from", func(t client4.Terms) time.Time { return t.Obtained }),
	leaseMoment("renews", "when life renews it", func(t client4.Terms) time.Time { return t.RenewAt }),
	leaseMoment("rebinds", "when life rebinds it", func(t client4.Terms) time.Time { return t.RebindAt }),
	leaseMoment("expires", "when it ends", func(t client4.Terms) time.Time { return t.Expires }),
	{Param: decl.Param{Name: "confirmed", Type: "boolean", Doc: "whether a server said that it holds; false after a reboot that nobody answered"},
		Get: func(_ *lua.LState, l *Lease) lua.LValue { return lua.LBool(l.Confirmed) }},
	{Param: decl.Param{Name: "message", Type: "dhcp.message", Doc: "the acknowledgement that it rests on"},
		Get: func(L *lua.LState, l *Lease) lua.LValue { return decl.NewUserData(L, l.Terms().Message) }},
	{Param: decl.Param{Name: "options", Type: "table", Doc: "the acknowledgement's options by name"},
		Get: func(L *lua.LState, l *Lease) lua.LValue {
			return L.GetField(decl.NewUserData(L, l.Terms().Message), "options")
		}},
	{Param: decl.Param{Name: "client", Type: "dhcp.client", Doc: "whose it is"},
		Get: func(_ *lua.LState, l *Lease) lua.LValue { return l.owner }},
}

func leaseRoutes(L *lua.LState, l *Lease) lua.LValue {
	list := L.CreateTable(0, 0)
	for _, r := range client4.RoutesOf(l.Terms().Message) {
		row := L.CreateTable(0, 2)
		row.RawSetString("destination", lua.LString(r.Dst.String()))
		if !r.Gateway.IsUnspecified() {
			row.RawSetString("gateway", lua.LString(r.Gateway.String()))
		}
		list.Append(row)
	}
	return list
}

func texts[T fmt.Stringer](list []T) (out []string) {
	for _, v := range list {
		out = append(out, v.String())
	}
	return out
}

func leaseText(name, doc string, get func(client4.Terms) string) decl.Reading[*Lease] {
	return decl.Reading[*Lease]{Param: decl.Param{Name: name, Type: "string", Doc: doc},
		Get: func(_ *lua.LState, l *Lease) lua.LValue { return lua.LString(get(l.Terms())) }}
}

func leaseList(name, doc string, get func(client4.Terms) []string) decl.Reading[*Lease] {
	return decl.Reading[*Lease]{Param: decl.Param{Name: name, Type: "string[]", Doc: doc},
		Get: func(L *lua.LState, l *Lease) lua.LValue {
			list := L.CreateTable(0, 0)
			for _, s := range get(l.Terms()) {
				list.Append(lua.LString(s))
			}
			return list
		}}
}

func leaseTime(name, doc string, get func(client4.Terms) time.Duration) decl.Reading[*Lease] {
	return decl.Reading[*Lease]{Param: decl.Param{Name: name, Type: "number", Doc: doc + ", in seconds; huge when the lease has no end"},
		Get: func(_ *lua.LState, l *Lease) lua.LValue {
			t := l.Terms()
			if t.Infinite {
				return huge
			}
			return lua.LNumber(get(t).Seconds())
		}}
}

func leaseMoment(name, doc string, get func(client4.Terms) time.Time) decl.Reading[*Lease] {
	return decl.Reading[*Lease]{Param: decl.Param{Name: name, Type: "number|nil", Doc: doc + ", in seconds since 1970; nil when the lease has no end"},
		Get: func(_ *lua.LState, l *Lease) lua.LValue { return moment(get(l.Terms())) }}
}

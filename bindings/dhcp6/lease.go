package dhcp6

import (
	"context"
	"fmt"
	"net/netip"
	"reflect"
	"sort"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/dhcp/client6"
)

// A Lease is a lease as Lua has it.
type Lease struct {
	*client6.Lease
	owner lua.LValue // its client, which lasts as long
}

// Over says whether the lease needs no release any more.
func (l *Lease) Over() bool { return l.Terms().Ended() }

// Lasts says that the client has the lease, whoever knows of it.
func (l *Lease) Lasts() {}

// Close leaves the lease to its client: a test tells of one that wasn't released, and a server knows when it is over.
func (l *Lease) Close() error { return nil }

// push gives a lease to Lua.
func (l *Lease) push(L *lua.LState) {
	decl.HostOf(L).Own(L, l)
	L.Push(decl.NewUserData(L, l))
}

func leaseClass() *decl.Class {
	return decl.Reads(&decl.Class{Name: "dhcp6.lease", Doc: "Addresses and prefixes that a DHCPv6 server gave a client, and for how long.",
		Type: reflect.TypeFor[*Lease](), Methods: leaseMethods(), Meta: map[string]lua.LGFunction{"__tostring": decl.ToString}}, leaseFields)
}

func leaseMethods() []decl.Function {
	same := []decl.Param{{Name: "lease", Type: "dhcp6.lease", Doc: "the same, changed"}}
	return []decl.Function{
		decl.Raw{Name: "renew", Why: whyLease, Blocks: true, Source: "RFC 8415 section 18.2.4", Fails: exchangeFails, Results: same,
			Doc:     "Ask the server for more time.",
			Example: clientExample("assert(c:acquire()):renew().state", "bound"),
			Run:     func(L *lua.LState) int { return extend(L, "dhcp6.lease:renew", (*client6.Lease).Renew) }},
		decl.Raw{Name: "rebind", Why: whyLease, Blocks: true, Source: "RFC 8415 section 18.2.5", Fails: exchangeFails, Results: same,
			Doc:     "Ask any server for more time.",
			Example: clientExample("assert(c:acquire()):rebind().state", "bound"),
			Run:     func(L *lua.LState) int { return extend(L, "dhcp6.lease:rebind", (*client6.Lease).Rebind) }},
		decl.Fn[leaseArgs, decl.Done]{Name: "release", Blocks: true, Source: "RFC 8415 section 18.2.7", Fails: exchangeFails,
			Doc:     "Give everything back. The client uses it no longer, even when the server doesn't answer.",
			Example: clientExample("assert(c:acquire()):release()", "true"),
			Run:     func(ctx context.Context, a leaseArgs) (decl.Done, error) { return done("release", a.Self.Release(ctx)) }},
		decl.Fn[declineArgs, decl.Done]{Name: "decline", Blocks: true, Source: "RFC 8415 section 18.2.8", Fails: exchangeFails,
			Doc:     "Tell the server that another host has an address. The client uses it no longer.",
			Example: clientExample("assert(c:acquire()):decline()", "true"),
			Run: func(ctx context.Context, a declineArgs) (decl.Done, error) {
				return done("decline", a.Self.Decline(ctx, a.Addresses...))
			}},
		decl.Raw{Name: "life", Why: "returns an iterator", Blocks: true, Run: life, Source: "RFC 8415 sections 18.2.4, 18.2.5, 18.2.11 and 18.2.12",
			Doc: "Live the lease: renew it at T1, rebind it at T2, until nothing of it is valid. Each turn of the loop waits for what happens next: bound, " +
				"renewing, renewed, rebinding, rebound, refused, nobinding (the server knows nothing of it), deprecated and ended (one address or prefix " +
				"of several), reconfigure and informed (a server asked for it), conflict, down, confirmed and unconfirmed (after the link was down), and " +
				"at the end expired, released, declined or lost. Calls of other tasks come in between.",
			Results: []decl.Param{{Name: "iterator", Type: "fun(): table", Doc: "for a generic for: rows as client.events has them"}},
			Example: clientExample("assert(c:acquire()):life()().name", "bound")},
		decl.Raw{Name: "apply", Why: "interfaces have names of their own", Blocks: true, Run: apply, Source: "RFC 8415 sections 6.3 and 18.2.10.1",
			Doc: "Set the lease's addresses on the interface, with their lifetimes where the system knows of such, its name servers and domains, and " +
				"networks of the first delegated prefix on other interfaces. What is renewed is set anew; what ends is taken back.",
			Options: decl.OptionParams(applyDefaults), Results: same, Fails: []string{decl.Denied, decl.Refused, decl.Closed, decl.NotFound},
			Example: clientExample(`net.client:run(function() return assert(c:acquire()):apply() end).address`, "2001:db8:1::100")},
		decl.Fn[leaseArgs, decl.Done]{Name: "undo", Blocks: true, Doc: "Take back what apply set.",
			Example: clientExample(`net.client:run(function() return assert(c:acquire()):apply():undo() end)`, "true"),
			Run:     func(_ context.Context, a leaseArgs) (decl.Done, error) { return done("undo", a.Self.Undo()) }},
	}
}

type leaseArgs struct {
	Self *Lease `lua:"self"`
}

type declineArgs struct {
	Self      *Lease       `lua:"self"`
	Addresses []netip.Addr `lua:"addresses..." doc:"which; else all"`
}

func done(method string, err error) (decl.Done, error) {
	if err != nil {
		err = fmt.Errorf("dhcp6.lease:%s: %w", method, err)
	}
	return decl.Done{}, err
}

func theLease(L *lua.LState, method string) *Lease {
	return decl.Self[*Lease](L, method, "dhcp6.lease")
}

// extend is a method that asks for more time.
func extend(L *lua.LState, name string, ask func(*client6.Lease, context.Context) error) int {
	l := theLease(L, name)
	if err := decl.HostOf(L).Block(L, func(ctx context.Context) error { return ask(l.Lease, ctx) }); err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", name, err))
	}
	L.Push(L.Get(1))
	return 1
}

// life is lease:life().
func life(L *lua.LState) int {
	l := theLease(L, "dhcp6.lease:life")
	L.Push(L.NewFunction(func(L *lua.LState) int {
		var e *client6.Event
		err := decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
			e, err = l.Next(ctx)
			return err
		})
		switch {
		case err != nil:
			decl.RaiseFailure(L, fmt.Errorf("dhcp6.lease:life: %w", err))
		case e == nil:
			return 0
		}
		L.Push(eventRow(L, e))
		return 1
	}))
	return 1
}

// applyOptions are apply's.
type applyOptions struct {
	Assign   map[string]uint32 `lua:"assign?" doc:"networks of the delegated prefix for interfaces, as {eth1=0, eth2=1}: which network of 64 bits, from 0; the interface gets its address 1"`
	Resolver bool              `lua:"resolver?" doc:"set name servers and domains, too"`
}

var applyDefaults = applyOptions{Resolver: true}

// apply is lease:apply(opts).
func apply(L *lua.LState) int {
	const name = "dhcp6.lease:apply"
	l, o := theLease(L, name), applyDefaults
	if L.Get(2) != lua.LNil {
		decl.Options(L, name, 2, &o)
	}
	var use client6.Use
	for iface, number := range o.Assign {
		use.Assign = append(use.Assign, client6.Assignment{Iface: iface, Number: number})
	}
	sort.Slice(use.Assign, func(i, j int) bool { return use.Assign[i].Iface < use.Assign[j].Iface })
	if o.Resolver {
		m := l.Terms().Message
		for _, text := range listed(L, m, codeDNS) {
			if a, err := netip.ParseAddr(text); err == nil {
				use.DNS = append(use.DNS, a)
			}
		}
		use.Search = listed(L, m, codeSearch)
	}
	if err := decl.HostOf(L).Block(L, func(ctx context.Context) error { return l.Apply(ctx, use) }); err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", name, err))
	}
	L.Push(L.Get(1))
	return 1
}

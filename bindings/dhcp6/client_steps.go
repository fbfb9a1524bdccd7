package dhcp6

import (
	"context"
	"fmt"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/dhcp/client6"
	"moonwire/host/dhcp/dhcp6"
)

// exchangeFails are the outcomes of an exchange: nobody answers usably, the status codes of RFC 8415 section 21.13 (refused
// is every other), another host has the address, the interface is down, the lease is over.
var exchangeFails = []string{decl.Timeout, decl.NoAddrs, decl.NoPrefix, decl.NoBinding, decl.NotOnLink, decl.Refused, decl.Conflict, decl.Down, decl.Closed}

const whyLease = "a lease keeps its client"

func clientMethods() []decl.Function {
	given := []decl.Param{{Name: "lease", Type: "dhcp6.lease", Doc: "what the server gave"}}
	return []decl.Function{
		decl.Raw{Name: "solicit", Why: "returns one offer or a list", Blocks: true, Run: solicit, Source: "RFC 8415 sections 18.2.1 and 18.2.9",
			Doc: "Ask who gives addresses and prefixes. Offers are collected for a second, unless one says with preference 255 that it is the best; of " +
				"several the one of the highest preference wins, then the fullest.",
			Options: decl.OptionParams(solicitDefaults), Fails: exchangeFails,
			Results: []decl.Param{{Name: "offer", Type: "dhcp6.message", Doc: "an advertise; a reply where the server has committed at once; with all a list, the best first"}},
			Example: clientExample("assert(c:solicit()).type", "advertise")},
		decl.Raw{Name: "request", Why: whyLease, Blocks: true, Run: request, Source: "RFC 8415 sections 18.2.2 and 18.2.10",
			Doc:    "Take an offer, changed or not. Addresses that another host has are declined; when none is left, that is a conflict.",
			Params: []decl.Param{{Name: "offer", Type: "dhcp6.message", Doc: "that solicit returned"}}, Results: given, Fails: exchangeFails,
			Example: clientExample("assert(c:request(assert(c:solicit()))).address", "2001:db8:1::100")},
		decl.Raw{Name: "acquire", Why: whyLease, Blocks: true, Run: acquire, Source: "RFC 8415 section 18.2",
			Doc:     "Do all of it: solicit, and request of the best offer; of the next one where that comes to nothing.",
			Options: decl.OptionParams(acquireDefaults), Results: given, Fails: exchangeFails,
			Example: clientExample("assert(c:acquire{prefixes=1}).prefix", "2001:db8:f000::/64")},
		decl.Raw{Name: "confirm", Why: whyLease, Blocks: true, Run: confirm, Source: "RFC 8415 sections 18.2.3 and 18.2.12",
			Doc: "Ask whether a lease still fits the link, as after a cable was moved. Refused with notonlink the lease is lost; when nobody answers " +
				"(timeout) it goes on. One with a prefix is rebound instead.",
			Params: []decl.Param{{Name: "lease", Type: "dhcp6.lease", Doc: "whose addresses are meant"}}, Fails: exchangeFails,
			Results: []decl.Param{{Name: "lease", Type: "dhcp6.lease", Doc: "the same"}},
			Example: clientExample("assert(c:confirm(assert(c:acquire()))).state", "bound")},
		decl.Fn[clientArgs, informed]{Name: "information", Blocks: true, Source: "RFC 8415 section 18.2.6", Fails: exchangeFails, Run: information,
			Doc:     "Ask for options alone, without an address.",
			Example: clientExample("assert(c:information()).options.dns_servers[1]", "2001:db8:1::1")},
		decl.Fn[clientArgs, decl.Done]{Name: "close", Run: closeClient, Doc: "Close the client. It may be called twice. Its leases are not released.",
			Example: clientExample("c:close(), c:close()", "true, true")},
	}
}

func theClient(L *lua.LState, method string) *client6.Client {
	return decl.Self[*client6.Client](L, method, clientName)
}

// solicit is client:solicit(opts).
func solicit(L *lua.LState) int {
	const name = "dhcp6.client:solicit"
	c, o := theClient(L, name), solicitDefaults
	readWants(L, name, &o)
	if !o.All {
		o.Wait = 0
	}
	var list []*client6.Offer
	err := decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
		list, err = c.Solicit(ctx, o.want(), o.Wait)
		return err
	})
	if err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", name, err))
	}
	if !o.All {
		L.Push(decl.NewUserData(L, list[0].Message))
		return 1
	}
	all := L.CreateTable(len(list), 0)
	for _, o := range list {
		all.Append(decl.NewUserData(L, o.Message))
	}
	L.Push(all)
	return 1
}

// readWants reads the options of solicit or acquire, which must ask for something.
func readWants(L *lua.LState, name string, o any) {
	if L.Get(2) != lua.LNil {
		decl.Options(L, name, 2, o)
	}
	var w wants
	switch o := o.(type) {
	case *solicitOptions:
		w = o.wants
	case *wants:
		w = *o
	}
	if w.Addresses+w.Temporary+w.Prefixes == 0 {
		decl.Raisef(L, "%s: nothing to ask for: give a number of addresses, temporary addresses or prefixes", name)
	}
}

// request is client:request(offer).
func request(L *lua.LState) int {
	const name = "dhcp6.client:request"
	c, offer := theClient(L, name), decl.Check[*dhcp6.Message](L, name, 2, "offer")
	return leased(L, name, func(ctx context.Context) (*client6.Lease, error) { return c.Request(ctx, offer) })
}

// acquire is client:acquire(opts).
func acquire(L *lua.LState) int {
	const name = "dhcp6.client:acquire"
	c, w := theClient(L, name), acquireDefaults
	readWants(L, name, &w)
	return leased(L, name, func(ctx context.Context) (*client6.Lease, error) { return c.Acquire(ctx, w.want()) })
}

// leased returns what get does, with the client in slot 1 as its owner.
func leased(L *lua.LState, name string, get func(ctx context.Context) (*client6.Lease, error)) int {
	owner := L.Get(1)
	var l *client6.Lease
	err := decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
		l, err = get(ctx)
		return err
	})
	if err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", name, err))
	}
	(&Lease{l, owner}).push(L)
	return 1
}

// confirm is client:confirm(lease).
func confirm(L *lua.LState) int {
	const name = "dhcp6.client:confirm"
	c, l := theClient(L, name), decl.Check[*Lease](L, name, 2, "lease")
	if err := decl.HostOf(L).Block(L, func(ctx context.Context) error { return c.Confirm(ctx, l.Lease) }); err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", name, err))
	}
	L.Push(L.Get(2))
	return 1
}

type clientArgs struct {
	Self *client6.Client `lua:"self"`
}

// An informed is what information returns.
type informed struct {
	Reply   *dhcp6.Message `lua:"ret.reply" type:"dhcp6.message" doc:"the server's answer"`
	Refresh time.Duration  `lua:"ret.refresh?" doc:"seconds until it is to be asked for again; nil: never"`
}

func information(ctx context.Context, a clientArgs) (informed, error) {
	m, err := a.Self.Information(ctx)
	if err != nil {
		return informed{}, fmt.Errorf("dhcp6.client:information: %w", err)
	}
	return informed{m, client6.Refresh(m)}, nil
}

func closeClient(_ context.Context, a clientArgs) (decl.Done, error) {
	return decl.Done{}, a.Self.Close()
}

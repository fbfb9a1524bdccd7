package dhcp

import (
	"context"
	"fmt"
	"net/netip"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/dhcp/client4"
	"moonwire/host/dhcp/dhcp4"
)

// message is a message as Fn's results name it.
type message = dhcp4.Message

type clientSelf struct {
	Self *Client `lua:"self"`
}

func closeClient(_ context.Context, a clientSelf) (decl.Done, error) {
	return decl.Done{}, a.Self.Close()
}

func theClient(L *lua.LState, method string) *Client {
	return decl.Self[*Client](L, method, clientName)
}

// discoverOptions are client:discover's.
type discoverOptions struct {
	All     bool          `lua:"all?" doc:"collect offers, at least one"`
	Wait    time.Duration `lua:"wait?" range:"0..86400" doc:"how long offers are collected, in seconds"`
	Address netip.Addr    `lua:"address?" doc:"address that the client would like"`
}

var discoverDefaults = discoverOptions{Wait: client4.DefaultWait}

// discover is client:discover(opts).
func discover(L *lua.LState) int {
	const name = "dhcp.client:discover"
	c, o := theClient(L, name), discoverDefaults
	decl.Options(L, name, 2, &o)
	if o.Address.IsValid() && !o.Address.Is4() {
		decl.Raisef(L, "bad option 'address' to '%s' (IPv4 address expected, got %s)", name, o.Address)
	}
	var offers []*dhcp4.Message
	err := decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
		if o.All {
			offers, err = c.DiscoverAll(ctx, o.Address, o.Wait)
			return err
		}
		offer, err := c.Discover(ctx, o.Address)
		offers = []*dhcp4.Message{offer}
		return err
	})
	if err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", name, err))
	}
	if !o.All {
		L.Push(decl.NewUserData(L, offers[0]))
		return 1
	}
	list := L.CreateTable(len(offers), 0)
	for _, m := range offers {
		list.Append(decl.NewUserData(L, m))
	}
	L.Push(list)
	return 1
}

// getLease makes a method that gets the client a lease.
func getLease(L *lua.LState, name string, get func(context.Context) (*client4.Lease, bool, error)) int {
	var l *client4.Lease
	var confirmed bool
	err := decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
		l, confirmed, err = get(ctx)
		return err
	})
	if err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", name, err))
	}
	(&Lease{Lease: l, Confirmed: confirmed, owner: L.Get(1)}).push(L)
	return 1
}

// request is client:request(offer).
func request(L *lua.LState) int {
	const name = "dhcp.client:request"
	c := theClient(L, name)
	offer := decl.Check[*dhcp4.Message](L, name, 2, "offer")
	if problem := client4.Unfit(offer); problem != "" {
		decl.Raisef(L, "bad argument #1 to '%s' (offer: %s)", name, problem)
	}
	return getLease(L, name, func(ctx context.Context) (*client4.Lease, bool, error) {
		l, err := c.Request(ctx, offer)
		return l, true, err
	})
}

// acquire is client:acquire().
func acquire(L *lua.LState) int {
	const name = "dhcp.client:acquire"
	c := theClient(L, name)
	return getLease(L, name, func(ctx context.Context) (*client4.Lease, bool, error) {
		l, err := c.Acquire(ctx)
		return l, true, err
	})
}

// reboot is client:reboot(address).
func reboot(L *lua.LState) int {
	const name = "dhcp.client:reboot"
	c := theClient(L, name)
	if ud, ok := L.Get(2).(*lua.LUserData); ok {
		if old, ok := ud.Value.(*Lease); ok {
			return getLease(L, name, func(ctx context.Context) (*client4.Lease, bool, error) { return c.Resume(ctx, old.Lease) })
		}
	}
	a := decl.Check[netip.Addr](L, name, 2, "address")
	if !a.Is4() {
		decl.Raisef(L, "bad argument #1 to '%s' (address: IPv4 address expected, got %s)", name, a)
	}
	return getLease(L, name, func(ctx context.Context) (*client4.Lease, bool, error) {
		l, err := c.Reboot(ctx, a)
		return l, true, err
	})
}

type informArgs struct {
	Self    *Client    `lua:"self"`
	Address netip.Addr `lua:"opts.address" doc:"the host's address; else the one that the interface has"`
	Server  netip.Addr `lua:"opts.server" doc:"whom to ask; else everybody"`
}

func inform(ctx context.Context, a informArgs) (*message, error) {
	if !a.Address.IsValid() {
		for _, p := range a.Self.Addresses() {
			if p.Addr().Is4() {
				a.Address = p.Addr()
				break
			}
		}
	}
	switch {
	case !a.Address.IsValid():
		return nil, decl.BadArg("address", "the interface has no IPv4 address: name one")
	case !a.Address.Is4():
		return nil, decl.BadArg("address", "IPv4 address expected, got %s", a.Address)
	case a.Server.IsValid() && !a.Server.Is4():
		return nil, decl.BadArg("server", "IPv4 address expected, got %s", a.Server)
	}
	m, err := a.Self.Inform(ctx, a.Address, a.Server)
	if err != nil {
		return nil, fmt.Errorf("dhcp.client:inform: %w", err)
	}
	return m, nil
}

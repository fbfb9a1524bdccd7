package link

import (
	"context"
	"fmt"
	"net/netip"
	"reflect"
	"sync/atomic"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/network"
)

// A guard keeps the system from answering on a port.
type guard struct {
	network.Guard
	protocol string
	closed   atomic.Bool
}

// Close gives the port back.
func (g *guard) Close() error {
	if g.closed.Swap(true) {
		return nil
	}
	return g.Guard.Close()
}

// String names the guard in leak reports.
func (g *guard) String() string { return fmt.Sprintf("link{guard} %s %s", g.protocol, g.Addr()) }

type guardArgs struct {
	Address  netip.Addr `lua:"address" doc:"own address that the script's packets come from"`
	Port     uint16     `lua:"port?" doc:"port; 0: one that is free"`
	Protocol string     `lua:"opts.protocol" choices:"tcp|udp" doc:"what the port is of"`
}

// guardPort is link.guard(address, port, opts).
func guardPort(ctx context.Context, a guardArgs) (*guard, error) {
	g, err := network.From(ctx).GuardPort(ctx, a.Protocol, netip.AddrPortFrom(a.Address, a.Port))
	if err != nil {
		return nil, fmt.Errorf("link.guard: %w", err)
	}
	return &guard{Guard: g, protocol: a.Protocol}, nil
}

type guardSelf struct {
	Self *guard `lua:"self"`
}

func guardClass() *decl.Class {
	const example = `local g = assert(link.guard("127.0.0.1"))` + "\n"
	return &decl.Class{Name: "link{guard}", Doc: "A port on which the system is silent, until it is closed.", Type: reflect.TypeFor[*guard](),
		Meta: map[string]lua.LGFunction{"__tostring": decl.ToString},
		Methods: []decl.Function{
			decl.Fn[guardSelf, int]{Name: "port", Doc: "The port.", Example: example + "g:port() > 0 --> true",
				Run: func(_ context.Context, a guardSelf) (int, error) { return int(a.Self.Addr().Port()), nil }},
			decl.Fn[guardSelf, string]{Name: "address", Doc: "The address.", Example: example + "g:address() --> 127.0.0.1",
				Run: func(_ context.Context, a guardSelf) (string, error) { return a.Self.Addr().Addr().String(), nil }},
			decl.Fn[guardSelf, decl.Done]{Name: "close", Doc: "Give the port back. It may be called twice.", Example: example + "g:close(), g:close() --> true, true",
				Run: func(_ context.Context, a guardSelf) (decl.Done, error) { return decl.Done{}, a.Self.Close() }},
		}}
}

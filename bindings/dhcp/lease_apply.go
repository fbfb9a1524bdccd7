package dhcp

import (
	"context"
	"fmt"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/dhcp/client4"
)

// applyOptions are lease:apply's.
type applyOptions struct {
	Routes   bool `lua:"routes?" doc:"set the routes"`
	MTU      bool `lua:"mtu?" doc:"set the MTU"`
	Resolver bool `lua:"resolver?" doc:"set DNS servers and search domains"`
	Metric   int  `lua:"metric?" range:"0..2147483647" doc:"metric of the routes; the least wins"`
	Keep     bool `lua:"keep?" doc:"leave it all in place at the end of the lease and of the script"`
}

var applyDefaults = applyOptions{Routes: true, MTU: true, Resolver: true}

// apply is lease:apply(opts).
func apply(L *lua.LState) int {
	const name = "dhcp.lease:apply"
	l, o := theLease(L, name), applyDefaults
	decl.Options(L, name, 2, &o)
	err := decl.HostOf(L).Block(L, func(ctx context.Context) error {
		return l.Apply(ctx, client4.Applying{Routes: o.Routes, MTU: o.MTU, Resolver: o.Resolver, Metric: o.Metric, Keep: o.Keep})
	})
	if err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", name, err))
	}
	l.kept = o.Keep
	L.Push(L.Get(1))
	return 1
}

type leaseSelf struct {
	Self *Lease `lua:"self"`
}

func undo(ctx context.Context, a leaseSelf) (decl.Done, error) {
	return done("undo", a.Self.Undo(ctx))
}

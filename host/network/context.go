package network

import "context"

type key struct{}

// With makes n the current network of ctx.
func With(ctx context.Context, n Network) context.Context { return context.WithValue(ctx, key{}, n) }

// From is the current network: the task's, or this machine where none was set.
func From(ctx context.Context) Network {
	if n, ok := ctx.Value(key{}).(Network); ok {
		return n
	}
	return Kernel()
}

// ClockFrom is the current network's clock.
func ClockFrom(ctx context.Context) Clock { return From(ctx).Clock() }

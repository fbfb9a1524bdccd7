package network

import "context"

type (
	key     struct{}
	wrapKey struct{}
)

// With makes n the current network of ctx.
func With(ctx context.Context, n Network) context.Context {
	if wrap, ok := ctx.Value(wrapKey{}).(func(Network) Network); ok {
		n = wrap(n)
	}
	return context.WithValue(ctx, key{}, n)
}

// Wrapping has wrap put something around each network that With makes current under ctx, labs included.
func Wrapping(ctx context.Context, wrap func(Network) Network) context.Context {
	return context.WithValue(ctx, wrapKey{}, wrap)
}

// From is the current network: the task's, or this machine where none was set.
func From(ctx context.Context) Network {
	if n, ok := ctx.Value(key{}).(Network); ok {
		return n
	}
	return Kernel()
}

// ClockFrom is the current network's clock.
func ClockFrom(ctx context.Context) Clock { return From(ctx).Clock() }

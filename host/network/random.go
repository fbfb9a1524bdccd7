package network

import (
	"context"
	"math/rand/v2"
	"sync"
)

type randKey struct{}

// WithRand makes a source that starts from seed the one that Rand gives.
func WithRand(ctx context.Context, seed int64) context.Context {
	return context.WithValue(ctx, randKey{}, rand.New(&lockedSource{from: rand.NewPCG(uint64(seed), 1)}))
}

// WithRandOf gives ctx the source that from has, if it has one of its own.
func WithRandOf(ctx, from context.Context) context.Context {
	if r, ok := from.Value(randKey{}).(*rand.Rand); ok {
		return context.WithValue(ctx, randKey{}, r)
	}
	return ctx
}

// Rand is where identifiers, ports and all that is chosen by chance come from: the run's own source when it has a seed,
// so that it can be repeated, else the system's. Any goroutine may use it.
func Rand(ctx context.Context) *rand.Rand {
	if r, ok := ctx.Value(randKey{}).(*rand.Rand); ok {
		return r
	}
	return systemRand
}

var systemRand = rand.New(systemSource{})

type systemSource struct{}

func (systemSource) Uint64() uint64 { return rand.Uint64() }

// lockedSource is a source for many goroutines.
type lockedSource struct {
	mu   sync.Mutex
	from rand.Source
}

func (s *lockedSource) Uint64() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.from.Uint64()
}

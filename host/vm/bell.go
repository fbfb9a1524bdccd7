package vm

import (
	"context"
	"slices"
	"sync"
	"time"

	"moonwire/host/network"
)

// A bell wakes those who wait for something to change, under any clock.
type bell struct {
	clock network.Clock

	mu      sync.Mutex
	waiters []network.Waiter
}

// ring makes them look again.
func (b *bell) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, w := range b.waiters {
		w.Wake()
	}
}

// await waits until try holds, and fails with ctx's error, or at a moment; the zero moment never comes.
func (b *bell) await(ctx context.Context, until time.Time, try func() bool) error {
	if try() {
		return nil
	}
	w := network.NewWaiter(b.clock)
	b.mu.Lock()
	b.waiters = append(b.waiters, w)
	b.mu.Unlock()
	defer b.forget(w)
	for !try() {
		if err := w.WaitUntil(ctx, until); err != nil {
			return err
		}
	}
	return nil
}

func (b *bell) forget(w network.Waiter) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.waiters = slices.DeleteFunc(b.waiters, func(o network.Waiter) bool { return o == w })
}

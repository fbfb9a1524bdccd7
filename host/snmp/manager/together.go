package manager

import (
	"context"
	"sync"
	"sync/atomic"

	"moonwire/host/network"
)

// together runs work on n goroutines that live by a clock, and waits for them. next gives each the next number, from 0.
func together(clock network.Clock, n int, work func(next func() int)) {
	if n == 0 {
		return
	}
	var (
		last    atomic.Int64
		mu      sync.Mutex
		running = n
		waiter  = network.NewWaiter(clock)
	)
	last.Store(-1)
	for range n {
		network.GoBy(clock, func() {
			work(func() int { return int(last.Add(1)) })
			mu.Lock()
			running--
			mu.Unlock()
			waiter.Wake()
		})
	}
	for {
		mu.Lock()
		over := running == 0
		mu.Unlock()
		if over {
			return
		}
		waiter.Wait(context.Background())
	}
}

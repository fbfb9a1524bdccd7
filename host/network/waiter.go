package network

import (
	"context"
	"os"
	"time"
)

// A Waiter lets a goroutine wait for others under any clock. Only one goroutine waits on it at a time.
type Waiter interface {
	// Wait waits until Wake, which may have come before, or until ctx's end.
	Wait(ctx context.Context) error
	// WaitUntil is Wait until t at most; then it fails with os.ErrDeadlineExceeded. The zero t never comes.
	WaitUntil(ctx context.Context, t time.Time) error
	// Wake ends the wait under way, or the next one. Any goroutine may call it.
	Wake()
}

// Simulated is what a simulated clock can do beside a Clock: it moves on only while nobody is busy.
type Simulated interface {
	Clock
	Enter() // one more is busy
	Leave() // one less
	NewWaiter() Waiter
	Go(f func()) // starts f on a goroutine that is busy until it waits or ends, when nobody else is
	// OnStall has f called when everybody waits and nothing is left that could wake them.
	OnStall(f func()) (remove func())
}

// NewWaiter makes a Waiter for who lives by clock c. Who waits under a simulated clock must be busy there: a task in Go
// code is, and so is what Go started.
func NewWaiter(c Clock) Waiter {
	if s, ok := c.(Simulated); ok {
		return s.NewWaiter()
	}
	return waiter{clock: c, woken: make(chan struct{}, 1)}
}

// Go runs f on a goroutine that lives by ctx's clock. By a simulated one it starts when its turn comes: who waits for it
// other than with a Waiter waits for ever.
func Go(ctx context.Context, f func()) { GoBy(ClockFrom(ctx), f) }

// GoBy is Go by clock c.
func GoBy(c Clock, f func()) {
	if s, ok := c.(Simulated); ok {
		s.Go(f)
		return
	}
	go f()
}

// waiter is a Waiter by a real clock.
type waiter struct {
	clock Clock
	woken chan struct{}
}

func (w waiter) Wake() {
	select {
	case w.woken <- struct{}{}:
	default:
	}
}

func (w waiter) Wait(ctx context.Context) error {
	select {
	case <-w.woken:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (w waiter) WaitUntil(ctx context.Context, t time.Time) error {
	if t.IsZero() {
		return w.Wait(ctx)
	}
	late := time.NewTimer(t.Sub(w.clock.Now()))
	defer late.Stop()
	select {
	case <-w.woken:
		return nil
	case <-late.C:
		return os.ErrDeadlineExceeded
	case <-ctx.Done():
		return ctx.Err()
	}
}

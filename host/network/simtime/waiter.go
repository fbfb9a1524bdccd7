package simtime

import (
	"context"
	"os"
	"time"

	"moonwire/host/network"
)

// waiter is a goroutine's wait by a clock.
type waiter struct {
	clock *Clock
	turn  chan struct{} // has the turn in it, once
	start func()        // what a goroutine that is yet to be started does; nil: it waits

	carries any // what its goroutine carries meanwhile; guarded by the clock's mu

	// Guarded by the clock's mu.
	timer
	in         *queue  // the queue it stands in
	prev, next *waiter // there
	waits      uint64  // how many are over
	woken      bool    // Wake came
	over       reason  // what else ended the wait under way
}

// reason is what ends a wait beside Wake.
type reason uint8

const (
	notOver reason = iota
	late
	cancelled
	closedDown
)

func newWaiter(c *Clock) *waiter {
	return &waiter{clock: c, turn: make(chan struct{}, 1), timer: timer{place: none}}
}

// NewWaiter makes a Waiter. Who waits has a turn, gives it back, and has one again when the wait ends.
func (c *Clock) NewWaiter() network.Waiter { return newWaiter(c) }

// never is a moment that doesn't come.
const never = -1

// Wait waits until Wake or the end of ctx.
func (w *waiter) Wait(ctx context.Context) error {
	return w.wait(ctx, never)
}

// WaitUntil is Wait until t at most.
func (w *waiter) WaitUntil(ctx context.Context, t time.Time) error {
	at := int64(never)
	if !t.IsZero() {
		at = max(0, int64(t.Sub(w.clock.epoch)))
	}
	return w.wait(ctx, at)
}

// Wake ends the wait under way, or the next one.
func (w *waiter) Wake() {
	w.clock.mu.Lock()
	defer w.clock.mu.Unlock()
	w.woken = true
	w.rouse()
}

// Run ends the wait: its moment has come.
func (w *waiter) Run() {
	w.clock.mu.Lock()
	defer w.clock.mu.Unlock()
	w.end(late)
}

// end ends the wait under way by something else than Wake. It needs the clock's mu.
func (w *waiter) end(why reason) {
	if w.over == notOver {
		w.over = why
		w.rouse()
	}
}

// rouse queues who waits for a turn.
func (w *waiter) rouse() {
	c := w.clock
	if w.in != &c.waiting {
		return
	}
	c.waiting.remove(w)
	c.ready.push(w)
	c.stir()
}

// wait waits until Wake, the end of ctx, or the moment at.
func (w *waiter) wait(ctx context.Context, at int64) error {
	if w.wakened() {
		return nil
	}
	if ctx.Done() != nil {
		if err := ctx.Err(); err != nil {
			return err
		}
		waits := w.waits
		defer network.OnEnd(ctx, func() { w.cancel(waits) })()
	}
	if w.park(at) {
		<-w.turn
	}
	return w.result(ctx)
}

// wakened says, once, whether Wake came.
func (w *waiter) wakened() bool {
	w.clock.mu.Lock()
	defer w.clock.mu.Unlock()
	woken := w.woken
	w.woken = false
	return woken
}

// cancel ends a wait by its context.
func (w *waiter) cancel(waits uint64) {
	w.clock.mu.Lock()
	defer w.clock.mu.Unlock()
	if waits == w.waits {
		w.end(cancelled)
	}
}

// park gives the turn back, unless the wait is over already.
func (w *waiter) park(at int64) bool {
	c := w.clock
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case w.woken || w.over != notOver:
		return false
	case c.closing:
		w.over = closedDown
		return false
	case at >= 0 && at <= c.passed.Load():
		w.over = late
		return false
	}
	w.carries = c.carried
	c.leave()
	if at >= 0 {
		c.schedule(at, w, &w.timer)
	}
	c.waiting.push(w)
	return true
}

// result is how the wait ended, and makes w ready for the next.
func (w *waiter) result(ctx context.Context) error {
	c := w.clock
	c.mu.Lock()
	defer c.mu.Unlock()
	c.events.remove(&w.timer)
	woken, over := w.woken, w.over
	w.woken, w.over = false, notOver
	w.waits++
	switch {
	case woken:
		return nil
	case over == late:
		return os.ErrDeadlineExceeded
	case over == closedDown:
		return ErrClosed
	}
	return ctx.Err()
}

// queue is a list of waiters, the oldest in front.
type queue struct{ head, tail *waiter }

func (q *queue) first() *waiter { return q.head }

func (q *queue) push(w *waiter) {
	w.in, w.prev = q, q.tail
	if q.tail == nil {
		q.head = w
	} else {
		q.tail.next = w
	}
	q.tail = w
}

func (q *queue) remove(w *waiter) {
	if w.prev == nil {
		q.head = w.next
	} else {
		w.prev.next = w.next
	}
	if w.next == nil {
		q.tail = w.prev
	} else {
		w.next.prev = w.prev
	}
	w.in, w.prev, w.next = nil, nil, nil
}

package network

import (
	"context"
	"slices"
	"sync"
	"time"
)

// A Turn is held by one at a time. It is a lock whose waits end, and work under any clock. Those who wait have it in the
// order in which they asked.
type Turn struct {
	mu    sync.Mutex
	held  bool
	queue []*claim
}

// claim is a wait for a Turn.
type claim struct {
	Waiter
	granted bool
}

// Take waits for the turn until a moment, or ctx's end; the zero moment never comes.
func (t *Turn) Take(ctx context.Context, until time.Time) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.held {
		t.held = true
		return nil
	}
	c := &claim{Waiter: NewWaiter(ClockFrom(ctx))}
	t.queue = append(t.queue, c)
	for !c.granted {
		t.mu.Unlock()
		err := c.WaitUntil(ctx, until)
		t.mu.Lock()
		if err != nil && !c.granted {
			t.queue = slices.DeleteFunc(t.queue, func(o *claim) bool { return o == c })
			return err
		}
	}
	return nil
}

// Give hands the turn to the next.
func (t *Turn) Give() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.queue) == 0 {
		t.held = false
		return
	}
	c := t.queue[0]
	t.queue = t.queue[1:]
	c.granted = true
	c.Wake()
}

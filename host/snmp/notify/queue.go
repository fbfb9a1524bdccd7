package notify

import (
	"context"
	"net"
	"slices"
	"sync"
	"time"

	"moonwire/host/network"
)

// The bounds of what waits for who takes events: so many, and so many bytes of messages, which take ten times the memory when
// they are small variables.
const (
	mostEvents = 4096
	mostBytes  = 4 << 20
)

// A queue holds events until somebody takes them, each once.
type queue struct {
	clock network.Clock

	mu      sync.Mutex
	list    []*Event
	bytes   int
	closed  bool
	waiters []network.Waiter
}

// put adds an event; false when too much waits.
func (q *queue) put(e *Event) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed || len(q.list) == mostEvents || len(q.list) > 0 && q.bytes+len(e.Bytes) > mostBytes {
		return false
	}
	q.list = append(q.list, e)
	q.bytes += len(e.Bytes)
	q.wake()
	return true
}

// wake wakes all who wait: whoever comes first takes it.
func (q *queue) wake() {
	for _, w := range q.waiters {
		w.Wake()
	}
}

// close ends waits when nothing is left.
func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.wake()
}

// next takes the oldest event. It waits until a moment, which if zero never comes: os.ErrDeadlineExceeded; net.ErrClosed
// after the end.
func (q *queue) next(ctx context.Context, until time.Time) (*Event, error) {
	w := network.NewWaiter(q.clock)
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiters = append(q.waiters, w)
	defer func() {
		q.waiters = slices.DeleteFunc(q.waiters, func(o network.Waiter) bool { return o == w })
	}()
	for {
		if e := q.pop(); e != nil {
			return e, nil
		}
		if q.closed {
			return nil, net.ErrClosed
		}
		q.mu.Unlock()
		err := w.WaitUntil(ctx, until)
		q.mu.Lock()
		if err != nil {
			return nil, err
		}
	}
}

// pop takes the oldest event; nil when there is none.
func (q *queue) pop() *Event {
	if len(q.list) == 0 {
		return nil
	}
	e := q.list[0]
	q.list[0] = nil
	q.list = q.list[1:]
	q.bytes -= len(e.Bytes)
	return e
}

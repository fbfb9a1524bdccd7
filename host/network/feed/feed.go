// Package feed tells listeners what happens, each at his own pace. A listener that falls behind loses events, which are
// counted: who tells never waits.
package feed

import (
	"context"
	"net"
	"slices"
	"sync"
	"time"

	"moonwire/host/network"
)

// A Feed is where events of type E come from.
type Feed[E any] struct {
	clock network.Clock

	mu        sync.Mutex
	listeners []*Listener[E]
	ended     bool
}

// New makes a feed for listeners that live by a clock.
func New[E any](clock network.Clock) *Feed[E] { return &Feed[E]{clock: clock} }

// Most is how many events wait for a listener.
const Most = 4096

// A Listener hears what is told from its beginning on.
type Listener[E any] struct {
	feed   *Feed[E]
	waiter network.Waiter

	mu    sync.Mutex
	list  []E
	lost  uint64
	ended bool
}

// Listen makes a listener.
func (f *Feed[E]) Listen() *Listener[E] {
	l := &Listener[E]{feed: f, waiter: network.NewWaiter(f.clock)}
	f.mu.Lock()
	defer f.mu.Unlock()
	l.ended = f.ended
	f.listeners = append(f.listeners, l)
	return l
}

// Heard says whether anybody listens.
func (f *Feed[E]) Heard() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.listeners) > 0
}

// Tell tells the listeners.
func (f *Feed[E]) Tell(e E) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, l := range f.listeners {
		l.hear(e)
	}
}

// Close ends all listening: listeners hear what was told before.
func (f *Feed[E]) Close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ended = true
	for _, l := range f.listeners {
		l.end()
	}
}

func (l *Listener[E]) hear(e E) {
	l.mu.Lock()
	if len(l.list) < Most {
		l.list = append(l.list, e)
	} else {
		l.lost++
	}
	l.mu.Unlock()
	l.waiter.Wake()
}

func (l *Listener[E]) end() {
	l.mu.Lock()
	l.ended = true
	l.mu.Unlock()
	l.waiter.Wake()
}

// Next waits for an event until a time, which if zero never comes: os.ErrDeadlineExceeded; net.ErrClosed when the feed has
// ended and all was heard.
func (l *Listener[E]) Next(ctx context.Context, until time.Time) (E, error) {
	for {
		l.mu.Lock()
		if len(l.list) > 0 {
			e := l.list[0]
			l.list = l.list[1:]
			l.mu.Unlock()
			return e, nil
		}
		ended := l.ended
		l.mu.Unlock()
		var none E
		if ended {
			return none, net.ErrClosed
		}
		if err := l.waiter.WaitUntil(ctx, until); err != nil {
			return none, err
		}
	}
}

// Lost is how many events came while too many waited.
func (l *Listener[E]) Lost() uint64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.lost
}

// Close ends listening.
func (l *Listener[E]) Close() error {
	l.feed.mu.Lock()
	defer l.feed.mu.Unlock()
	l.feed.listeners = slices.DeleteFunc(l.feed.listeners, func(x *Listener[E]) bool { return x == l })
	l.end()
	return nil
}

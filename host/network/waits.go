package network

import (
	"sync"
	"sync/atomic"
	"time"
)

// deadlines are what ends the waits of a socket.
type deadlines interface {
	SetReadDeadline(t time.Time) error
	SetWriteDeadline(t time.Time) error
}

// A waker is a Ready call that can be ended.
type waker interface{ wake() }

// waits counts the calls under way, so that Interrupt ends them and no later one, and remembers the deadlines.
type waits struct {
	n      atomic.Int32
	broken atomic.Bool

	mu       sync.Mutex
	rd, wd   time.Time
	watchers map[waker]struct{}
}

func (w *waits) enter() { w.n.Add(1) }

func (w *waits) leave(d deadlines) {
	if w.n.Add(-1) == 0 && w.broken.Load() {
		w.mend(d)
	}
}

// past is a deadline that is over.
var past = time.Unix(1, 0)

// interrupt makes the calls under way fail. The last of them to leave sets the deadlines right again.
func (w *waits) interrupt(d deadlines) {
	w.wake()
	if d == nil || w.n.Load() == 0 {
		return
	}
	w.mu.Lock()
	w.broken.Store(true)
	d.SetReadDeadline(past)
	d.SetWriteDeadline(past)
	w.mu.Unlock()
	if w.n.Load() == 0 {
		w.mend(d)
	}
}

func (w *waits) mend(d deadlines) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.broken.Load() && w.n.Load() == 0 {
		w.broken.Store(false)
		d.SetReadDeadline(w.rd)
		d.SetWriteDeadline(w.wd)
	}
}

// arm gives a new descriptor the deadlines set before it was there.
func (w *waits) arm(d deadlines) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.rd.IsZero() {
		d.SetReadDeadline(w.rd)
	}
	if !w.wd.IsZero() {
		d.SetWriteDeadline(w.wd)
	}
}

func (w *waits) setRead(d deadlines, t time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.rd.IsZero() && t.IsZero() {
		return
	}
	w.rd = t
	if d != nil && !w.broken.Load() {
		d.SetReadDeadline(t)
	}
}

func (w *waits) setWrite(d deadlines, t time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.wd.IsZero() && t.IsZero() {
		return
	}
	w.wd = t
	if d != nil && !w.broken.Load() {
		d.SetWriteDeadline(t)
	}
}

// watch adds a Ready call, wake ends them all.
func (w *waits) watch(x waker) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.watchers == nil {
		w.watchers = make(map[waker]struct{})
	}
	w.watchers[x] = struct{}{}
}

func (w *waits) unwatch(x waker) {
	w.mu.Lock()
	delete(w.watchers, x)
	w.mu.Unlock()
}

func (w *waits) wake() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for x := range w.watchers {
		x.wake()
	}
}

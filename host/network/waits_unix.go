//go:build unix

package network

import (
	"sync"
	"sync/atomic"
	"time"
)

// waits counts the calls under way, so that Interrupt ends them and no later one, and remembers the deadlines.
type waits struct {
	n      atomic.Int32
	broken atomic.Bool

	mu       sync.Mutex
	rd, wd   time.Time
	watchers map[*watcher]struct{}
}

func (w *waits) enter() { w.n.Add(1) }

func (w *waits) leave(d *descriptor) {
	if w.n.Add(-1) == 0 && w.broken.Load() {
		w.mend(d)
	}
}

// past is a deadline that is over.
var past = time.Unix(1, 0)

// interrupt makes the calls under way fail. The last of them to leave sets the deadlines right again.
func (w *waits) interrupt(d *descriptor) {
	w.wake()
	if d == nil || w.n.Load() == 0 {
		return
	}
	w.mu.Lock()
	w.broken.Store(true)
	d.file.SetDeadline(past)
	w.mu.Unlock()
	if w.n.Load() == 0 {
		w.mend(d)
	}
}

func (w *waits) mend(d *descriptor) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.broken.Load() && w.n.Load() == 0 {
		w.broken.Store(false)
		d.file.SetReadDeadline(w.rd)
		d.file.SetWriteDeadline(w.wd)
	}
}

// arm gives a new descriptor the deadlines set before it was there.
func (w *waits) arm(d *descriptor) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.rd.IsZero() {
		d.file.SetReadDeadline(w.rd)
	}
	if !w.wd.IsZero() {
		d.file.SetWriteDeadline(w.wd)
	}
}

func (w *waits) setRead(d *descriptor, t time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.rd.IsZero() && t.IsZero() {
		return
	}
	w.rd = t
	if d != nil && !w.broken.Load() {
		d.file.SetReadDeadline(t)
	}
}

func (w *waits) setWrite(d *descriptor, t time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.wd.IsZero() && t.IsZero() {
		return
	}
	w.wd = t
	if d != nil && !w.broken.Load() {
		d.file.SetWriteDeadline(t)
	}
}

// watch adds a Ready call, wake ends them all.
func (w *waits) watch(x *watcher) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.watchers == nil {
		w.watchers = make(map[*watcher]struct{})
	}
	w.watchers[x] = struct{}{}
}

func (w *waits) unwatch(x *watcher) {
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

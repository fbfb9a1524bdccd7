package vm

import (
	"fmt"
	"time"
)

// watch looks at the runtime from outside, on a goroutine of its own, and raises the alarm when a task holds the
// interpreter for too long: that task says at its next tick where it is.
type watch struct {
	rt       *Runtime
	end      chan struct{}
	done     chan struct{}
	patience time.Duration
	turn     uint64    // the baton's, at the last look
	since    time.Time // when that turn was first seen
	warned   bool      // of that turn
}

// patience is Limits.Watchdog's default.
const patience = 200 * time.Millisecond

// lookEvery is the pause between two looks.
const lookEvery = 50 * time.Millisecond

// startWatch returns nil when no warning is wanted.
func (rt *Runtime) startWatch() *watch {
	w := &watch{rt: rt, end: make(chan struct{}), done: make(chan struct{}), patience: rt.opt.Limits.Watchdog}
	if w.patience < 0 {
		return nil
	}
	if w.patience == 0 {
		w.patience = patience
	}
	go w.loop()
	return w
}

func (w *watch) stop() {
	if w != nil {
		close(w.end)
		<-w.done
	}
}

func (w *watch) loop() {
	defer close(w.done)
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		select {
		case <-w.end:
			return
		case now := <-tick.C:
			w.look(now)
		}
	}
}

func (w *watch) look(now time.Time) {
	held, turn := w.rt.baton.holder()
	if !held || turn != w.turn {
		w.turn, w.since, w.warned = turn, now, false
		return
	}
	if !w.warned && now.Sub(w.since) >= w.patience {
		w.warned = true
		w.rt.alarm.Store(true)
	}
}

// warnOfHolding says who keeps the others waiting, and where. A task that is alone keeps nobody. One that lets the others
// in after that is warned of once.
func (h *thread) warnOfHolding() {
	rt := h.rt
	if rt.watch == nil || rt.live <= 1 && rt.baton.waiting.Load() == 0 {
		return
	}
	yield := rt.opt.Limits.Yield
	if !yield || !h.task.warned {
		h.task.warned = true
		fmt.Fprintf(rt.opt.Stderr, "moonwire: warning: %s has held the interpreter for %s at %s\n",
			h.task.name, rt.watch.patience, siteOf(h.L, 0))
	}
	if yield && rt.baton.waiting.Load() > 0 {
		rt.leave()
		rt.enter(h.task)
	}
}

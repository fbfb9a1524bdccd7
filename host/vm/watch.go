package vm

import (
	"fmt"
	"time"

	"moonwire/host/vm/lua51"
)

// watch looks at the runtime from outside, on a goroutine of its own, and raises the alarm when a task holds the
// interpreter for too long: that task says at its next tick where it is.
type watch struct {
	rt       *Runtime
	end      chan struct{}
	done     chan struct{}
	patience time.Duration
	used     func() time.Duration // of the process's processors
	turn     uint64               // the baton's, at the last look
	last     time.Time            // when that was
	began    time.Duration        // what was used when that turn was first seen
	held     time.Duration        // for how long that turn was seen to last
	warned   bool                 // of that turn
}

// patience is Limits.Watchdog's default. In simulated time nobody is kept waiting by a task that computes, since time
// stands still: there the warning is for loops without an end.
const (
	patience          = 200 * time.Millisecond
	simulatedPatience = 10 * time.Second
)

// lookEvery is the pause between two looks.
const lookEvery = 50 * time.Millisecond

// startWatch returns nil when no warning is wanted.
func (rt *Runtime) startWatch() *watch {
	w := &watch{rt: rt, end: make(chan struct{}), done: make(chan struct{}), patience: rt.opt.Limits.Watchdog, used: lua51.ProcessorTime}
	switch {
	case w.patience < 0:
		return nil
	case w.patience > 0:
	case rt.sim != nil:
		w.patience = simulatedPatience
	default:
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

// look raises the alarm of a turn that lasts. No look counts for more than the usual pause between two: one that comes
// late says that the machine was busy elsewhere, and then the task may not have run either.
func (w *watch) look(now time.Time) {
	held, turn := w.rt.baton.holder()
	passed := min(now.Sub(w.last), lookEvery)
	w.last = now
	if !held || turn != w.turn {
		w.turn, w.began, w.held, w.warned = turn, w.used(), 0, false
		return
	}
	if w.held += passed; !w.warned && w.held >= w.patience && w.ran() {
		w.warned = true
		w.rt.alarm.Store(turn)
	}
}

// ran says whether the turn may have had a processor for half of the time that a warning needs. One that lasts ten times
// as long without is warned of as well: something that it calls doesn't come back.
func (w *watch) ran() bool {
	return w.used()-w.began >= w.patience/2 || w.held >= 10*w.patience
}

// alarmed says whether the alarm is for the turn under way, and ends it. A turn that ended before its task came to a
// tick is nobody's fault who runs now: its task mostly waited for a processor.
func (rt *Runtime) alarmed() bool {
	if rt.alarm.Load() == 0 {
		return false
	}
	_, turn := rt.baton.holder()
	return rt.alarm.Swap(0) == turn
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
	if yield {
		rt.letIn(h.task)
	}
}

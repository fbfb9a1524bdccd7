package vm

import (
	"fmt"
	"runtime"
	"runtime/metrics"
	"sync/atomic"
	"time"
)

// watch looks at the runtime from outside, on a goroutine of its own, and raises the alarm: the running task then finds
// at its next instruction what it must attend to.
type watch struct {
	rt       *Runtime
	end      chan struct{}
	done     chan struct{}
	patience time.Duration // with a task that holds the interpreter; negative: endless
	turn     uint64        // the baton's, at the last look
	since    time.Time     // when that turn was first seen
	warned   bool          // of that turn

	held   atomic.Int64  // how long, in nanoseconds, when a warning is due
	full   atomic.Bool   // the heap must be measured
	enough atomic.Uint64 // heap bytes that call for a measurement; 0: no limit
}

const (
	watchdogDefault = 200 * time.Millisecond
	lookEvery       = 50 * time.Millisecond
	measureEvery    = 2 * time.Millisecond // with a memory limit
)

func (rt *Runtime) startWatch() *watch {
	w := &watch{rt: rt, end: make(chan struct{}), done: make(chan struct{}), patience: rt.opt.Limits.Watchdog}
	if w.patience == 0 {
		w.patience = watchdogDefault
	}
	w.enough.Store(rt.opt.Limits.Memory)
	go w.loop()
	return w
}

func (w *watch) stop() {
	close(w.end)
	<-w.done
}

func (w *watch) loop() {
	defer close(w.done)
	every := lookEvery
	if w.enough.Load() > 0 {
		every = measureEvery
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-w.end:
			return
		case now := <-tick.C:
			w.lookAtTurn(now)
			w.lookAtHeap()
		}
	}
}

func (w *watch) lookAtTurn(now time.Time) {
	held, turn := w.rt.baton.holder()
	if !held || turn != w.turn {
		w.turn, w.since, w.warned = turn, now, false
		return
	}
	if d := now.Sub(w.since); !w.warned && w.patience > 0 && d >= w.patience {
		w.warned = true
		w.held.Store(int64(d))
		w.rt.alarm.Store(true)
	}
}

func (w *watch) lookAtHeap() {
	if enough := w.enough.Load(); enough > 0 && heapBytes() > enough {
		w.full.Store(true)
		w.rt.alarm.Store(true)
	}
}

func heapBytes() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// attend does what an alarm is about. The running task does it, between two instructions.
func (w *watch) attend(h *thread) {
	if d := w.held.Swap(0); d > 0 && w.rt.live > 1 {
		fmt.Fprintf(w.rt.opt.Stderr, "moonwire: warning: %s has held the interpreter for %s at %s\n",
			h.task.name, time.Duration(d).Round(10*time.Millisecond), siteOf(h.L, 0))
	}
	if w.full.Swap(false) {
		w.measure()
	}
}

// measure ends the script when its heap is too large, what the collector can free not counted. No Lua runs meanwhile,
// so the heap can't outrun the measurement.
func (w *watch) measure() {
	runtime.GC()
	max, used := w.rt.opt.Limits.Memory, heapBytes()
	if used > max {
		w.rt.root.stop(&stop{kind: stopLimit, text: fmt.Sprintf("the memory limit of %d MB is reached", max>>20)})
	}
	w.enough.Store(used + max/8) // not again for every piece of garbage
}

package wire

import (
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"
)

// Realtime is an Engine by the machine's clock. One goroutine runs all events; what is due at once waits in a list that
// the goroutine takes whole, what is due later in a heap with one timer.
type Realtime struct {
	mu     sync.Mutex
	soon   []Event
	later  agenda
	calls  uint64 // that put something into later
	asleep bool
	closed bool

	wake  chan struct{} // has room for one
	ended chan struct{}

	faults  atomic.Uint64
	onFault atomic.Pointer[func(cause any, stack []byte)]
}

// NewRealtime starts an engine. It runs until Close.
func NewRealtime() *Realtime {
	r := &Realtime{wake: make(chan struct{}, 1), ended: make(chan struct{})}
	go r.run()
	return r
}

// Now is the machine's time.
func (r *Realtime) Now() time.Time { return time.Now() }

// Schedule runs e after d. A closed engine runs nothing.
func (r *Realtime) Schedule(d time.Duration, e Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return
	}
	if d <= 0 {
		r.soon = append(r.soon, e)
		r.rouse()
		return
	}
	r.calls++
	first := due{time.Now().Add(d), r.calls, e}
	r.later.push(first)
	if r.later[0].order == first.order {
		r.rouse()
	}
}

// rouse makes the goroutine look again, if it sleeps.
func (r *Realtime) rouse() {
	if r.asleep {
		r.asleep = false
		r.wake <- struct{}{}
	}
}

// Close ends the engine and waits for the event that is running. What is still due never happens. An event must not call
// it.
func (r *Realtime) Close() {
	r.mu.Lock()
	r.closed = true
	r.soon, r.later = nil, nil
	r.rouse()
	r.mu.Unlock()
	<-r.ended
}

// Faults is how many events panicked.
func (r *Realtime) Faults() uint64 { return r.faults.Load() }

// OnFault calls f when an event panics, on the engine's goroutine, which then goes on with the next event.
func (r *Realtime) OnFault(f func(cause any, stack []byte)) { r.onFault.Store(&f) }

// turn is how many events run before the engine looks for timers that are due.
const turn = 64

// spare is the longest list that is kept for the next round, so that a burst doesn't hold memory for ever.
const spare = 1 << 14

func (r *Realtime) run() {
	defer close(r.ended)
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	var batch []Event
	for {
		var ok bool
		if batch, ok = r.take(batch[:0], timer); !ok {
			return
		}
		r.each(batch)
		clear(batch)
		if cap(batch) > spare {
			batch = nil
		}
	}
}

// take waits for something to do and returns it; the list that it is given serves as the next one.
func (r *Realtime) take(list []Event, timer *time.Timer) ([]Event, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for {
		if r.closed {
			return nil, false
		}
		if list = r.ripe(list); len(list) > 0 {
			return list, true
		}
		if len(r.soon) > 0 {
			list, r.soon = r.soon, list
			return list, true
		}
		r.sleep(timer)
	}
}

// ripe appends the events of the heap that are due, a turn of them at most.
func (r *Realtime) ripe(list []Event) []Event {
	if len(r.later) == 0 {
		return list
	}
	now := time.Now()
	for len(r.later) > 0 && len(list) < turn && !r.later[0].at.After(now) {
		list = append(list, r.later.pop())
	}
	return list
}

// sleep lets go of the lock until rouse, or until the first event of the heap is due.
func (r *Realtime) sleep(timer *time.Timer) {
	var late <-chan time.Time
	if len(r.later) > 0 {
		timer.Reset(time.Until(r.later[0].at))
		late = timer.C
	}
	r.asleep = true
	r.mu.Unlock()
	select {
	case <-r.wake:
		r.mu.Lock()
	case <-late:
		r.mu.Lock()
		if !r.asleep { // roused in the meantime
			<-r.wake
		}
		r.asleep = false
	}
}

// each runs a list, and what falls due while it is running.
func (r *Realtime) each(list []Event) {
	for len(list) > 0 {
		n := min(turn, len(list))
		for done := 0; done < n; {
			done += r.some(list[done:n])
		}
		list = list[n:]
		if len(list) > 0 {
			r.overdue()
		}
	}
}

// overdue runs the events of the heap that are due.
func (r *Realtime) overdue() {
	r.mu.Lock()
	if r.closed || len(r.later) == 0 {
		r.mu.Unlock()
		return
	}
	list := r.ripe(nil)
	r.mu.Unlock()
	for done := 0; done < len(list); {
		done += r.some(list[done:])
	}
}

// some runs events up to the first that panics, and returns how many that were.
func (r *Realtime) some(list []Event) (n int) {
	defer func() {
		if cause := recover(); cause != nil {
			r.fault(cause)
		}
	}()
	for _, e := range list {
		n++
		e.Run()
	}
	return n
}

func (r *Realtime) fault(cause any) {
	r.faults.Add(1)
	if f := r.onFault.Load(); f != nil {
		(*f)(cause, debug.Stack())
	}
}

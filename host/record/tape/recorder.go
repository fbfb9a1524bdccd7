package tape

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"sync"
	"time"

	"moonwire/host/network/simtime"
	"moonwire/host/record"
)

// A Recorder is a Tape that keeps.
type Recorder struct {
	Tape
	*recorder
}

// recorder is the side that asks the world.
type recorder struct {
	to    *record.Writer
	clock *simtime.Clock
	start time.Time
	paced bool
	began time.Time // by the machine's clock
	stir  chan struct{}

	mu      sync.Mutex
	last    time.Duration
	waits   int // that were numbered
	pending int // whose answers are still to come, and listeners
	came    []arrival
	over    bool // nothing more is kept
	why     string
}

// arrival is what came from outside.
type arrival struct {
	event *record.Event
	then  func() // by the clock's driver
}

// Record makes a Tape that keeps into to what happens from start on, which is now. where says of what a clock carries
// which task that is, and on which line.
func Record(to *record.Writer, start time.Time, where func(carried any) (task, line string)) *Recorder {
	r := &recorder{to: to, start: start.Round(0), paced: true, began: time.Now(), stir: make(chan struct{}, 1)}
	r.clock = simtime.Paced(start, r)
	return &Recorder{Tape: Tape{side: r, clock: r.clock, where: where, start: r.start, frames: &captures{to: to}}, recorder: r}
}

// RecordUnder is Record of a run in simulated time, which takes care of its own network: what comes from the files, the
// environment and the standard input is kept.
func RecordUnder(clock *simtime.Clock, to *record.Writer, where func(carried any) (task, line string)) *Recorder {
	r := &recorder{to: to, clock: clock, start: clock.Now()}
	return &Recorder{Tape: Tape{side: r, clock: clock, where: where, start: r.start}, recorder: r}
}

// keep writes an event. It needs r.mu.
func (r *recorder) keep(e *record.Event) {
	if r.over {
		return
	}
	e.At = int64(r.moment())
	if err := r.to.Event(e); err != nil {
		r.over = true
		if r.why == "" && !errors.Is(err, record.ErrFull) {
			r.why = "it could not be written: " + err.Error()
		}
	}
}

// moment is the time that has passed. It needs r.mu.
func (r *recorder) moment() time.Duration {
	if r.paced {
		r.last = max(r.last, time.Since(r.began))
	} else {
		r.last = r.clock.Now().Sub(r.start)
	}
	return r.last
}

// Now keeps what it says.
func (r *recorder) Now() time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	e := &record.Event{Is: record.Now}
	r.keep(e)
	if r.over {
		return r.moment()
	}
	return time.Duration(e.At)
}

// Stop ends the record, with the reason: what happens from now on isn't kept.
func (r *recorder) Stop(why string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.over {
		return
	}
	r.keep(&record.Event{Is: record.Stop, Answer: encode(why)})
	r.over, r.why = true, why
}

// End is Stop at the natural end. It says why the record ends earlier than the run, if it does.
func (r *Recorder) End() (why string, after time.Duration) {
	if r.frames != nil {
		r.frames.close()
	}
	return r.recorder.end()
}

func (r *recorder) end() (why string, after time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.over = true
	return r.why, r.last
}

func (r *recorder) ask(q *record.Event, real func(*record.Event)) bool {
	q.Is = record.Ask
	real(q)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.keep(q)
	return false
}

func (r *recorder) note(q *record.Event) {
	q.Is = record.Note
	r.mu.Lock()
	defer r.mu.Unlock()
	r.keep(q)
}

func (r *recorder) wait(q *record.Event, real func(*record.Event)) bool {
	if !r.paced {
		return r.ask(q, real)
	}
	q.Is = record.Wait
	r.mu.Lock()
	r.waits++
	q.ID = r.waits
	r.pending++
	r.keep(q)
	r.mu.Unlock()
	a := &record.Event{Is: record.Done, ID: q.ID}
	w := r.clock.NewWaiter()
	go func() {
		real(a)
		r.arrive(arrival{a, func() {
			r.leave()
			w.Wake()
		}})
	}()
	if err := w.Wait(context.Background()); err != nil { // the clock is closed
		q.Error = record.FailureOf(net.ErrClosed)
		return true
	}
	return false
}

// leave counts one fewer that something can come from.
func (r *recorder) leave() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.pending--
}

// arrive queues what came from outside.
func (r *recorder) arrive(a arrival) {
	r.mu.Lock()
	r.came = append(r.came, a)
	r.mu.Unlock()
	r.Stir()
}

func (r *recorder) listen(n int, hear func(json.RawMessage)) (tell func(any)) {
	r.mu.Lock()
	r.pending++
	r.mu.Unlock()
	return func(told any) {
		if told == nil {
			r.leave()
			return
		}
		e := &record.Event{Is: record.Tell, On: n, Answer: encode(told)}
		r.arrive(arrival{e, func() { hear(e.Answer) }})
	}
}

// Stir makes Next look again.
func (r *recorder) Stir() {
	select {
	case r.stir <- struct{}{}:
	default:
	}
}

// Next waits for what comes first. Where it has to wait, the journal is given to the system.
func (r *recorder) Next(at time.Duration) simtime.Step {
	step, wait := r.look(at)
	if wait == 0 {
		return step
	}
	r.to.Flush()
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-r.stir:
	}
	return simtime.Step{} // the clock looks who is ready, and asks again
}

// look says what is next, or how long to wait for it.
func (r *recorder) look(at time.Duration) (s simtime.Step, wait time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.moment()
	switch {
	case len(r.came) > 0:
		a := r.came[0]
		r.came = r.came[1:]
		r.keep(a.event)
		return simtime.Step{Now: r.last, Outside: a.then}, 0
	case at >= 0 && now >= at:
		r.keep(&record.Event{Is: record.Due})
		return simtime.Step{Now: r.last, Due: true}, 0
	case at >= 0:
		return s, at - now
	case r.pending > 0:
		return s, time.Hour
	}
	r.keep(&record.Event{Is: record.Idle})
	return simtime.Step{Now: now, Stalled: true}, 0
}

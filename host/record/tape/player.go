package tape

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"sync"
	"time"

	"moonwire/host/network/simtime"
	"moonwire/host/record"
)

// A Player is a Tape that gives the answers of a record.
type Player struct {
	Tape
	*player
}

// player is the side that answers from the record.
type player struct {
	clock  *simtime.Clock
	paced  bool
	whole  bool // the record has all of the run
	events *record.Events
	end    func() // ends the run

	mu        sync.Mutex
	ahead     *record.Event // that was read, and is to come
	aheadErr  error
	number    int // of the event ahead, from 1
	now       time.Duration
	over      bool
	why       string // the record ends there before the run does
	broken    bool   // because it can't be read
	differs   *Difference
	waits     int
	waiting   map[int]*answer
	listeners map[int]func(json.RawMessage)
	recent    []*record.Event // the last calls
	changed   bool            // the script is another one: it goes on after a difference
	rest      *rest           // what it goes on with
	left      bool            // it has left the record
	promised  []*promise      // answers that come at a time, once it has
}

// answer is one that is still to come.
type answer struct {
	question *record.Event
	wake     func()
}

// Play makes a Tape that answers from events, which are those of a whole run or of a part of it, from the moment start on. end is called, by whoever has the turn, where the
// record ends or the run differs from it: then there are no more answers.
func Play(events *record.Events, whole bool, start time.Time, where func(carried any) (task, line string), end func()) *Player {
	p := &player{paced: true, whole: whole, events: events, end: end, waiting: map[int]*answer{}, listeners: map[int]func(json.RawMessage){}}
	p.clock = simtime.Paced(start, p)
	return &Player{Tape: Tape{side: p, clock: p.clock, where: where, start: start.Round(0)}, player: p}
}

// PlayUnder is Play of a run in simulated time.
func PlayUnder(clock *simtime.Clock, events *record.Events, whole bool, where func(carried any) (task, line string), end func()) *Player {
	p := &player{clock: clock, whole: whole, events: events, end: end}
	return &Player{Tape: Tape{side: p, clock: clock, where: where, start: clock.Now()}, player: p}
}

// Loosely makes a difference no end: the script, which is a changed one, goes on with the answers that the record has to
// what it asks, each after the time that it took.
func (p *player) Loosely() {
	p.changed, p.rest = true, newRest()
}

// Difference is the first one between the run and the record; nil: none so far.
func (p *player) Difference() *Difference {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.differs
}

// Cut says why the record ended before the run did; "" when it didn't.
func (p *player) Cut() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.why
}

// Broken says whether the record ended because it can't be read.
func (p *player) Broken() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.broken
}

// Played is how many events were played, and the time of the last.
func (p *player) Played() (events int, at time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return max(0, p.number-1), p.now
}

// Finish is told that the run has ended by itself. Calls that the record still has are a difference.
func (p *player) Finish() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for !p.over && !p.left {
		e := p.peek()
		if e == nil {
			break
		}
		if e.Is == record.Ask || e.Is == record.Wait {
			p.differ(e, nil)
			p.differs.Ended = true
			return
		}
		p.take()
	}
	p.over = true
}

// peek is the next event that counts; nil at the end of the record, or when all is over. It needs p.mu, as all below do.
func (p *player) peek() *record.Event {
	for !p.over && !p.left {
		if p.ahead == nil && p.aheadErr == nil {
			p.ahead, p.aheadErr = p.events.Next()
			p.number++
		}
		switch {
		case errors.Is(p.aheadErr, io.EOF) && p.whole:
			return nil
		case errors.Is(p.aheadErr, io.EOF):
			p.cut("the record ends here")
			return nil
		case p.aheadErr != nil:
			p.broken = true
			p.cut(p.aheadErr.Error())
			return nil
		case p.ahead.Is == record.Stop:
			var why string
			_ = json.Unmarshal(p.ahead.Answer, &why)
			p.cut("the recorded run was ended here: " + why)
			return nil
		case p.ahead.Is == record.Note:
			p.take()
		default:
			return p.ahead
		}
	}
	return nil
}

// called is peek that passes over readings of the clock.
func (p *player) called() *record.Event {
	for {
		e := p.peek()
		if e == nil || e.Is != record.Now {
			return e
		}
		p.take()
	}
}

// take takes the event ahead.
func (p *player) take() {
	if at := time.Duration(p.ahead.At); at > p.now {
		p.now = at
	}
	p.ahead = nil
}

// cut ends the playing where the record ends.
func (p *player) cut(why string) {
	if !p.over {
		p.why = why
		p.stop()
	}
}

// differ ends the playing at a difference.
func (p *player) differ(want, got *record.Event) {
	if p.over || p.left {
		return
	}
	p.differs = &Difference{Number: p.number, At: p.now, Want: want, Got: got, Before: slices.Clone(p.recent)}
	if want != nil {
		p.differs.At = time.Duration(want.At)
	}
	if want != nil && want.Is == record.Done && p.waiting[want.ID] != nil {
		p.differs.Asked = p.waiting[want.ID].question
	}
	if p.changed {
		p.leave()
		return
	}
	p.stop()
}

// stop lets nobody wait any more. The clock may be locked: who waits is woken by the driver.
func (p *player) stop() {
	p.over = true
	go p.end()
}

// Now is what the clock said then.
func (p *player) Now() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if e := p.peek(); e != nil && e.Is == record.Now {
		p.take()
	}
	return p.now
}

// recently is how many calls a Difference shows before it.
const recently = 5

// same compares a question with the one that the record has, and takes it.
func (p *player) same(q *record.Event) *record.Event {
	e := p.called()
	if e == nil {
		p.differ(nil, q) // the recorded run has ended
		return nil
	}
	if e.Is != q.Is || e.Call != q.Call || e.On != q.On || e.New != q.New || e.Task != q.Task || !bytes.Equal(e.Args, q.Args) ||
		!slices.EqualFunc(e.Sent, q.Sent, func(a, b record.Bytes) bool { return bytes.Equal(a, b) }) {
		p.differ(e, q)
		return nil
	}
	if p.changed {
		p.rest.add(e)
	}
	if p.recent = append(p.recent, e); len(p.recent) > recently {
		p.recent = p.recent[1:]
	}
	p.take()
	return e
}

func (p *player) ask(q *record.Event, _ func(*record.Event)) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	q.Is = record.Ask
	e := p.same(q)
	switch {
	case e != nil:
		q.Answer, q.Error = e.Answer, e.Error
	case p.left:
		p.askLeft(q)
	default:
		q.Error = record.FailureOf(errOver)
	}
	return true
}

// errOver is what calls get after the end.
var errOver = errors.New("replay: there are no more answers")

func (p *player) note(*record.Event) {}

func (p *player) wait(q *record.Event, _ func(*record.Event)) bool {
	if !p.paced {
		return p.ask(q, nil)
	}
	p.mu.Lock()
	q.Is = record.Wait
	p.waits++
	e := p.same(q)
	if e == nil && p.left {
		return p.waitLeft(q)
	}
	if e == nil {
		p.mu.Unlock()
		q.Error = record.FailureOf(errOver)
		return true
	}
	q.ID = e.ID
	w := p.clock.NewWaiter()
	p.waiting[q.ID] = &answer{q, w.Wake}
	p.mu.Unlock()
	if err := w.Wait(context.Background()); err != nil || q.Is != record.Done {
		q.Error = record.FailureOf(errOver)
	}
	return true
}

func (p *player) listen(n int, hear func(json.RawMessage)) (tell func(any)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.listeners[n] = hear
	return func(any) {}
}

// Stir has nothing to do: Next waits for nothing.
func (p *player) Stir() {}

// Next does what the record has next.
func (p *player) Next(at time.Duration) simtime.Step {
	p.mu.Lock()
	defer p.mu.Unlock()
	e := p.called()
	if e == nil {
		p.differ(nil, nil)
	}
	switch {
	case p.left:
		return p.nextLeft(at)
	case e == nil:
		return p.afterwards(at)
	case e.Is == record.Due && at >= 0:
		p.take()
		return simtime.Step{Now: p.now, Due: true}
	case e.Is == record.Idle:
		p.take()
		return simtime.Step{Now: p.now, Stalled: true}
	case e.Is == record.Done && p.waiting[e.ID] != nil:
		a := p.waiting[e.ID]
		delete(p.waiting, e.ID)
		if p.changed {
			p.rest.add(e)
		}
		p.take()
		a.question.Is, a.question.Answer, a.question.Error = record.Done, e.Answer, e.Error
		return simtime.Step{Now: p.now, Outside: a.wake}
	case e.Is == record.Tell && p.listeners[e.On] != nil:
		p.take()
		hear := p.listeners[e.On]
		return simtime.Step{Now: p.now, Outside: func() { hear(e.Answer) }}
	}
	p.differ(e, nil)
	if p.left {
		return p.nextLeft(at)
	}
	return p.afterwards(at)
}

// afterwards lets the run end when there are no more answers: whoever waits for one is told so, and timers end at once.
func (p *player) afterwards(at time.Duration) simtime.Step {
	for id, a := range p.waiting {
		delete(p.waiting, id)
		return simtime.Step{Now: p.now, Outside: a.wake}
	}
	if at >= 0 {
		p.now = max(p.now, at)
		return simtime.Step{Now: p.now, Due: true}
	}
	return simtime.Step{Now: p.now, Stalled: true}
}

package tape

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"moonwire/host/network/simtime"
	"moonwire/host/record"
)

// promise is an answer that comes at a time, once a changed script has left the record.
type promise struct {
	question *record.Event
	at       time.Duration // never: something else has to end the wait
	wake     func()
}

// leave reads what the record still has. It needs p.mu, as all below do.
func (p *player) leave() {
	p.left = true
	had := p.rest
	under := maps.Clone(had.open)
	p.rest = newRest()
	p.rest.open = had.open
	for ; p.ahead != nil; p.ahead, p.aheadErr = p.events.Next() {
		if p.ahead.Is == record.Stop {
			break
		}
		p.rest.add(p.ahead)
	}
	p.rest.know(had)
	for id, a := range p.waiting {
		delete(p.waiting, id)
		after := never
		if r := under[id]; r != nil && r.came {
			a.question.Answer, a.question.Error = r.answer, r.err
			after = max(0, r.asked+r.took-p.now)
		}
		p.promise(a.question, after, a.wake)
	}
}

func (p *player) promise(q *record.Event, after time.Duration, wake func()) {
	at := never
	if after != never {
		at = p.now + after
	}
	p.promised = append(p.promised, &promise{q, at, wake})
}

// askLeft answers at once.
func (p *player) askLeft(q *record.Event) {
	p.rest.answer(q, p.now)
	switch q.Call {
	case "interrupt":
		p.endWaits(q.On, errLate)
	case "close":
		p.endWaits(q.On, errClosed)
	case "setreaddeadline", "setdeadline":
		p.moveWaits(q)
	}
}

// endWaits ends the waits of an object that nothing else would end.
func (p *player) endWaits(on int, why *record.Failure) {
	for _, w := range p.promised {
		if w.question.On == on && (w.at == never || w.at > p.now) {
			w.question.Answer, w.question.Error, w.at = nil, why, p.now
		}
	}
}

// moveWaits lets the waits of an object for which nothing comes end at a new deadline.
func (p *player) moveWaits(q *record.Event) {
	var at []*int64
	if json.Unmarshal(q.Args, &at) != nil || len(at) != 1 || at[0] == nil {
		return
	}
	for _, w := range p.promised {
		if w.question.On == q.On && (w.at == never || w.question.Error == errLate) {
			w.at = max(p.now, time.Duration(*at[0]))
		}
	}
}

// waitLeft waits for an answer. It gives p.mu up.
func (p *player) waitLeft(q *record.Event) bool {
	w := p.clock.NewWaiter()
	p.promise(q, p.rest.answer(q, p.now), w.Wake)
	p.mu.Unlock()
	if err := w.Wait(context.Background()); err != nil {
		q.Error = errClosed
	}
	return true
}

// nextLeft does what is due next: an answer or one of the clock's own events.
func (p *player) nextLeft(at time.Duration) simtime.Step {
	first := -1
	for i, w := range p.promised {
		if w.at != never && (first < 0 || w.at < p.promised[first].at) {
			first = i
		}
	}
	switch {
	case first >= 0 && (at < 0 || p.promised[first].at <= at):
		w := p.promised[first]
		p.promised = slices.Delete(p.promised, first, first+1)
		p.now = max(p.now, w.at)
		return simtime.Step{Now: p.now, Outside: w.wake}
	case at >= 0:
		p.now = max(p.now, at)
		return simtime.Step{Now: p.now, Due: true}
	}
	return simtime.Step{Now: p.now, Stalled: true}
}

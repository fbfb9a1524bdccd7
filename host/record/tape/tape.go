package tape

import (
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"moonwire/host/network/simtime"
	"moonwire/host/record"
)

// A Tape keeps or gives answers.
type Tape struct {
	side
	clock *simtime.Clock
	where func(carried any) (task, line string)
	start time.Time

	frames *captures // nil: none are kept, as in labs, which do that themselves

	mu      sync.Mutex
	objects int // that were numbered
}

// side is where answers come from: the world, which a recorder notes, or the record, which a player reads.
type side interface {
	simtime.Pace
	// ask has a question answered at once: by real, which fills q's Answer and Error, or by the record, which does so in
	// real's place.
	ask(q *record.Event, real func(q *record.Event)) (played bool)
	// wait is ask for an answer that may have to be waited for. Others have their turns meanwhile.
	wait(q *record.Event, real func(q *record.Event)) (played bool)
	// listen is told each time that something happens outside, until stop. n is a number that the question was given.
	listen(n int, hear func(told json.RawMessage)) (tell func(told any))
	// note keeps what replay passes over.
	note(q *record.Event)
}

// Clock is the time that the script lives by. Its maker has the first turn.
func (t *Tape) Clock() *simtime.Clock { return t.clock }

// number is the next object's.
func (t *Tape) number() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.objects++
	return t.objects
}

// question begins a call on object on, with arguments.
func (t *Tape) question(call string, on int, args ...any) *record.Event {
	q := &record.Event{Call: call, On: on}
	q.Task, q.Line = t.where(t.clock.Carried())
	if len(args) > 0 {
		q.Args = encode(args)
	}
	return q
}

func encode(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		b, _ = json.Marshal(fmt.Sprint(v))
	}
	return b
}

// none is the answer of calls that only succeed or fail.
type none struct{}

// asked has q answered at once.
func asked[A any](t *Tape, q *record.Event, real func() (A, error)) (A, error) {
	return answered(q, real, t.ask)
}

// awaited has q answered in time.
func awaited[A any](t *Tape, q *record.Event, real func() (A, error)) (A, error) {
	return answered(q, real, t.wait)
}

// done is asked for a call without an answer.
func done(t *Tape, q *record.Event, real func() error) error {
	_, err := asked(t, q, func() (none, error) { return none{}, real() })
	return err
}

// answered asks, and gives what the world said or, played, what the record says that it did.
func answered[A any](q *record.Event, real func() (A, error), ask func(*record.Event, func(*record.Event)) bool) (A, error) {
	type said struct {
		a   A
		err error
	}
	var world *said
	played := ask(q, func(q *record.Event) {
		a, err := real()
		world = &said{a, err}
		if _, empty := any(a).(none); !empty {
			q.Answer = encode(a)
		}
		q.Error = record.FailureOf(err)
	})
	if !played && world != nil {
		return world.a, world.err
	}
	var a A
	err := q.Error.Err()
	if len(q.Answer) > 0 {
		if bad := json.Unmarshal(q.Answer, &a); bad != nil && err == nil {
			err = fmt.Errorf("the record's answer to %s can't be read: %w", q.Call, bad)
		}
	}
	return a, err
}

// sent is data that a call gives to the world, in memory of its own.
func sent(b []byte) []record.Bytes { return []record.Bytes{append(record.Bytes{}, b...)} }

// stamp is a moment without what only this process knows of it.
func (t *Tape) stamp(at time.Time) time.Time {
	if at.IsZero() {
		return at
	}
	return at.Round(0)
}

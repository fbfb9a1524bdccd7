package notify

import (
	"fmt"
	"maps"
	"sync"

	"moonwire/host/snmp/message"
)

// A Refusal is why a message was not accepted.
type Refusal struct {
	Reason string // one of few, which are counted
	Detail string // about this message, with a remedy where one is known
}

// Reasons to refuse a message, beside the kinds that package usm's statistics have.
const (
	Malformed       = "malformed"
	Unsupported     = "unsupported"      // another version, or another security model
	WrongCommunity  = "community"        // one that isn't listed
	NoNotification  = "not_notification" // a question, an answer or a report
	TooManyRequests = "lost"             // nobody took the events in time
)

// String is the detail, or the reason where there is none.
func (r *Refusal) String() string {
	if r.Detail == "" {
		return r.Reason
	}
	return r.Detail
}

func refuse(reason, format string, args ...any) *Refusal {
	return &Refusal{reason, fmt.Sprintf(format, args...)}
}

// Counts is what a Listener has done. Received is the sum of the events, Discoveries, Refused and Lost.
type Counts struct {
	Received    uint64            // messages that came
	Traps       map[string]uint64 // by version
	Informs     map[string]uint64 // by version; repeated ones aren't in it
	Repeated    uint64            // informs that came again, and were answered again
	Discoveries uint64            // questions of version 3 for the own engine, which were answered
	Refused     map[string]uint64 // messages without an event, by reason
	Lost        uint64            // events that nobody took while too many waited
	Answered    uint64            // answers to informs
	Withheld    uint64            // answers that weren't sent on purpose
	Reports     map[string]uint64 // by statistic
	Failed      uint64            // answers that the system refused
}

// A tally counts. Any goroutine may use it.
type tally struct {
	mu sync.Mutex
	c  Counts
}

func newTally() *tally {
	return &tally{c: Counts{Traps: map[string]uint64{}, Informs: map[string]uint64{}, Refused: map[string]uint64{}, Reports: map[string]uint64{}}}
}

// note counts by f.
func (t *tally) note(f func(c *Counts)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	f(&t.c)
}

// event counts an event.
func (c *Counts) event(e *Event) {
	switch v := e.Message; {
	case e.Refused != nil:
		c.Refused[e.Refused.Reason]++
	case e.Repeated:
		c.Repeated++
	case e.Inform:
		c.Informs[v.Version.String()]++
	default:
		c.Traps[v.Version.String()]++
	}
}

// counts is what was counted so far.
func (t *tally) counts() Counts {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.c
	for _, m := range []*map[string]uint64{&c.Traps, &c.Informs, &c.Refused, &c.Reports} {
		*m = maps.Clone(*m)
	}
	return c
}

// what names a PDU's type as people do.
func what(t message.PDUType) string {
	switch t {
	case message.Response:
		return "an answer"
	case message.Report:
		return "a report"
	}
	return fmt.Sprintf("a question (%s)", t)
}

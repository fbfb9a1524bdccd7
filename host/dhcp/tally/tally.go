// Package tally counts what a server does with messages.
package tally

import (
	"maps"
	"sync"
)

// Counts is what a server has done, by types of messages. Received is Sent and Dropped and what needs no answer, and what
// waits.
type Counts[T ~uint8] struct {
	Received map[T]uint64      // messages that came
	Sent     map[T]uint64      // answers that left
	Dropped  map[string]uint64 // messages without an answer, by reason
	Failed   uint64            // answers that the system didn't take, and receptions that failed
	Errors   uint64            // of handlers
}

// A Drop is why a message got no answer.
type Drop struct {
	Reason string // one of few, which are counted
	Detail string // about this one
}

// Because makes a Drop.
func Because(reason, detail string) *Drop { return &Drop{reason, detail} }

// String is both.
func (d *Drop) String() string {
	if d.Detail == "" {
		return d.Reason
	}
	return d.Reason + ": " + d.Detail
}

// A Tally counts. Any goroutine may use it.
type Tally[T ~uint8] struct {
	mu             sync.Mutex
	received, sent [256]uint64
	dropped        map[string]uint64
	failed, errors uint64
}

// Received counts a message that came.
func (t *Tally[T]) Received(x T) { t.add(&t.received[x]) }

// Sent counts an answer that left.
func (t *Tally[T]) Sent(x T) { t.add(&t.sent[x]) }

// Failed counts an answer that the system didn't take, or a reception that failed.
func (t *Tally[T]) Failed() { t.add(&t.failed) }

// Error counts an error of a handler.
func (t *Tally[T]) Error() { t.add(&t.errors) }

// Dropped counts a message without an answer.
func (t *Tally[T]) Dropped(d *Drop) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.dropped == nil {
		t.dropped = map[string]uint64{}
	}
	t.dropped[d.Reason]++
}

func (t *Tally[T]) add(n *uint64) {
	t.mu.Lock()
	*n++
	t.mu.Unlock()
}

// Counts is what was counted so far.
func (t *Tally[T]) Counts() Counts[T] {
	t.mu.Lock()
	defer t.mu.Unlock()
	return Counts[T]{byType[T](&t.received), byType[T](&t.sent), maps.Clone(t.dropped), t.failed, t.errors}
}

// byType are the counts that aren't zero.
func byType[T ~uint8](list *[256]uint64) map[T]uint64 {
	m := map[T]uint64{}
	for t, n := range list {
		if n > 0 {
			m[T(t)] = n
		}
	}
	return m
}

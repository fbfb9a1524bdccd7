package server4

import (
	"maps"
	"sync"

	"moonwire/host/dhcp/dhcp4"
)

// Stats is what a server has done. Received is Sent and Dropped and what needs no answer, and what waits.
type Stats struct {
	Received map[dhcp4.Type]uint64 // messages that came, by type; 0 is BOOTP's
	Sent     map[dhcp4.Type]uint64 // answers that left
	Dropped  map[string]uint64     // messages without an answer, by reason
	LeftOut  uint64                // options that had no room in their answer
	Failed   uint64                // answers that the system didn't take
	Errors   uint64                // of handlers
}

// A Drop is why a message got no answer.
type Drop struct {
	Reason string // one of few, which are counted
	Detail string // about this one
}

func drop(reason, detail string) *Drop { return &Drop{reason, detail} }

// String is both.
func (d *Drop) String() string {
	if d.Detail == "" {
		return d.Reason
	}
	return d.Reason + ": " + d.Detail
}

// stats counts.
type stats struct {
	mu             sync.Mutex
	received, sent [256]uint64
	dropped        map[string]uint64
	leftOut        uint64
	failed         uint64
	errors         uint64
}

func (s *stats) add(n *uint64) {
	s.mu.Lock()
	*n++
	s.mu.Unlock()
}

func (s *stats) drop(reason string) {
	s.mu.Lock()
	if s.dropped == nil {
		s.dropped = map[string]uint64{}
	}
	s.dropped[reason]++
	s.mu.Unlock()
}

// Stats is what the server has done so far.
func (s *Server) Stats() Stats {
	c := &s.stats
	c.mu.Lock()
	defer c.mu.Unlock()
	byType := func(list *[256]uint64) map[dhcp4.Type]uint64 {
		m := map[dhcp4.Type]uint64{}
		for t, n := range list {
			if n > 0 {
				m[dhcp4.Type(t)] = n
			}
		}
		return m
	}
	return Stats{Received: byType(&c.received), Sent: byType(&c.sent), Dropped: maps.Clone(c.dropped), LeftOut: c.leftOut,
		Failed: c.failed, Errors: c.errors}
}

// CountError counts an error of a handler.
func (s *Server) CountError(text string) {
	s.stats.add(&s.stats.errors)
	s.note(Event{Kind: "problem", Why: text})
}

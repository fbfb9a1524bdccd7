package server6

import (
	"maps"
	"sync"

	"moonwire/host/dhcp/dhcp6"
)

// Stats is what a server has done. Received is Sent and Dropped and what waits.
type Stats struct {
	Received map[dhcp6.Type]uint64 // messages that came, by the client's type
	Sent     map[dhcp6.Type]uint64 // answers that left
	Dropped  map[string]uint64     // messages without an answer, by reason
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
	failed, errors uint64
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
	byType := func(list *[256]uint64) map[dhcp6.Type]uint64 {
		m := map[dhcp6.Type]uint64{}
		for t, n := range list {
			if n > 0 {
				m[dhcp6.Type(t)] = n
			}
		}
		return m
	}
	return Stats{byType(&c.received), byType(&c.sent), maps.Clone(c.dropped), c.failed, c.errors}
}

// CountError counts an error of a handler.
func (s *Server) CountError() { s.stats.add(&s.stats.errors) }

package wire

import (
	"fmt"
	"maps"
	"slices"
)

// Mirror copies what passes a switch to a port, as a SPAN session does.
type Mirror struct {
	To    *Port   // gets the copies and nothing else; what it sends is dropped
	From  []*Port // nil: all others
	In    bool    // what the switch receives there; neither In nor Out means both
	Out   bool    // what it sends there
	VLANs []int   // only frames of these; nil: of all
}

// Mirror begins to copy frames.
func (s *Switch) Mirror(m Mirror) (remove func(), err error) {
	if !m.In && !m.Out {
		m.In, m.Out = true, true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range append([]*Port{m.To}, m.From...) {
		if s.member(p) == nil {
			return nil, fmt.Errorf("mirror of switch %s: a port that isn't its own", s.name)
		}
	}
	if slices.Contains(m.From, m.To) {
		return nil, fmt.Errorf("mirror of switch %s: %s would get copies of its own frames", s.name, m.To.name)
	}
	mirror := &m
	s.mirrors = append(s.mirrors, mirror)
	s.appoint()
	return func() { s.unmirror(mirror) }, nil
}

func (s *Switch) unmirror(m *Mirror) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mirrors = slices.DeleteFunc(s.mirrors, func(other *Mirror) bool { return other == m })
	s.appoint()
}

// appoint marks the ports that get copies, and forgets who was behind them.
func (s *Switch) appoint() {
	for _, m := range s.ports {
		m.copy = slices.ContainsFunc(s.mirrors, func(mirror *Mirror) bool { return mirror.To == m.Port })
	}
	maps.DeleteFunc(s.table.rows, func(_ key, row station) bool { return row.at.copy })
}

// wants says whether a mirror copies a packet at a port.
func (m *Mirror) wants(at *member, p *packet) bool {
	return (m.From == nil || slices.Contains(m.From, at.Port)) &&
		(m.VLANs == nil || slices.Contains(m.VLANs, int(p.vlan)))
}

func (s *Switch) mirrorIn(from *member, p *packet) {
	for _, m := range s.mirrors {
		if m.In && m.wants(from, p) {
			s.out = append(s.out, sending{m.To, p.frame})
		}
	}
}

func (s *Switch) mirrorOut(to *member, p *packet, frame []byte) {
	for _, m := range s.mirrors {
		if m.Out && m.wants(to, p) {
			s.out = append(s.out, sending{m.To, frame})
		}
	}
}

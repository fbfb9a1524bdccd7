package server4

import (
	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/tally"
)

// Stats is what a server has done; type 0 is BOOTP's.
type Stats struct {
	tally.Counts[dhcp4.Type]
	LeftOut uint64 // options that had no room in their answer
}

// Stats is what the server has done so far.
func (s *Server) Stats() Stats { return Stats{s.tally.Counts(), s.leftOut.Load()} }

// CountError counts an error of a handler.
func (s *Server) CountError(text string) {
	s.tally.Error()
	s.note(Event{Kind: "problem", Why: text})
}

package server6

import (
	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/tally"
)

// Stats is what a server has done. Messages that came count by the client's type.
type Stats = tally.Counts[dhcp6.Type]

// Stats is what the server has done so far.
func (s *Server) Stats() Stats { return s.tally.Counts() }

// CountError counts an error of a handler.
func (s *Server) CountError() { s.tally.Error() }

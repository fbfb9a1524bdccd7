package server4

import "moonwire/host/network"

// Understand is what Receive does to a datagram.
func (s *Server) Understand(b []byte, m network.Meta) *Request { return s.understand(b, m) }

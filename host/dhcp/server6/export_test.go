package server6

import (
	"net"

	"moonwire/host/network"
)

// Hear has the server answer a datagram as if a host had sent it; the answer stays in the queue.
func (s *Server) Hear(b []byte, from net.UDPAddr, to network.Meta) {
	to.Peer = &from
	if r := s.understand(b, to); r != nil {
		s.Put(r, s.Answer(r))
		for _, o := range s.queue {
			if _, err := o.encode(); err != nil {
				panic(err)
			}
		}
		s.queue = s.queue[:0]
	}
}

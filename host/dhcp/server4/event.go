package server4

import (
	"net"
	"net/netip"
	"time"

	"moonwire/host/dhcp/lease"
	"moonwire/host/network/feed"
)

// An Event is something that happened.
type Event struct {
	Kind    string // "offered", "acknowledged", "refused", "released", "declined", "expired", "conflict", "dropped", "problem"
	Time    time.Time
	Address netip.Addr       // where it is about one
	MAC     net.HardwareAddr // likewise
	Client  lease.Client     // likewise
	Why     string           // of a refusal, a drop, a problem
	Request *Request         // what it is about; nil for expiry
}

// Listen makes a listener; it hears what happens from now on.
func (s *Server) Listen() *feed.Listener[Event] { return s.feed.Listen() }

// note tells the listeners.
func (s *Server) note(e Event) {
	if !s.feed.Heard() {
		return
	}
	e.Time = s.clock.Now()
	if r := e.Request; r != nil {
		e.MAC, e.Client = r.Message.MAC(), r.client
	}
	s.feed.Tell(e)
}

package server6

import (
	"net"
	"net/netip"
	"time"

	"moonwire/host/dhcp/lease"
)

// An Event is something that happened.
type Event struct {
	Kind    string // "advertised", "replied", "reconfigured", "released", "declined", "expired", "dropped", "problem"
	Time    time.Time
	Prefix  netip.Prefix     // what was leased, where it is about that
	MAC     net.HardwareAddr // likewise
	Client  lease.Client     // likewise; else the DUID
	Why     string           // of a drop, a problem, a status
	Request *Request         // what it is about; nil for expiry
}

// note tells the listeners.
func (s *Server) note(e Event) {
	if !s.events.Heard() {
		return
	}
	e.Time = s.clock.Now()
	if r := e.Request; r != nil {
		e.MAC = r.MAC
		if e.Client == "" && r.DUID != "" {
			e.Client = lease.Client("duid " + r.DUID.String())
		}
	}
	s.events.Tell(e)
}

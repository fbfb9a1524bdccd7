package server4

import (
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/lease"
	"moonwire/host/dhcp/option"
	"moonwire/host/dhcp/tally"
)

// A Fault is what goes wrong on purpose: each by its own probability, from 0 to 1.
type Fault struct {
	Match func(*Request) bool // whom it meets; nil: everybody

	Silence     float64 // no answer
	NAK         float64 // a refusal of what would be granted
	WrongXID    float64 // another transaction's identifier
	WrongMAC    float64 // another client's hardware address
	WrongServer float64 // another server's identifier
	Outside     float64 // an address that isn't of the subnet
	Truncated   float64 // a message that ends in the midst of its options
	Delayed     float64 // an answer that comes later, by Delay
	Delay       time.Duration
}

// spoil does to an answer what the faults say. The same number of chances is taken for each message, so that a seed gives
// the same faults whichever are set.
func (s *Server) spoil(o *outgoing) {
	for i := range s.config.Faults {
		f := &s.config.Faults[i]
		var hit [8]bool
		for j, p := range [...]float64{f.Silence, f.NAK, f.WrongXID, f.WrongMAC, f.WrongServer, f.Outside, f.Truncated, f.Delayed} {
			hit[j] = s.rand.Float64() < p
		}
		if f.Match == nil || f.Match(o.request) {
			s.apply(f, hit, o)
		}
	}
}

func (s *Server) apply(f *Fault, hit [8]bool, o *outgoing) {
	if hit[0] {
		o.Drop = tally.Because("silent on purpose", "")
		return
	}
	if o.Message == nil {
		return
	}
	if hit[1] && o.request.Type() == dhcp4.Request {
		o.Message = o.request.nak("on purpose")
	}
	m := o.Message
	if hit[2] {
		m.XID ^= 1 + s.rand.Uint32N(1<<32-2)
	}
	if hit[3] {
		m.CHAddr[5] ^= 0x55
	}
	if hit[4] {
		other := m.Addr(option.ServerIdentifier)
		if other.IsValid() {
			m.SetAddr(option.ServerIdentifier, other.Next())
		}
	}
	if hit[5] && !m.YIAddr.IsUnspecified() {
		m.YIAddr = lease.Span(o.request.Subnet()).Last.Next()
	}
	o.cut = o.cut || hit[6]
	if hit[7] {
		o.Delay += f.Delay
	}
}

// cutAt is a length in the midst of the options of a message of so many bytes.
func (s *Server) cutAt(size int) int {
	const first = fixed + 4 // in the second option
	if size <= first {
		return size
	}
	return first + s.rand.IntN(min(size-first, 32))
}

package server6

import (
	"time"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/tally"
)

// A Fault is what goes wrong on purpose: each by its own probability, from 0 to 1.
type Fault struct {
	Match func(*Request) bool // whom it meets; nil: everybody

	Silence     float64 // no answer
	NoBinding   float64 // a refusal of what would be granted: NoBinding in each identity association
	WrongXID    float64 // another transaction's identifier
	WrongClient float64 // another client's identifier
	WrongServer float64 // another server's identifier
	Outside     float64 // an address that isn't of the link
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
		for j, p := range [...]float64{f.Silence, f.NoBinding, f.WrongXID, f.WrongClient, f.WrongServer, f.Outside, f.Truncated, f.Delayed} {
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
	m := o.Message
	if m == nil {
		return
	}
	if hit[1] {
		for i, a := range m.Options {
			for _, ia := range (dhcp6.Options{a}).IAs() {
				m.Options[i] = refused(ia, dhcp6.NoBinding, "on purpose")
			}
		}
	}
	if hit[2] {
		m.XID ^= 1 + s.rand.Uint32N(1<<24-2)
	}
	if hit[3] {
		m.Set(dhcp6.ClientID, other(m.DUID(dhcp6.ClientID)))
	}
	if hit[4] {
		m.Set(dhcp6.ServerID, other(m.DUID(dhcp6.ServerID)))
	}
	if hit[5] {
		moveAway(m)
	}
	o.cut = o.cut || hit[6]
	if hit[7] {
		o.Delay += f.Delay
	}
}

// other is an identifier that differs in its last byte.
func other(d dhcp6.DUID) []byte {
	b := []byte(d)
	if len(b) > 0 {
		b[len(b)-1] ^= 0x55
	}
	return b
}

// moveAway makes addresses and prefixes those of a network for documentation (RFC 3849).
func moveAway(m *dhcp6.Message) {
	for i := range m.Options {
		o := &m.Options[i]
		for j, in := range o.Options {
			at := map[uint16]int{dhcp6.IAAddr: 0, dhcp6.IAPref: 9}
			if start, is := at[in.Code]; is && len(in.Data) >= start+16 {
				copy(o.Options[j].Data[start:], "\x20\x01\x0d\xb8\xde\xad")
			}
		}
	}
}

// cutAt is a length in the midst of the options of a message of so many bytes.
func (s *Server) cutAt(size int) int {
	const first = 4 + 4 // in the first option
	if size <= first {
		return size
	}
	return first + s.rand.IntN(min(size-first, 32))
}

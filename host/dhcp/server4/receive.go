package server4

import (
	"context"
	"net"
	"net/netip"
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/intake"
	"moonwire/host/dhcp/later"
	"moonwire/host/dhcp/option"
	"moonwire/host/dhcp/tally"
	"moonwire/host/network"
)

// Receive waits for messages and returns those that are there, count at most (negative: no limit). Before, it sends what was
// put; while it waits, it sends what is due and ends leases. It fails with os.ErrDeadlineExceeded at a time (the zero one
// never comes) or after Interrupt, and with net.ErrClosed.
func (s *Server) Receive(until time.Time, count int) ([]*Request, error) {
	return s.intake.Receive(until, count)
}

// Interrupt ends a Receive.
func (s *Server) Interrupt() { s.intake.Interrupt() }

// newIntake makes what receives messages of the socket.
func (s *Server) newIntake(ctx context.Context) *intake.Intake[Request] {
	return &intake.Intake[Request]{Context: ctx, Conn: s.conn, Clock: s.clock, Understand: s.understand, Flush: s.Flush, Work: s.work,
		Next: func() time.Time { return later.Sooner(s.later.Next(), s.table.Due()) }, Failed: s.tally.Failed}
}

// understand reads a datagram; nil when it is no message.
func (s *Server) understand(b []byte, meta network.Meta) *Request {
	m, err := dhcp4.Decode(append(make([]byte, 0, len(b)), b...))
	if err != nil {
		s.dropped(tally.Because("malformed", err.Error()), nil)
		return nil
	}
	r := &Request{Message: m, Local: meta.Local, Time: meta.Time, Size: len(b)}
	if r.Time.IsZero() {
		r.Time = s.clock.Now()
	}
	if a, ok := meta.Peer.(*net.UDPAddr); ok {
		r.Source = a.AddrPort()
		r.Source = netip.AddrPortFrom(r.Source.Addr().Unmap(), r.Source.Port())
	}
	s.tally.Received(m.Type())
	if r.drop = s.know(r); r.drop == nil && m.Type() == 0 && m.Has(option.MessageType) {
		r.drop = tally.Because("malformed", "option 53 can't be read")
	}
	return r
}

// dropped counts a message that gets no answer.
func (s *Server) dropped(d *tally.Drop, r *Request) {
	s.tally.Dropped(d)
	s.note(Event{Kind: "dropped", Why: d.String(), Request: r})
}

// work does what is due.
func (s *Server) work() {
	for _, b := range s.table.Expire() {
		s.note(Event{Kind: "expired", Address: b.Address(), MAC: b.MAC, Client: b.Client, Why: b.State.String()})
	}
	for now := s.clock.Now(); ; {
		o, due := s.later.Due(now)
		if !due {
			return
		}
		s.due(o)
	}
}

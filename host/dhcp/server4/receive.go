package server4

import (
	"errors"
	"net"
	"net/netip"
	"os"
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/later"
	"moonwire/host/dhcp/option"
	"moonwire/host/dhcp/tally"
	"moonwire/host/network"
)

// most is how many messages Receive returns at once.
const most = 64

// pause is how long to wait after a reception that failed.
const pause = 10 * time.Millisecond

// Receive waits for messages and returns those that are there, count at most (negative: no limit). Before, it sends what was put; while it waits, it sends
// what is due and ends leases. It fails with os.ErrDeadlineExceeded at a time (the zero one never comes) or after
// Interrupt, and with net.ErrClosed.
func (s *Server) Receive(until time.Time, count int) ([]*Request, error) {
	for {
		s.Flush()
		s.work()
		list, err := s.take(nil, count)
		if len(list) > 0 || err != nil {
			return list, err
		}
		s.Flush()
		wake := later.Sooner(later.Sooner(until, s.later.Next()), s.table.Due())
		if !wake.IsZero() && !wake.After(s.clock.Now()) {
			if !until.IsZero() && !until.After(s.clock.Now()) {
				return nil, os.ErrDeadlineExceeded
			}
			continue
		}
		if err := s.conn.SetReadDeadline(wake); err != nil {
			return nil, net.ErrClosed
		}
		n, m, err := s.conn.ReadMsg(s.buffer)
		switch {
		case err == nil:
			if list, err := s.take(s.understand(s.buffer[:n], m), count); len(list) > 0 || err != nil {
				return list, err
			}
		case errors.Is(err, net.ErrClosed):
			return nil, net.ErrClosed
		case errors.Is(err, os.ErrDeadlineExceeded) && s.interrupted.Swap(false):
			return nil, os.ErrDeadlineExceeded
		case !errors.Is(err, os.ErrDeadlineExceeded):
			s.tally.Failed() // an ICMP error that an answer earned, or the interface is down for a while
			if err := s.clock.Sleep(s.ctx, pause); err != nil {
				return nil, err
			}
		}
	}
}

// Interrupt ends a Receive.
func (s *Server) Interrupt() {
	s.interrupted.Store(true)
	s.conn.Interrupt()
}

// take adds what is there to a message.
func (s *Server) take(first *Request, count int) (list []*Request, err error) {
	if first != nil {
		list = append(list, first)
	}
	if count < 0 || count > most {
		count = most
	}
	for range count - len(list) {
		n, m, err := s.conn.TryRead(s.buffer)
		if errors.Is(err, net.ErrClosed) && len(list) == 0 {
			return nil, net.ErrClosed
		} else if err != nil {
			break
		}
		if r := s.understand(s.buffer[:n], m); r != nil {
			list = append(list, r)
		}
	}
	return list, nil
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

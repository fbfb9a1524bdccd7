package server6

import (
	"errors"
	"net"
	"net/netip"
	"os"
	"time"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/later"
	"moonwire/host/dhcp/tally"
	"moonwire/host/network"
)

// most is how many messages Receive returns at once.
const most = 64

// Receive waits for messages and returns those that are there, count at most (negative: no limit). Before, it sends what was
// put; while it waits, it sends what is due and ends leases. It fails with os.ErrDeadlineExceeded at a time (the zero one
// never comes) or after Interrupt, and with net.ErrClosed.
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
	for len(list) < count {
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

// understand reads a datagram; nil when it is no message of a client.
func (s *Server) understand(b []byte, meta network.Meta) *Request {
	m, err := dhcp6.Decode(append(make([]byte, 0, len(b)), b...))
	var chain []*dhcp6.Message
	if err == nil {
		chain, err = m.Chain()
	}
	if err != nil {
		s.dropped(tally.Because("malformed", err.Error()), nil)
		return nil
	}
	last := len(chain) - 1
	r := &Request{Message: chain[last], Relays: chain[:last], Local: meta.Local, Time: meta.Time, server: s}
	if r.Time.IsZero() {
		r.Time = s.clock.Now()
	}
	if a, ok := meta.Peer.(*net.UDPAddr); ok {
		r.Source = netip.AddrPortFrom(a.AddrPort().Addr().WithZone(""), a.AddrPort().Port())
	}
	s.tally.Received(r.Message.Type)
	r.drop = s.know(r)
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
		s.note(Event{Kind: "expired", Prefix: b.Prefix, MAC: b.MAC, Client: b.Client, Why: b.State.String()})
	}
	for now := s.clock.Now(); ; {
		o, ok := s.later.Due(now)
		if !ok {
			return
		}
		s.ready(o)
	}
}

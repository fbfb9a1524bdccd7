package server6

import (
	"errors"
	"net"
	"net/netip"
	"time"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/lease"
	"moonwire/host/dhcp/tally"
	"moonwire/host/network"
)

// outgoing is an answer on its way.
type outgoing struct {
	*Answer
	request *Request
	leases  bool // it tells of leases that have to be in the file first
	cut     bool // its options are to be cut off
}

// Put does what an answer means and sets it on its way: Flush sends it, or Receive, which flushes first.
func (s *Server) Put(r *Request, a *Answer) {
	o := &outgoing{Answer: a, request: r}
	if a.Drop == nil {
		s.spoil(o)
	}
	switch {
	case a.Drop != nil:
		s.dropped(a.Drop, r)
	case a.Delay <= 0:
		s.ready(o)
	case !s.later.Add(s.clock.Now().Add(a.Delay), o):
		s.dropped(tally.Because("too many wait", ""), r)
	}
}

// ready does what an answer means for the leases, and queues its message.
func (s *Server) ready(o *outgoing) {
	if o.act != nil {
		o.act()
		o.leases = true
	}
	if o.Message == nil {
		return
	}
	if err := s.bind(o); err != nil {
		s.dropped(tally.Because("taken meanwhile", err.Error()), o.request)
		return
	}
	s.queue = append(s.queue, o)
}

// bind writes down what a reply gives to its client.
func (s *Server) bind(o *outgoing) error {
	r, m := o.request, o.Message
	switch r.Type() {
	case dhcp6.Solicit, dhcp6.Request, dhcp6.Renew, dhcp6.Rebind:
	default:
		return nil
	}
	if m.Type != dhcp6.Reply {
		return nil
	}
	for _, ia := range m.Options.IAs() {
		b := lease.Binding{Client: r.Client(ia), MAC: r.MAC, Name: r.Name()}
		for _, a := range ia.Addresses() {
			b.Prefix = lease.Whole(a.Address)
			if err := s.bindOne(o, b, a.Valid); err != nil {
				return err
			}
		}
		for _, p := range ia.Prefixes() {
			b.Prefix = p.Prefix
			if err := s.bindOne(o, b, p.Valid); err != nil {
				return err
			}
		}
	}
	return nil
}

// bindOne binds for so many seconds; 0 ends what the client has. What a script gives is given, whoever had it.
func (s *Server) bindOne(o *outgoing, b lease.Binding, valid uint32) (err error) {
	o.leases = true
	d := time.Duration(valid) * time.Second
	if valid == dhcp6.Infinity {
		d = lease.Forever
	}
	switch {
	case valid == 0:
		s.table.Release(b.Client, b.Prefix)
	case o.scripted:
		s.table.Seize(b, d)
	default:
		_, err = s.table.Bind(b, d)
	}
	return err
}

// Flush sends what was put. Replies leave when the lease file has what they say, and not at all when it can't.
func (s *Server) Flush() {
	if len(s.queue) == 0 {
		return
	}
	err := s.table.Commit()
	if err != nil {
		s.note(Event{Kind: "problem", Why: err.Error()})
	}
	for i, o := range s.queue {
		if o.leases && err != nil {
			s.dropped(tally.Because("lease file", err.Error()), o.request)
		} else {
			s.send(o)
		}
		s.queue[i] = nil
	}
	s.queue = s.queue[:0]
}

// send writes an answer, in as many relay agents' messages as the question came in, and sends it.
func (s *Server) send(o *outgoing) {
	b, err := o.encode()
	if err == nil {
		if o.cut {
			b = b[:s.cutAt(len(b))]
		}
		err = s.transmit(o.request, b)
	}
	switch {
	case err == nil:
		s.tally.Sent(o.Message.Type)
		s.tell(o)
	case !errors.Is(err, net.ErrClosed):
		s.tally.Failed()
		s.note(Event{Kind: "problem", Why: err.Error(), Request: o.request})
	}
}

func (o *outgoing) encode() ([]byte, error) {
	m, err := dhcp6.Answer(o.request.Relays, o.Message)
	if err != nil {
		return nil, err
	}
	return m.Encode()
}

// tell tells of each lease in an answer that was sent, or of the answer when there is none.
func (s *Server) tell(o *outgoing) {
	if !s.events.Heard() {
		return
	}
	e := Event{Kind: "replied", Request: o.request}
	if o.Message.Type == dhcp6.Advertise {
		e.Kind = "advertised"
	}
	if status := o.Message.Options.Status(); status.Code != dhcp6.Success {
		e.Why = status.Code.String()
	}
	some := false
	for _, ia := range o.Message.Options.IAs() {
		one := e
		if status := ia.Options.Status(); status.Code != dhcp6.Success {
			one.Why = status.Code.String()
		}
		one.Client = o.request.Client(ia)
		for _, p := range held(ia) {
			one.Prefix = p
			s.note(one)
			some = true
		}
		if len(held(ia)) == 0 {
			s.note(one)
			some = true
		}
	}
	if !some {
		s.note(e)
	}
}

// transmit sends bytes to the relay agent, or to the client.
func (s *Server) transmit(r *Request, b []byte) error {
	port := uint16(clientPort)
	if len(r.Relays) > 0 {
		port = serverPort
		if r.Relays[0].Options.Has(dhcp6.RelayPort) { // it listens at another port (RFC 8357)
			port = r.Source.Port()
		}
	}
	return s.sendTo(netip.AddrPortFrom(r.Source.Addr(), port), b)
}

func (s *Server) sendTo(to netip.AddrPort, b []byte) error {
	m := network.Meta{Interface: s.iface.Index}
	peer := net.UDPAddrFromAddrPort(to)
	if to.Addr().IsLinkLocalUnicast() {
		peer.Zone = s.iface.Name
	}
	m.Peer = peer
	_, err := s.conn.WriteMsg(b, m)
	return err
}

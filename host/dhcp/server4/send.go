package server4

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/lease"
	"moonwire/host/dhcp/option"
	"moonwire/host/dhcp/tally"
	"moonwire/host/network"
)

// outgoing is an answer on its way.
type outgoing struct {
	*Answer
	request *Request
	leases  bool // it tells of a lease that has to be in the file first
	checked bool // somebody is asked whether its address is free
	cut     bool // its options are to be cut off
}

// Put does what an answer means and puts it on its way: Flush sends it, or Receive, which flushes first.
func (s *Server) Put(r *Request, a *Answer) {
	o := &outgoing{Answer: a, request: r}
	if a.Drop == nil {
		s.spoil(o)
	}
	s.deliver(o)
}

// deliver puts an answer on its way when its time comes.
func (s *Server) deliver(o *outgoing) {
	switch {
	case o.Drop != nil:
		s.dropped(o.Drop, o.request)
	case o.Message != nil && s.checker.begin(o):
	case o.Delay <= 0:
		s.ready(o)
	case !s.later.Add(s.clock.Now().Add(o.Delay), o):
		s.dropped(tally.Because("too many wait", ""), o.request)
	}
}

// due goes on with an answer that was put off.
func (s *Server) due(o *outgoing) {
	switch {
	case !o.checked:
		s.ready(o)
	case s.checker.taken(o.Message.YIAddr):
		s.conflict(o)
	case o.Delay > 0:
		o.checked = false
		s.later.Add(s.clock.Now().Add(o.Delay), o)
	default:
		s.ready(o)
	}
}

// ready does what an answer means for the leases, and queues its message.
func (s *Server) ready(o *outgoing) {
	if o.act != nil {
		o.act()
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

// bind writes down what an answer gives to its client.
func (s *Server) bind(o *outgoing) error {
	r, m := o.request, o.Message
	t := m.Type()
	if m.YIAddr.IsUnspecified() || t != dhcp4.Ack && t != 0 || r.Type() == dhcp4.Inform {
		return nil
	}
	d := lease.Forever
	if n, ok := m.Uint32(option.LeaseTime); ok && n != 1<<32-1 {
		d = time.Duration(n) * time.Second
	}
	o.leases = true
	b := lease.Binding{Prefix: lease.Whole(m.YIAddr), Client: r.client, MAC: r.Message.MAC(), Name: r.Name()}
	if o.scripted {
		s.table.Seize(b, d)
		return nil
	}
	_, err := s.table.Bind(b, d)
	return err
}

// Flush sends what was put. Acknowledgements leave when the lease file has them, and not at all when it can't.
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

// send writes an answer and sends it.
func (s *Server) send(o *outgoing) {
	m := o.Message
	b, err := m.Encode()
	if err == nil {
		if o.cut {
			b = b[:s.cutAt(len(b))]
		}
		err = s.transmit(o.request, m, b)
	}
	switch {
	case err == nil:
		s.tally.Sent(m.Type())
		s.note(Event{Kind: sentKind(m.Type()), Address: m.YIAddr, Why: m.Text(option.Message), Request: o.request})
	case !errors.Is(err, net.ErrClosed):
		s.tally.Failed()
		s.note(Event{Kind: "problem", Why: err.Error(), Request: o.request})
	}
}

func sentKind(t dhcp4.Type) string {
	switch t {
	case dhcp4.Offer:
		return "offered"
	case dhcp4.Nak:
		return "refused"
	}
	return "acknowledged"
}

// transmit sends bytes where RFC 2131 section 4.1 wants them: to the relay agent, to the address that the client has, to
// everybody, or by the client's hardware address to the address that it is going to have.
func (s *Server) transmit(r *Request, m *dhcp4.Message, b []byte) error {
	client := r.Message
	switch nak := m.Type() == dhcp4.Nak; {
	case !client.GIAddr.IsUnspecified():
		return s.datagram(b, netip.AddrPortFrom(client.GIAddr, serverPort), r)
	case nak:
		return s.datagram(b, netip.AddrPortFrom(limitedBroadcast, clientPort), r)
	case !client.CIAddr.IsUnspecified():
		return s.unicast(b, client.CIAddr, r)
	case r.Type() == dhcp4.Inform:
		return s.unicast(b, r.Source.Addr(), r)
	case client.Broadcast() || m.YIAddr.IsUnspecified() || !s.reaches(client):
		return s.datagram(b, netip.AddrPortFrom(limitedBroadcast, clientPort), r)
	}
	return s.frame(b, m.YIAddr, client.MAC())
}

// reaches says whether frames can be addressed to the client.
func (s *Server) reaches(m *dhcp4.Message) bool { return s.link != nil && m.HType == 1 && m.HLen == 6 }

// unicast sends to an address that the client has. On the link its hardware address is known: nobody need ask for it.
func (s *Server) unicast(b []byte, to netip.Addr, r *Request) error {
	if s.reaches(r.Message) && s.onLink(to) {
		return s.frame(b, to, r.Message.MAC())
	}
	return s.datagram(b, netip.AddrPortFrom(to, clientPort), r)
}

// onLink says whether an address is in a network of the interface.
func (s *Server) onLink(a netip.Addr) bool {
	for _, p := range s.iface.Addrs {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// datagram sends by the socket.
func (s *Server) datagram(b []byte, to netip.AddrPort, r *Request) error {
	m := network.Meta{Peer: net.UDPAddrFromAddrPort(to), Local: s.source(r)}
	if to.Addr() == limitedBroadcast {
		m.Interface = s.iface.Index
	}
	_, err := s.conn.WriteMsg(b, m)
	return err
}

// source is the server's address towards a client: the identifier, where that is one of the interface's.
func (s *Server) source(r *Request) netip.Addr {
	if s.has(r.id) {
		return r.id
	}
	return s.addressIn(r.Subnet())
}

// frame sends by the link.
func (s *Server) frame(b []byte, to netip.Addr, mac net.HardwareAddr) error {
	from := s.addressIn(netip.PrefixFrom(to, 32))
	for _, p := range s.iface.Addrs {
		if p.Contains(to) {
			from = p.Addr()
		}
	}
	_, err := s.link.WriteFrames(context.Background(), 1, func(_ int, slot []byte) int {
		return frame(slot, mac, s.iface.MAC, from, to, b)
	})
	return err
}

package inlet

import (
	"errors"
	"net"
	"net/netip"
	"time"

	"moonwire/host/network"
	"moonwire/host/snmp/transport"
)

// pause is how long to wait after a reception that failed: an answer earned an ICMP error, or the interface is down.
const pause = 10 * time.Millisecond

// receive takes a socket's datagrams until it is closed.
func (i *Inlet) receive(c network.PacketConn, at netip.AddrPort) {
	for {
		b, m, err := network.Take(c)
		switch {
		case errors.Is(err, net.ErrClosed):
			return
		case err != nil:
			i.failed.Add(1)
			if i.clock.Sleep(i.ctx, pause) != nil {
				return
			}
		default:
			i.datagrams.Add(1)
			i.config.Handle(i.datagram(c, at, b, m))
		}
	}
}

// datagram makes a message of one.
func (i *Inlet) datagram(c network.PacketConn, at netip.AddrPort, b []byte, m network.Meta) *Message {
	local := at
	if m.Local.IsValid() {
		local = netip.AddrPortFrom(m.Local.Unmap(), at.Port())
	}
	if m.Time.IsZero() {
		m.Time = i.clock.Now()
	}
	return &Message{Bytes: b, Source: transport.AddrPort(m.Peer), Local: local, Time: m.Time,
		Reply: func(b []byte) error { return i.answer(c, b, m) }}
}

// answer sends a datagram back. One that was sent to a group or by broadcast is answered from whatever address the routes
// choose.
func (i *Inlet) answer(c network.PacketConn, b []byte, got network.Meta) error {
	out := network.Meta{Peer: got.Peer}
	if local := got.Local; local.IsValid() && !local.IsMulticast() && !local.IsUnspecified() {
		out.Local = local
	}
	_, err := c.WriteMsg(b, out)
	if err != nil && out.Local.IsValid() && !errors.Is(err, net.ErrClosed) {
		_, err = c.WriteMsg(b, network.Meta{Peer: got.Peer})
	}
	if err != nil {
		i.failed.Add(1)
	}
	return err
}

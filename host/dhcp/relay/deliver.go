package relay

import (
	"context"
	"net"
	"net/netip"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/frame"
	"moonwire/host/network"
)

// limited is the limited broadcast address.
var limited = netip.AddrFrom4([4]byte{255, 255, 255, 255})

// ethernet is the hardware type of Ethernet.
const ethernet = 1

// reply carries a server's message to the client.
func (r *Relay) reply(ctx context.Context, p *Parcel) (reason string) {
	m := p.Message
	out := r.portFor(m.GIAddr)
	if out == nil {
		return OtherAddress
	}
	r.opts.Agent.Reply(m, out.arrival(nil))
	b, err := m.Encode()
	if err != nil {
		return Malformed
	}
	to := destination(m)
	if r.opts.Broadcast {
		to = limited
	}
	p.To = netip.AddrPortFrom(to, clientPort)
	if err := r.sent(&r.s.Replies, func() error { return r.deliver(ctx, out, m, to, b) }); err != nil {
		return NotSent
	}
	return ""
}

// portFor is the interface whose clients have a giaddr.
func (r *Relay) portFor(giaddr netip.Addr) *port {
	for _, p := range r.ports {
		if p.address == giaddr {
			return p
		}
	}
	return nil
}

// destination is the address for an answer (RFC 1542 section 4.1.2, RFC 2131 section 4.1): that which the client has, or is
// given, unless it can't hear that.
func destination(m *dhcp4.Message) netip.Addr {
	switch {
	case m.Broadcast(), m.Type() == dhcp4.Nak:
		return limited
	case !m.YIAddr.IsUnspecified() && m.HType == ethernet && m.HLen == 6:
		return m.YIAddr
	case !m.CIAddr.IsUnspecified():
		return m.CIAddr // of an answer to inform
	}
	return limited
}

// deliver sends a message to a client: to its hardware address, since it may not answer ARP yet.
func (r *Relay) deliver(ctx context.Context, p *port, m *dhcp4.Message, to netip.Addr, b []byte) error {
	if to != limited && p.link != nil && m.HType == ethernet && m.HLen == 6 {
		d := frame.Datagram{SrcMAC: frame.MAC(p.MAC), DstMAC: frame.MAC(m.CHAddr[:6]),
			Src: netip.AddrPortFrom(p.address, serverPort), Dst: netip.AddrPortFrom(to, clientPort)}
		_, err := p.link.WriteFrames(ctx, 1, func(_ int, slot []byte) int {
			size := frame.Payload4 + len(b)
			if size > len(slot) {
				return size // which is refused
			}
			copy(slot[frame.Payload4:], b)
			return d.Put(slot, len(b))
		})
		return err
	}
	if to != limited {
		r.add(&r.s.Fallback)
	}
	r.add(&r.s.Broadcast)
	_, err := r.conn.WriteMsg(b, network.Meta{Peer: &net.UDPAddr{IP: net.IPv4bcast, Port: clientPort}, Local: p.source(), Interface: p.Index})
	return err
}

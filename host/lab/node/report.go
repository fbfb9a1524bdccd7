package node

import (
	"net/netip"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip/header"

	"moonwire/host/lab/node/icmp"
	"moonwire/host/network"
)

// report4 tells the sender of a packet what became of it, if it is to be told.
func (n *Node) report4(to network.Direction, m icmp.Message, packet []byte) {
	n.reportFrom4(to, m, packet, netip.Addr{})
}

// reportFrom4 is report4 with an address to send from; the zero Addr: that of the interface by which the message leaves.
func (n *Node) reportFrom4(to network.Direction, m icmp.Message, packet []byte, from netip.Addr) {
	dst := netip.AddrFrom4([4]byte(packet[12:16]))
	if l, ours := n.local(dst); to != network.ToHost || !icmp.Deserves4(packet) || ours && l.broadcast {
		return
	}
	out, next, ok := n.way(dst, &from, m)
	if !ok {
		return
	}
	id := uint16(n.random())
	n.counts.left(v4, uint8(header.ICMPv4ProtocolNumber), []byte{m.Type})
	n.sendReport(out, next, icmp.V4(m, from, dst, packet, max(id, 1), link))
}

// report6 tells the sender of an IPv6 packet what became of it.
func (n *Node) report6(to network.Direction, m icmp.Message, packet []byte) {
	n.reportFrom6(to, m, packet, netip.Addr{})
}

func (n *Node) reportFrom6(to network.Direction, m icmp.Message, packet []byte, from netip.Addr) {
	dst := netip.AddrFrom16([16]byte(packet[8:24]))
	if to != network.ToHost && m.Type != 2 || !icmp.Deserves6(packet, m) {
		return
	}
	out, next, ok := n.way(dst, &from, m)
	if !ok {
		return
	}
	n.counts.left(v6, uint8(header.ICMPv6ProtocolNumber), []byte{m.Type})
	n.sendReport(out, next, icmp.V6(m, from, dst, packet, link))
}

// way finds how an error gets to dst, and whether it may be sent now.
func (n *Node) way(dst netip.Addr, from *netip.Addr, m icmp.Message) (*device, netip.Addr, bool) {
	if n.mute.Load() {
		n.drop(Muted)
		return nil, dst, false
	}
	if n.isOwn(dst) {
		return n.lo, dst, from.IsValid()
	}
	hop, out, ok := n.lookup(dst)
	if !ok {
		return nil, dst, false
	}
	if !from.IsValid() {
		*from = n.source(out, dst)
	}
	if !n.mayReport(dst, icmp.Interval(m, dst.Is4(), hop.Dst.Bits())) {
		n.drop(RateLimited)
		return nil, dst, false
	}
	if hop.Gateway.IsValid() {
		return out, hop.Gateway, from.IsValid()
	}
	return out, dst, from.IsValid()
}

// mayReport says whether dst hasn't got too many errors already.
func (n *Node) mayReport(dst netip.Addr, every time.Duration) bool {
	if n.talkative.Load() {
		return true
	}
	n.limiter.Lock()
	defer n.limiter.Unlock()
	return n.limiter.Allow(dst, every, n.opt.Clock.Now())
}

// SetErrorLimit bounds how many ICMP errors the node sends, as Linux does at first, or lets it send all (Linux's
// net.ipv4.icmp_ratelimit and net.ipv6.icmp.ratelimit are 0 then).
func (n *Node) SetErrorLimit(on bool) { n.talkative.Store(!on) }

func (n *Node) sendReport(out *device, next netip.Addr, frame []byte) {
	if out == n.lo {
		n.loop(frame)
		return
	}
	n.transmit(out, next, [][]byte{frame}, nil)
}

package node

import (
	"encoding/binary"
	"errors"
	"net/netip"

	"gvisor.dev/gvisor/pkg/tcpip/header"

	"moonwire/host/lab/node/fragment"
	"moonwire/host/lab/node/icmp"
	"moonwire/host/lab/node/option"
	"moonwire/host/network"
)

// forward4 sends an IPv4 packet that is for another host on its way (RFC 1812 section 5.2.1). Linux's order decides which
// of several faults is told: no route, then TTL, then options, then length.
func (n *Node) forward4(d *device, frame, packet []byte, to network.Direction) {
	src, dst := netip.AddrFrom4([4]byte(packet[12:16])), netip.AddrFrom4([4]byte(packet[16:20]))
	switch {
	case !n.forwarding.Load():
		n.lose(v4, NotForwarding)
		return
	case to != network.ToHost:
		n.lose(v4, LinkBroadcast)
		return
	case src.IsUnspecified() || martian4(dst) || dst.IsUnspecified():
		n.lose(v4, Martian)
		return
	case src.IsLinkLocalUnicast() || dst.IsLinkLocalUnicast():
		n.lose(v4, LinkLocal) // RFC 3927 section 7
		return
	}
	hop, out, ok := n.lookup(dst)
	if !ok {
		n.lose(v4, NoRoute)
		n.report4(to, icmp.NetUnreachable, packet)
		return
	}
	if packet[8] <= 1 {
		n.lose(v4, TTLExpired)
		n.report4(to, icmp.TimeExceeded, packet)
		return
	}
	next := hop.Gateway
	if !next.IsValid() {
		next = dst
	}
	copied := append(make([]byte, 0, link+len(packet)), frame[:link+len(packet)]...)
	if !n.age4(out, to, copied[link:], packet) {
		return
	}
	mtu := out.limit(hop.MTU)
	frames := [][]byte{copied}
	if len(packet) > mtu {
		if header.IPv4(packet).Flags()&header.IPv4FlagDontFragment != 0 {
			n.lose(v4, TooBig)
			n.report4(to, icmp.FragmentationNeeded(mtu), packet)
			return
		}
		frames = fragment.V4(copied[link:], mtu, link)
		n.counts.ip[v4].cut(len(frames))
	}
	n.counts.ip[v4].forwarded.Add(1)
	n.transmit(out, next, frames, func() { n.report4(to, icmp.HostUnreachable, packet) })
}

// age4 does to a header what each router does: one less to live, options, checksum.
func (n *Node) age4(out *device, to network.Direction, copied, packet []byte) bool {
	copied[8]--
	if header.IPv4(copied).HeaderLength() == header.IPv4MinimumSize {
		sum := uint32(binary.BigEndian.Uint16(copied[10:])) + 0x100 // what the header loses its checksum gains (RFC 1141)
		if sum >= 0xffff {
			sum++
		}
		binary.BigEndian.PutUint16(copied[10:], uint16(sum))
		return true
	}
	err := option.Forward(copied, n.source(out, netip.AddrFrom4([4]byte(packet[16:20]))), n.isOwn, n.opt.Clock.Now())
	var bad *option.Malformed
	switch {
	case errors.As(err, &bad):
		n.lose(v4, BadOption)
		n.report4(to, icmp.ParameterProblem(bad.At), packet)
		return false
	case err != nil:
		n.lose(v4, SourceRouted)
		return false
	}
	h := header.IPv4(copied)
	h.SetChecksum(0)
	h.SetChecksum(^h.CalculateChecksum())
	return true
}

// limit is the longest packet that leaves by an interface on a route that may have an MTU of its own.
func (d *device) limit(route int) int {
	mtu := int(d.MTU())
	if route > 0 {
		mtu = min(mtu, route)
	}
	return mtu
}

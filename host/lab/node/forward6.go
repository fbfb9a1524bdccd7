package node

import (
	"net/netip"

	"moonwire/host/lab/node/icmp"
	"moonwire/host/network"
)

// forward6 sends an IPv6 packet that is for another host on its way (RFC 8200). It is never cut.
func (n *Node) forward6(d *device, frame, packet []byte, to network.Direction) {
	src, dst := netip.AddrFrom16([16]byte(packet[8:24])), netip.AddrFrom16([16]byte(packet[24:40]))
	switch {
	case !n.forwarding.Load():
		n.lose(v6, NotForwarding)
		return
	case to != network.ToHost:
		n.lose(v6, LinkBroadcast)
		return
	case src.IsUnspecified():
		n.lose(v6, Martian)
		return
	}
	if !n.hopByHop(to, packet) {
		return
	}
	hop, out, ok := n.lookup(dst)
	if !ok || dst.IsLinkLocalUnicast() {
		n.lose(v6, NoRoute)
		n.report6(to, icmp.NoRoute6, packet)
		return
	}
	if packet[7] <= 1 {
		n.lose(v6, TTLExpired)
		n.report6(to, icmp.TimeExceeded6, packet)
		return
	}
	if src.IsLinkLocalUnicast() {
		n.lose(v6, LinkLocal)
		n.report6(to, icmp.BeyondScope6, packet)
		return
	}
	if mtu := out.limit(hop.MTU); len(packet) > mtu {
		n.lose(v6, TooBig)
		n.report6(to, icmp.PacketTooBig(mtu), packet)
		return
	}
	next := hop.Gateway
	if !next.IsValid() {
		next = dst
	}
	copied := append(make([]byte, 0, link+len(packet)), frame[:link+len(packet)]...)
	copied[link+7]--
	n.counts.ip[v6].forwarded.Add(1)
	n.transmit(out, next, [][]byte{copied}, func() { n.report6(to, icmp.AddressUnreachable6, packet) })
}

// hopByHop reads the options that every router on the way has to read (RFC 8200 section 4.2). What is to be done about an
// unknown one stands in its two highest bits.
func (n *Node) hopByHop(to network.Direction, packet []byte) bool {
	const head, pad1 = 40, 0
	if packet[6] != 0 {
		return true
	}
	end := head + 8
	if len(packet) < end || len(packet) < head+8+8*int(packet[head+1]) {
		n.lose(v6, BadHeader)
		return false
	}
	end += 8 * int(packet[head+1])
	for i := head + 2; i < end; {
		if packet[i] == pad1 {
			i++
			continue
		}
		if i+1 >= end || i+2+int(packet[i+1]) > end {
			n.lose(v6, BadOption)
			return false
		}
		if !knownOption(packet[i]) && packet[i]>>6 != 0 {
			n.lose(v6, BadOption)
			if act := packet[i] >> 6; act == 2 || act == 3 && packet[24] != 0xff {
				n.report6(to, icmp.ParameterProblem6(2, i), packet)
			}
			return false
		}
		i += 2 + int(packet[i+1])
	}
	return true
}

// knownOption says whether a router needs no telling: padding and router alert (RFC 2711).
func knownOption(kind byte) bool { return kind == 1 || kind == 5 }

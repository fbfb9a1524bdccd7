package layers

import "moonwire/host/packet"

// Groups of receivers that follow from what is sent. They count where nobody set a destination.

// etherGroup is the group address of a frame: that of a multicast datagram, behind VLAN tags, too (RFC 1112 section 6.4, RFC
// 2464 section 7), or of the port access entities (IEEE 802.1X clause 11.1.1).
func etherGroup(c packet.Context) packet.Value {
	next, ok := c.Next()
	for ok && (next.Protocol().Name == "dot1q" || next.Protocol().Name == "dot1ad") {
		next, ok = next.Next()
	}
	if !ok {
		return nil
	}
	switch h := next.Header(); next.Protocol().Name {
	case "ip":
		if to := h[16:20]; to[0]&0xf0 == 0xe0 {
			return packet.MAC{0x01, 0x00, 0x5e, to[1] & 0x7f, to[2], to[3]}
		}
	case "ipv6":
		if to := h[24:40]; to[0] == 0xff {
			return packet.MAC{0x33, 0x33, to[12], to[13], to[14], to[15]}
		}
	case "eapol":
		return packet.MAC{0x01, 0x80, 0xc2, 0x00, 0x00, 0x03}
	}
	return nil
}

// ip4Group is the group that a protocol's datagrams go to.
func ip4Group(c packet.Context) packet.Value {
	if next, ok := c.Next(); ok && next.Protocol().Name == "ospf" {
		return allOSPFRouters
	}
	return igmpGroup(c)
}

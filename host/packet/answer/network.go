package answer

import (
	"bytes"
	"net/netip"

	"moonwire/host/packet"
)

// arpReply is the operation that answers an operation (RFC 826, RFC 903, RFC 2390).
var arpReply = map[uint16]uint16{1: 2, 3: 4, 8: 9}

// arp: the operation answers, and the addresses changed sides (RFC 826).
func arp(t *trail, a, q packet.Context) step {
	ah, qh := a.Header(), q.Header()
	op := be16(qh, 6)
	if !same(t, "op", be16(ah, 6), arpReply[op]) {
		return refused
	}
	as, at := arpAddresses(ah)
	qs, qt := arpAddresses(qh)
	switch op {
	case 3: // reverse: the hardware address was asked about
		return final(same(t, "hwdst", string(hardwareTarget(ah)), string(hardwareTarget(qh))))
	case 8: // inverse: the protocol address was asked for
		return final(same(t, "pdst", text(at), text(qs)))
	}
	return final(same(t, "psrc", text(as), text(qt)) && same(t, "pdst", text(at), text(qs)))
}

// arpAddresses are the protocol addresses of an ARP header: the sender's and the target's.
func arpAddresses(h []byte) (sender, target []byte) {
	if len(h) < 8 {
		return nil, nil
	}
	hw, pr := int(h[4]), int(h[5])
	if len(h) < 8+2*hw+2*pr {
		return nil, nil
	}
	return h[8+hw : 8+hw+pr], h[8+2*hw+pr : 8+2*hw+2*pr]
}

// hardwareTarget is the target's hardware address.
func hardwareTarget(h []byte) []byte {
	if len(h) < 8 {
		return nil
	}
	hw, pr := int(h[4]), int(h[5])
	if len(h) < 8+2*hw+2*pr {
		return nil
	}
	return h[8+hw+pr : 8+2*hw+pr]
}

// text is an address for people and comparisons.
func text(b []byte) string {
	if a, ok := netip.AddrFromSlice(b); ok {
		return a.String()
	}
	return string(b)
}

// ip4 compares the addresses, or what an ICMP error quotes (RFC 792).
func ip4(t *trail, a, q packet.Context) step {
	ah, qh := a.Header(), q.Header()
	src, dst := netip.AddrFrom4([4]byte(qh[12:16])), netip.AddrFrom4([4]byte(qh[16:20]))
	from, to := netip.AddrFrom4([4]byte(ah[12:16])), netip.AddrFrom4([4]byte(ah[16:20]))
	if !t.addressed(to, src) {
		return refused
	}
	if b, ok := quoted(a); ok {
		return final(t.quote(b, q.Whole()))
	}
	return further(t.sent(from, dst) && same(t, "proto", ah[9], qh[9]))
}

// ip6 is ip4 for version 6 (RFC 4443 section 2.4).
func ip6(t *trail, a, q packet.Context) step {
	ah, qh := a.Header(), q.Header()
	src, dst := netip.AddrFrom16([16]byte(qh[8:24])), netip.AddrFrom16([16]byte(qh[24:40]))
	from, to := netip.AddrFrom16([16]byte(ah[8:24])), netip.AddrFrom16([16]byte(ah[24:40]))
	if !t.addressed(to, src) {
		return refused
	}
	if b, ok := quoted(a); ok {
		return final(t.quote(b, q.Whole()))
	}
	if last, ok := routed(q); ok {
		dst = last
	}
	return further(t.sent(from, dst))
}

// addressed checks whom the reply is for: who asked, or a group in which that may be.
func (t *trail) addressed(to, asker netip.Addr) bool {
	if t.groupReply || isGroup(to) || asker.IsUnspecified() {
		t.hold("dst")
		return true
	}
	return same(t, "dst", to, asker)
}

// sent checks who sent the reply: who was asked, or anybody when a group was.
func (t *trail) sent(from, asked netip.Addr) bool {
	if t.groupRequest || isGroup(asked) {
		t.hold("src")
		return true
	}
	return same(t, "src", from, asked)
}

// isGroup says whether many hosts may have the address.
func isGroup(a netip.Addr) bool {
	return a.IsMulticast() || a == netip.AddrFrom4([4]byte{255, 255, 255, 255})
}

// routed is the last address of a routing header, where a packet goes in the end (RFC 8200 section 4.4).
func routed(q packet.Context) (netip.Addr, bool) {
	for c, ok := q.Next(); ok && carriers[c.Protocol().Name]; c, ok = c.Next() {
		if h := c.Header(); c.Protocol().Name == "ipv6_routing" && len(h) >= 24 && h[3] > 0 && h[2] != 4 {
			return netip.AddrFrom16([16]byte(h[len(h)-16:])), true
		}
	}
	return netip.Addr{}, false
}

// icmpHeader is the bytes before the quoted packet in an ICMP error.
const icmpHeader = 8

// quoted is the packet that an ICMP error behind an IP header quotes.
func quoted(ip packet.Context) ([]byte, bool) {
	c, ok := content(ip.Next())
	if !ok {
		return nil, false
	}
	b := c.Whole()
	if len(b) < icmpHeader {
		return nil, false
	}
	switch c.Protocol().Name {
	case "icmp":
		return b[icmpHeader:], bytes.IndexByte([]byte{3, 4, 5, 11, 12}, b[0]) >= 0
	case "icmp6":
		return b[icmpHeader:], b[0] < 128
	}
	return nil, false
}

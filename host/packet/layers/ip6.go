package layers

import (
	"encoding/binary"
	"net/netip"

	"moonwire/host/packet"
)

func ip6() layerSet {
	return layerSet{
		protocols: []*packet.Protocol{{
			Name: "ipv6", Title: "Internet Protocol version 6", Source: "RFC 8200 section 3", Aliases: []string{"IPv6", "ip6", "IPerror6"}, Particular: true,
			Fields: []packet.Field{
				{Name: "version", Bits: 4, Default: uint64(6), Doc: "6", Wireshark: "ipv6.version"},
				{Name: "tc", Bits: 8, Doc: "traffic class: DSCP (6 bits) and ECN (2)", Wireshark: "ipv6.tclass"},
				{Name: "fl", Bits: 20, Doc: "flow label", Wireshark: "ipv6.flow"},
				{Name: "plen", Bits: 16, Auto: packet.PayloadLen, Doc: "length of all that follows the header in bytes", Wireshark: "ipv6.plen"},
				{Name: "nh", Bits: 8, Kind: ipProtocols, Default: noNext, Auto: packet.Bound("nh"), Doc: "next header: what follows", Wireshark: "ipv6.nxt"},
				{Name: "hlim", Bits: 8, Default: uint64(64), Suit: hopLimit, Doc: "hop limit; unset: 255 under neighbour discovery, 1 under multicast listener discovery", Wireshark: "ipv6.hlim"},
				{Name: "src", Bits: 128, Kind: packet.IPv6, Fill: true, Doc: "source address", Wireshark: "ipv6.src"},
				{Name: "dst", Bits: 128, Kind: packet.IPv6, Default: loopback6, Suit: ip6Destination, Doc: "destination address", Wireshark: "ipv6.dst"},
			},
			Select:  []string{"nh"},
			End:     ip6End,
			Pseudo:  ip6Pseudo,
			Summary: between("src", "dst"),
		}},
		bindings: []packet.Binding{
			{Lower: "eth", Field: "type", Value: 0x86dd, Upper: "ipv6"},
			{Lower: "ip", Field: "proto", Value: 41, Upper: "ipv6"},
			{Lower: "ipv6", Field: "nh", Value: 41, Upper: "ipv6"},
			{Lower: "ipv6", Field: "nh", Value: 4, Upper: "ip"},
			{Lower: "ipv6", Field: "nh", Value: 17, Upper: "udp"},
		},
	}
}

// loopback6 is the destination that nobody set.
var loopback6 = netip.IPv6Loopback()

// hopLimit is 255 for neighbour discovery, which routers must not pass on unseen (RFC 4861 section 3.1), and 1 for
// multicast listener and router discovery (RFC 3810 section 5, RFC 4286).
func hopLimit(c packet.Context) packet.Value {
	switch t := discovery(c); {
	case t >= 133 && t <= 137 || t == 141 || t == 142:
		return uint64(255)
	case t >= 130 && t <= 132 || t == 143 || t >= 151 && t <= 153:
		return uint64(1)
	}
	return nil
}

// ip6Destination is the multicast group that a discovery message goes to.
func ip6Destination(c packet.Context) packet.Value {
	switch discovery(c) {
	case 130, 134, 135, 136, 137, 141, 142:
		return allNodes
	case 132, 133, 151, 152:
		return allRouters
	case 143:
		return allReporters
	case 153:
		return allSnoopers
	}
	return nil
}

// Well-known groups (RFC 4291 section 2.7.1, RFC 3810 section 5.2.14, RFC 4286).
var (
	allNodes     = netip.MustParseAddr("ff02::1")
	allRouters   = netip.MustParseAddr("ff02::2")
	allReporters = netip.MustParseAddr("ff02::16")
	allSnoopers  = netip.MustParseAddr("ff02::6a")
)

// discovery is the type of an ICMPv6 message that follows at once, 0 when something else does.
func discovery(c packet.Context) uint64 {
	next, ok := c.Next()
	if !ok || next.Protocol().Name != "icmp6" {
		return 0
	}
	return next.Uint("type")
}

// noNext is the next header of a datagram in which nothing follows.
const noNext = uint64(59)

// ip6End is where the payload ends; a length of 0 tells nothing (a jumbogram, or what an offloading card leaves).
func ip6End(c packet.Context) int {
	if n := binary.BigEndian.Uint16(c.Header()[4:]); n != 0 {
		return 40 + int(n)
	}
	return -1
}

// ip6Pseudo is source and final destination (RFC 8200 section 8.1): the end of the way that a routing header has left,
// and the home address of a mobile node (RFC 6275 section 6.3).
func ip6Pseudo(c packet.Context) []byte {
	own := c.Header()[8:40]
	next, ok := c.Next()
	if !ok || next.Protocol().Uppers != "ipv6" {
		return own
	}
	src, dst := own[:16], own[16:]
	for ok && next.Protocol().Uppers == "ipv6" {
		switch next.Protocol().Name {
		case "ipv6_routing":
			if last := lastSegment(next); last != nil {
				dst = last
			}
		case "ipv6_dest":
			if home := homeAddress(next.Header()); home != nil {
				src = home
			}
		}
		next, ok = next.Next()
	}
	return append(append([]byte(nil), src...), dst...)
}

// lastSegment is the address at the end of a routing header's way, nil when the packet is there already.
func lastSegment(c packet.Context) []byte {
	h := c.Header()
	left, _ := c.Protocol().Field("segleft")
	if len(h) < 24 || !c.IsAuto(left) && c.Uint("segleft") == 0 || c.IsAuto(left) && segmentsLeft(c) == 0 {
		return nil // computed or not yet
	}
	switch c.Uint("type") {
	case 0, 2:
		return h[len(h)-16:]
	case 4:
		return h[8:24] // segments stand in reverse order (RFC 8754 section 2)
	}
	return nil
}

// homeAddress finds the home address option in a destination options header.
func homeAddress(header []byte) []byte {
	for b := header[2:]; len(b) > 1; {
		n := 2 + int(b[1])
		switch {
		case b[0] == 0:
			n = 1
		case n > len(b):
			return nil
		case b[0] == 0xc9 && n == 18:
			return b[2:18]
		}
		b = b[n:]
	}
	return nil
}

// ipUppers binds a protocol to both versions of IP.
func ipUppers(value uint64, upper string) []packet.Binding {
	return []packet.Binding{
		{Lower: "ip", Field: "proto", Value: value, Upper: upper},
		{Lower: "ipv6", Field: "nh", Value: value, Upper: upper},
	}
}

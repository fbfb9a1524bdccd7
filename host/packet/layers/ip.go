package layers

import (
	"encoding/binary"
	"net/netip"

	"moonwire/host/packet"
)

// ipProtocols names protocol numbers (IANA, Assigned Internet Protocol Numbers).
var ipProtocols = packet.Named(map[uint64]string{
	0: "hopopt", 1: "icmp", 2: "igmp", 4: "ipv4", 6: "tcp", 17: "udp", 41: "ipv6", 43: "ipv6-route", 44: "ipv6-frag", 46: "rsvp",
	47: "gre", 50: "esp", 51: "ah", 58: "ipv6-icmp", 59: "ipv6-nonxt", 60: "ipv6-opts", 88: "eigrp", 89: "ospf", 103: "pim",
	108: "ipcomp", 112: "vrrp", 115: "l2tp", 132: "sctp", 136: "udplite", 137: "mpls-in-ip",
})

func ip4() layerSet {
	return layerSet{
		protocols: []*packet.Protocol{{
			Name: "ip", Title: "Internet Protocol version 4", Source: "RFC 791 section 3.1", Aliases: []string{"IP", "ipv4", "IPerror"}, Particular: true,
			Fields: []packet.Field{
				{Name: "version", Bits: 4, Default: uint64(4), Doc: "4", Wireshark: "ip.version"},
				{Name: "ihl", Bits: 4, Auto: packet.HeaderLen(4), Doc: "length of the header in 32-bit words"},
				{Name: "tos", Bits: 8, Kind: packet.Hex, Suit: igmpService, Doc: "type of service: DSCP (6 bits) and ECN (2)", Wireshark: "ip.dsfield"},
				{Name: "len", Bits: 16, Auto: packet.TotalLen, Doc: "length of the datagram in bytes", Wireshark: "ip.len"},
				{Name: "id", Bits: 16, Default: uint64(1), Doc: "identification, the same in all fragments", Wireshark: "ip.id"},
				{Name: "flags", Bits: 3, Kind: packet.Flagged("MF DF evil"), Doc: "more fragments, don't fragment", Wireshark: "ip.flags"},
				{Name: "frag", Bits: 13, Doc: "fragment offset in units of 8 bytes"},
				{Name: "ttl", Bits: 8, Default: uint64(64), Suit: igmpLife, Doc: "time to live in hops; unset: 1 under IGMP", Wireshark: "ip.ttl"},
				{Name: "proto", Bits: 8, Kind: ipProtocols, Auto: packet.Bound("proto"), Doc: "protocol of the payload", Wireshark: "ip.proto"},
				{Name: "chksum", Bits: 16, Kind: packet.Hex, Auto: packet.HeaderChecksum, Late: true,
					Doc: "Internet checksum of the header", Wireshark: "ip.checksum"},
				{Name: "src", Bits: 32, Kind: packet.IPv4, Fill: true, Doc: "source address", Wireshark: "ip.src"},
				{Name: "dst", Bits: 32, Kind: packet.IPv4, Default: loopback4, Suit: ip4Group, Doc: "destination address; unset: all routers' group under OSPF and IGMP version 3", Wireshark: "ip.dst"},
				{Name: "options", Kind: ipOptions, Size: "ihl*4-20", Doc: `options, as {{"router_alert", 0}, {"rr", {"0.0.0.0", "0.0.0.0"}}, {"nop"}}, or bytes; padded to whole words`},
			},
			Select:  []string{"proto"},
			Next:    fragmentOf,
			End:     func(c packet.Context) int { return orUnknown(binary.BigEndian.Uint16(c.Header()[2:])) },
			Pseudo:  ipPseudo,
			Summary: datagram,
		}},
		bindings: []packet.Binding{
			{Lower: "eth", Field: "type", Value: 0x0800, Upper: "ip"},
			{Lower: "ip", Field: "proto", Value: 4, Upper: "ip"},
		},
	}
}

// loopback4 is the destination that nobody set.
var loopback4 = netip.AddrFrom4([4]byte{127, 0, 0, 1})

// fragmentOf keeps all fragments but the first from being read as what they are a part of.
func fragmentOf(c packet.Context) string {
	if binary.BigEndian.Uint16(c.Header()[6:])&0x1fff != 0 {
		return "raw"
	}
	return ""
}

// orUnknown is a length that a header tells; 0, as offloading cards leave it, tells nothing.
func orUnknown(n uint16) int {
	if n == 0 {
		return -1
	}
	return int(n)
}

// ipPseudo is source and final destination: the last address of a source route that is not used up (RFC 1122 section
// 4.2.3.8), else the header's own.
func ipPseudo(c packet.Context) []byte {
	h := c.Header()
	if len(h) == 20 {
		return h[12:20]
	}
	if last := lastOfRoute(h[20:]); last != nil {
		return append(append([]byte(nil), h[12:16]...), last...)
	}
	return h[12:20]
}

// lastOfRoute is the last address of the source route among IP options, nil when there is none to go to.
func lastOfRoute(options []byte) []byte {
	for len(options) > 1 && options[0] != 0 {
		n := int(options[1])
		switch kind := options[0]; {
		case kind == 1:
			n = 1
		case n < 2 || n > len(options):
			return nil
		case (kind == looseRoute || kind == strictRoute) && n >= 7 && int(options[2]) <= n:
			return options[n-4 : n]
		}
		options = options[n:]
	}
	return nil
}

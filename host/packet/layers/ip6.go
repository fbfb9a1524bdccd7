package layers

import "moonwire/host/packet"

func ip6() layerSet {
	return layerSet{
		protocols: []*packet.Protocol{{
			Name: "ipv6", Title: "Internet Protocol version 6", Source: "RFC 8200 section 3", Aliases: []string{"IPv6", "ip6"},
			Summary: between("src", "dst"),
			Fields: []packet.Field{
				{Name: "version", Bits: 4, Default: uint64(6), Doc: "6", Wireshark: "ipv6.version"},
				{Name: "tc", Bits: 8, Doc: "traffic class: DSCP (6 bits) and ECN (2)", Wireshark: "ipv6.tclass"},
				{Name: "fl", Bits: 20, Doc: "flow label", Wireshark: "ipv6.flow"},
				{Name: "plen", Bits: 16, Auto: packet.PayloadLen, Doc: "length of all that follows the header in bytes", Wireshark: "ipv6.plen"},
				{Name: "nh", Bits: 8, Kind: ipProtocols, Default: uint64(59), Auto: packet.Bound("nh"), Doc: "next header: what follows", Wireshark: "ipv6.nxt"},
				{Name: "hlim", Bits: 8, Default: uint64(64), Doc: "hop limit", Wireshark: "ipv6.hlim"},
				{Name: "src", Bits: 128, Kind: packet.IPv6, Fill: true, Doc: "source address", Wireshark: "ipv6.src"},
				{Name: "dst", Bits: 128, Kind: packet.IPv6, Default: "::1", Doc: "destination address", Wireshark: "ipv6.dst"},
			},
			Select: []string{"nh"},
			End:    ip6End,
			Pseudo: func(c packet.Context) []byte { return c.Header()[8:40] },
		}},
		bindings: append(etherUppers(0x86dd, "ipv6"),
			packet.Binding{Lower: "ip", Field: "proto", Value: 41, Upper: "ipv6"},
			packet.Binding{Lower: "ipv6", Field: "nh", Value: 41, Upper: "ipv6"},
			packet.Binding{Lower: "ipv6", Field: "nh", Value: 4, Upper: "ip"},
			packet.Binding{Lower: "ipv6", Field: "nh", Value: 17, Upper: "udp"}),
	}
}

// ip6End is where the payload ends; a length of 0 tells nothing (a jumbogram, or what an offloading card leaves).
func ip6End(c packet.Context) int {
	if n := c.Uint("plen"); n != 0 {
		return 40 + int(n)
	}
	return -1
}

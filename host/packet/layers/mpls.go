package layers

import (
	"slices"

	"moonwire/host/packet"
)

// mpls has label stack entries, and the control word of Ethernet pseudowires.
func mpls() layerSet {
	return layerSet{
		protocols: []*packet.Protocol{{
			Name: "mpls", Title: "Multiprotocol Label Switching", Source: "RFC 3032 section 2.1", Aliases: []string{"MPLS"},
			Fields: []packet.Field{
				{Name: "label", Bits: 20, Default: uint64(3), Auto: packet.Bound("label"), Doc: "label; 0 and 2: none, IPv4 and IPv6 follow", Wireshark: "mpls.label"},
				{Name: "cos", Bits: 3, Doc: "traffic class", Wireshark: "mpls.exp"},
				{Name: "s", Bits: 1, Default: uint64(1), Auto: packet.Bound("s"), Doc: "1: bottom of the stack", Wireshark: "mpls.bottom"},
				{Name: "ttl", Bits: 8, Doc: "time to live in hops", Wireshark: "mpls.ttl"},
			},
			Next: mplsPayload, Summary: inWords("label= ttl="),
		}, {
			Name: "eomcw", Title: "Ethernet over MPLS control word", Source: "RFC 4448 section 4.6", Aliases: []string{"EoMCW", "pwethcw"},
			Fields: []packet.Field{
				{Name: "zero", Bits: 4, Doc: "0, which no IP version is"},
				{Name: "reserved", Bits: 12, Doc: "zeros"},
				{Name: "seq", Bits: 16, Doc: "number of the frame, 0: not numbered"},
			},
			Next: func(packet.Context) string { return "eth" },
		}},
		bindings: slices.Concat(etherUppers(0x8847, "mpls"), ipUppers(137, "mpls"), []packet.Binding{
			{Lower: "eth", Field: "type", Value: 0x8848, Upper: "mpls", ReadOnly: true}, // multicast
			{Lower: "udp", Field: "dport", Value: 6635, Upper: "mpls"},
			{Lower: "mpls", Field: "s", Value: 0, Upper: "mpls", BuildOnly: true},
			{Lower: "mpls", Field: "label", Value: 0, Upper: "ip", BuildOnly: true},
			{Lower: "mpls", Field: "label", Value: 2, Upper: "ipv6", BuildOnly: true},
		}),
	}
}

// mplsPayload guesses by the first bits what no field tells (RFC 4928 section 3).
func mplsPayload(c packet.Context) string {
	if c.Uint("s") == 0 {
		return "mpls"
	}
	p := c.Payload()
	switch {
	case len(p) == 0, p[0]>>4 == 1: // 1: an associated channel (RFC 4385 section 5)
		return "raw"
	case p[0]>>4 == 4:
		return "ip"
	case p[0]>>4 == 6:
		return "ipv6"
	case len(p) > 1 && p[0] == 0 && p[1] == 0:
		return "eomcw"
	}
	return "eth"
}

package layers

import "moonwire/host/packet"

// The extension headers of IPv6. Each says what follows it in nh, by the numbers that ipv6.nh has.

func ip6Extensions() layerSet {
	return layerSet{
		protocols: []*packet.Protocol{
			optionsHeader("ipv6_hopopts", "IPv6 Hop-by-Hop options", "RFC 8200 section 4.3", "ipv6.hopopts", "IPv6ExtHdrHopByHop"),
			optionsHeader("ipv6_dest", "IPv6 Destination options", "RFC 8200 section 4.6", "ipv6.dstopts", "IPv6ExtHdrDestOpt"),
			routingHeader(),
			{
				Name: "ipv6_frag", Title: "IPv6 Fragment header", Source: "RFC 8200 section 4.5", Aliases: []string{"IPv6ExtHdrFragment"},
				Fields: []packet.Field{
					nextHeader("ipv6.fraghdr.nxt"),
					{Name: "res1", Bits: 8, Doc: "0", Wireshark: "ipv6.fraghdr.reserved_octet"},
					{Name: "offset", Bits: 13, Doc: "fragment offset in units of 8 bytes"},
					{Name: "res2", Bits: 2, Doc: "0", Wireshark: "ipv6.fraghdr.reserved_bits"},
					{Name: "m", Bits: 1, Doc: "1: more fragments", Wireshark: "ipv6.fraghdr.more"},
					{Name: "id", Bits: 32, Doc: "identification, the same in all fragments", Wireshark: "ipv6.fraghdr.ident"},
				},
				Select: []string{"nh"}, Uppers: "ipv6", Summary: inWords("id= offset= m="),
				Next: func(c packet.Context) string {
					if c.Uint("offset") != 0 {
						return "raw"
					}
					return ""
				},
			},
		},
		bindings: []packet.Binding{
			{Lower: "ipv6", Field: "nh", Value: 0, Upper: "ipv6_hopopts"},
			{Lower: "ipv6", Field: "nh", Value: 43, Upper: "ipv6_routing"},
			{Lower: "ipv6", Field: "nh", Value: 44, Upper: "ipv6_frag"},
			{Lower: "ipv6", Field: "nh", Value: 60, Upper: "ipv6_dest"},
		},
	}
}

func nextHeader(display string) packet.Field {
	return packet.Field{Name: "nh", Bits: 8, Kind: ipProtocols, Default: noNext, Auto: packet.Bound("nh"),
		Doc: "next header: what follows", Wireshark: display}
}

// extensionLen is the length of a header in units of 8 bytes, without the first 8.
func extensionLen(display string) packet.Field {
	return packet.Field{Name: "len", Bits: 8, Doc: "length of the header in units of 8 bytes, without the first", Wireshark: display,
		Auto: func(c packet.Context) uint64 { return (uint64(len(c.Header()))+7)/8 - 1 }}
}

// optionsHeader is a header of options; display is tshark's name for it.
func optionsHeader(name, title, source, display, alias string) *packet.Protocol {
	return &packet.Protocol{
		Name: name, Title: title, Source: source, Aliases: []string{alias},
		Fields: []packet.Field{
			nextHeader(display + ".nxt"),
			extensionLen(display + ".len"),
			{Name: "options", Kind: ip6Options, Default: []packet.Value{}, Size: "len*8+6",
				Doc: `options, as {{"router_alert", 0}, {"jumbo", 70000}}, or bytes; aligned and padded as RFC 8200 section 4.2 says, unless they have padding of their own`},
		},
		Select: []string{"nh"}, Uppers: "ipv6",
	}
}

// ip6Options are the options of hop-by-hop and destination headers (IANA, IPv6 Parameters).
var ip6Options = &packet.Options{
	Unit: 8, Base: 2, Named: true, Pad: padOptions, Place: placeOption,
	Items: []*packet.Protocol{
		{Name: "pad1", Fields: []packet.Field{{Name: "otype", Bits: 8, Default: uint64(0)}}},
		ip6Option("padn", 1, packet.Field{Name: "optdata", Kind: packet.Bytes, Size: "optlen"}),
		ip6Option("tunnel_limit", 4, packet.Field{Name: "limit", Bits: 8}),
		ip6Option("router_alert", 5, packet.Field{Name: "value", Bits: 16}),
		ip6Option("calipso", 7, packet.Field{Name: "optdata", Kind: packet.Bytes, Size: "optlen"}),
		ip6Option("smf_dpd", 8, packet.Field{Name: "optdata", Kind: packet.Bytes, Size: "optlen"}),
		ip6Option("quick_start", 0x26, packet.Field{Name: "func", Bits: 4}, packet.Field{Name: "rate", Bits: 4},
			packet.Field{Name: "ttl", Bits: 8}, packet.Field{Name: "nonce", Bits: 30}, reserved("res", 2)),
		ip6Option("mtu_record", 0x30, packet.Field{Name: "min", Bits: 16}, packet.Field{Name: "rtn", Bits: 15}, packet.Field{Name: "r", Bits: 1}),
		ip6Option("rpl", 0x63, packet.Field{Name: "o", Bits: 1}, packet.Field{Name: "r", Bits: 1}, packet.Field{Name: "f", Bits: 1},
			reserved("res", 5), packet.Field{Name: "instance", Bits: 8}, packet.Field{Name: "rank", Bits: 16}),
		ip6Option("jumbo", 0xc2, packet.Field{Name: "jumboplen", Bits: 32}),
		ip6Option("home_address", 0xc9, packet.Field{Name: "hoa", Bits: 128, Kind: packet.IPv6}),
	},
	Other: ip6Option("option", 0x1e, packet.Field{Name: "optdata", Kind: packet.Bytes, Size: "optlen"}),
}

func ip6Option(name string, kind uint64, fields ...packet.Field) *packet.Protocol {
	return &packet.Protocol{Name: name, Fields: append([]packet.Field{{Name: "otype", Bits: 8, Default: kind},
		{Name: "optlen", Bits: 8, Auto: func(c packet.Context) uint64 { return uint64(len(c.Header())) - 2 }}}, fields...)}
}

// padOptions appends Pad1 or PadN.
func padOptions(dst []byte, n int) []byte {
	if n == 1 {
		return append(dst, 0)
	}
	return append(append(dst, 1, byte(n-2)), make([]byte, n-2)...)
}

// placeOption is the alignment that an option's definition asks for: xn+y.
func placeOption(item *packet.Protocol) (unit, at int) {
	switch item.Name {
	case "router_alert":
		return 2, 0 // RFC 2711
	case "mtu_record":
		return 2, 0 // RFC 9268
	case "rpl":
		return 2, 0 // RFC 6553
	case "jumbo":
		return 4, 2 // RFC 2675
	case "calipso":
		return 4, 2 // RFC 5570
	case "home_address":
		return 8, 6 // RFC 6275
	}
	return 1, 0
}

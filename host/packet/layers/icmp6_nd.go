package layers

import "moonwire/host/packet"

// icmp6Discovery is neighbour discovery (RFC 4861 section 4) and its inverse (RFC 3122 section 2).
func icmp6Discovery() []packet.Field {
	const (
		rs, ra, ns, na, redirect = "type == 133", "type == 134", "type == 135", "type == 136", "type == 137"
		inverse                  = "type == 141 || type == 142"
		optioned                 = "type >= 133 && type <= 137 || type == 141 || type == 142 || type == 147"
	)
	return []packet.Field{
		{Name: "res", Bits: 32, When: rs, Doc: "0"},
		{Name: "chlim", Bits: 8, When: ra, Doc: "hop limit to use; 0: the router doesn't say", Wireshark: "icmpv6.nd.ra.cur_hop_limit"},
		{Name: "M", Bits: 1, When: ra, Doc: "1: addresses by DHCPv6", Wireshark: "icmpv6.nd.ra.flag.m"},
		{Name: "O", Bits: 1, When: ra, Doc: "1: other configuration by DHCPv6", Wireshark: "icmpv6.nd.ra.flag.o"},
		{Name: "H", Bits: 1, When: ra, Doc: "1: home agent (RFC 6275)", Wireshark: "icmpv6.nd.ra.flag.h"},
		{Name: "prf", Bits: 2, Kind: preferences, Default: uint64(1), When: ra, Doc: "preference of the router (RFC 4191)", Wireshark: "icmpv6.nd.ra.flag.prf"},
		{Name: "P", Bits: 1, When: ra, Doc: "1: proxy (RFC 4389)", Wireshark: "icmpv6.nd.ra.flag.p"},
		{Name: "res", Bits: 2, When: ra, Doc: "0"},
		{Name: "routerlifetime", Bits: 16, Default: uint64(1800), When: ra, Doc: "seconds as default router; 0: it is none", Wireshark: "icmpv6.nd.ra.router_lifetime"},
		{Name: "reachabletime", Bits: 32, When: ra, Doc: "milliseconds that a neighbour counts as reachable; 0: the router doesn't say", Wireshark: "icmpv6.nd.ra.reachable_time"},
		{Name: "retranstimer", Bits: 32, When: ra, Doc: "milliseconds between solicitations; 0: the router doesn't say", Wireshark: "icmpv6.nd.ra.retrans_timer"},
		{Name: "res", Bits: 32, When: ns, Doc: "0"},
		{Name: "R", Bits: 1, Default: uint64(1), When: na, Doc: "1: a router", Wireshark: "icmpv6.nd.na.flag.r"},
		{Name: "S", Bits: 1, When: na, Doc: "1: solicited", Wireshark: "icmpv6.nd.na.flag.s"},
		{Name: "O", Bits: 1, Default: uint64(1), When: na, Doc: "1: override what is known", Wireshark: "icmpv6.nd.na.flag.o"},
		{Name: "res", Bits: 29, When: na, Doc: "0"},
		{Name: "res", Bits: 32, When: redirect, Doc: "0"},
		{Name: "tgt", Bits: 128, Kind: packet.IPv6, When: ns, Doc: "address that is asked for", Wireshark: "icmpv6.nd.ns.target_address"},
		{Name: "tgt", Bits: 128, Kind: packet.IPv6, When: na, Doc: "address that is told", Wireshark: "icmpv6.nd.na.target_address"},
		{Name: "tgt", Bits: 128, Kind: packet.IPv6, When: redirect, Doc: "better first hop", Wireshark: "icmpv6.nd.rd.target_address"},
		{Name: "dst", Bits: 128, Kind: packet.IPv6, When: redirect, Doc: "destination it is for", Wireshark: "icmpv6.rd.na.destination_address"},
		{Name: "reserved", Bits: 32, When: inverse, Doc: "0"},
		{Name: "id", Bits: 16, When: "type == 147", Doc: "identifier, as sent in the request"},
		{Name: "flags", Bits: 2, Default: uint64(2), When: "type == 147", Doc: "2: managed, 1: other configuration"},
		{Name: "res", Bits: 14, When: "type == 147", Doc: "0"},
		{Name: "options", Kind: ndOptions, Default: []packet.Value{}, When: optioned,
			Doc: `options, as {{"src_lladdr", "02:00:00:00:00:01"}, {"prefix", prefixlen=64, prefix="2001:db8::"}, {"mtu", 1400}}; others by number`},
	}
}

// preferences are those of RFC 4191 section 2.1.
var preferences = packet.Named(map[uint64]string{0: "medium", 1: "high", 2: "reserved", 3: "low"})

// ndOptions are the options of neighbour discovery (IANA, ICMPv6 Parameters); their length counts 8 bytes.
var ndOptions = &packet.Options{
	Named: true,
	Items: []*packet.Protocol{
		ndOption("src_lladdr", 1, lladdr("lladdr")),
		ndOption("dst_lladdr", 2, lladdr("lladdr")),
		ndOption("prefix", 3,
			packet.Field{Name: "prefixlen", Bits: 8, Default: uint64(64)},
			packet.Field{Name: "L", Bits: 1, Default: uint64(1)}, packet.Field{Name: "A", Bits: 1, Default: uint64(1)}, packet.Field{Name: "R", Bits: 1}, reserved("res1", 5),
			forever("validlifetime"), forever("preferredlifetime"),
			reserved("res2", 32), packet.Field{Name: "prefix", Bits: 128, Kind: packet.IPv6}),
		ndOption("redirected", 4, reserved("res", 48), bytesOf("pkt", "len*8-8"), padding8),
		ndOption("mtu", 5, reserved("res", 16), packet.Field{Name: "mtu", Bits: 32, Default: uint64(1280)}),
		ndOption("shortcut_limit", 6, packet.Field{Name: "shortcutlim", Bits: 8, Default: uint64(40)}, reserved("res", 40)),
		ndOption("adv_interval", 7, reserved("res", 16), packet.Field{Name: "advint", Bits: 32}),
		ndOption("home_agent", 8, reserved("res", 16), packet.Field{Name: "pref", Bits: 16}, packet.Field{Name: "lifetime", Bits: 16, Default: uint64(1)}),
		ndOption("src_addrs", 9, reserved("res", 48), addresses6("addrlist", "len*8-8")),
		ndOption("dst_addrs", 10, reserved("res", 48), addresses6("addrlist", "len*8-8")),
		ndOption("nonce", 14, bytesOf("nonce", "len*8-2"), padding8),
		ndOption("route", 24, packet.Field{Name: "plen", Bits: 8, Default: uint64(64)}, reserved("res1", 3), packet.Field{Name: "prf", Bits: 2, Kind: preferences},
			reserved("res2", 3), forever("rtlifetime"),
			packet.Field{Name: "prefix", Bits: 128, Kind: packet.IPv6, When: "len == 0 || len > 2"},
			packet.Field{Name: "prefix", Bits: 64, Kind: prefix64{}, When: "len == 2"}),
		ndOption("rdnss", 25, reserved("res", 16), forever("lifetime"), addresses6("dns", "len*8-8")),
		ndOption("flags", 26, packet.Field{Name: "flags", Bits: 48}),
		ndOption("dnssl", 31, reserved("res", 16), forever("lifetime"), packet.Field{Name: "searchlist", Kind: domains{}, Size: "len*8-8"}, padding8),
		ndOption("captive_portal", 37, bytesOf("uri", "len*8-2"), padding8),
	},
	Other: ndOption("option", 253, bytesOf("data", "len*8-2"), padding8),
}

func ndOption(name string, kind uint64, fields ...packet.Field) *packet.Protocol {
	return &packet.Protocol{Name: name, Fields: append([]packet.Field{{Name: "type", Bits: 8, Default: kind},
		{Name: "len", Bits: 8, Auto: packet.HeaderLen(8)}}, fields...)}
}

// padding8 fills an option up to a whole number of 8 bytes.
var padding8 = packet.Field{Name: "pad", Kind: packet.Bytes, Pad: 8}

func lladdr(name string) packet.Field {
	return packet.Field{Name: name, Kind: hardware{}, Size: "len*8-2", Default: packet.MAC{}}
}

// forever is a lifetime in seconds whose default has no end.
func forever(name string) packet.Field {
	return packet.Field{Name: name, Bits: 32, Default: uint64(1<<32 - 1)}
}

func bytesOf(name, size string) packet.Field {
	return packet.Field{Name: name, Kind: packet.Bytes, Size: size}
}

func addresses6(name, size string) packet.Field {
	return packet.Field{Name: name, Kind: packet.Array{Kind: packet.IPv6, Bits: 128}, Size: size}
}

// reserved is bits without meaning, which an option's entry has only when they are not zero.
func reserved(name string, bits int) packet.Field {
	return packet.Field{Name: name, Bits: bits, Auto: func(packet.Context) uint64 { return 0 }}
}

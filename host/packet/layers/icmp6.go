package layers

import "moonwire/host/packet"

func icmp6() layerSet {
	return layerSet{
		protocols: []*packet.Protocol{{
			Name: "icmp6", Title: "Internet Control Message Protocol version 6", Source: "RFC 4443, RFC 4861, RFC 2710, RFC 3810", Aliases: []string{"ICMPv6", "icmpv6"}, Particular: true,
			Fields: append(append(icmp6Basics(), icmp6Discovery()...), append(icmp6Listeners(), icmp6Others()...)...),
			Next:   icmp6Quote, End: icmp6End, Trailer: icmpTrailer,
			Summary: typed,
		}},
		bindings: []packet.Binding{{Lower: "ipv6", Field: "nh", Value: 58, Upper: "icmp6"}},
	}
}

// icmp6Basics are the header, the errors and echo (RFC 4443).
func icmp6Basics() []packet.Field {
	const (
		echo       = "type == 128 || type == 129"
		extendable = "type == 1 || type == 3" // RFC 4884 section 4
	)
	return []packet.Field{
		{Name: "type", Bits: 8, Kind: icmp6Types, Default: uint64(128), Doc: "kind of message", Wireshark: "icmpv6.type"},
		{Name: "code", Bits: 8, Kind: icmp6Codes, Doc: "what exactly, by type", Wireshark: "icmpv6.code"},
		{Name: "cksum", Bits: 16, Kind: packet.Hex, Auto: packet.PseudoChecksum(58), Late: true,
			Doc: "Internet checksum of pseudo header and message", Wireshark: "icmpv6.checksum"},
		{Name: "id", Bits: 16, When: echo, Doc: "identifier, as sent in the request", Wireshark: "icmpv6.echo.identifier"},
		{Name: "seq", Bits: 16, When: echo, Doc: "sequence number, as sent in the request", Wireshark: "icmpv6.echo.sequence_number"},
		{Name: "length", Bits: 8, When: extendable, Auto: quotedLen(8), Doc: "length of the quoted datagram in 64-bit words, when extensions follow (RFC 4884)"},
		{Name: "unused", Bits: 24, When: extendable, Doc: "0"},
		{Name: "mtu", Bits: 32, When: "type == 2", Default: uint64(1280), Doc: "MTU of the next hop in bytes", Wireshark: "icmpv6.mtu"},
		{Name: "ptr", Bits: 32, When: "type == 4", Default: uint64(6), Doc: "byte of the quoted datagram that is wrong", Wireshark: "icmpv6.pointer"},
	}
}

// icmp6Listeners are multicast listener discovery, versions 1 and 2, and multicast router discovery.
func icmp6Listeners() []packet.Field {
	const (
		mld     = "type >= 130 && type <= 132"
		query2  = "type == 130 && rest >= 4" // longer than in version 1 (RFC 3810 section 8.1)
		report2 = "type == 143"
		router  = "type == 151"
	)
	return []packet.Field{
		{Name: "mrd", Bits: 16, When: "type == 130", Default: uint64(10000), Doc: "longest time before an answer in milliseconds"},
		{Name: "mrd", Bits: 16, When: "type == 131 || type == 132", Doc: "0"},
		{Name: "reserved", Bits: 16, When: mld, Doc: "0"},
		{Name: "mladdr", Bits: 128, Kind: packet.IPv6, When: mld, Doc: "multicast address; :: in a general query", Wireshark: "icmpv6.mld.multicast_address"},
		{Name: "Resv", Bits: 4, When: query2, Doc: "0"},
		{Name: "S", Bits: 1, When: query2, Doc: "1: routers shall not restart their timers", Wireshark: "icmpv6.mld.flag.s"},
		{Name: "QRV", Bits: 3, When: query2, Doc: "querier's robustness", Wireshark: "icmpv6.mld.flag.qrv"},
		{Name: "QQIC", Bits: 8, When: query2, Doc: "querier's interval in seconds", Wireshark: "icmpv6.mld.qqi"},
		{Name: "sources_number", Bits: 16, When: query2, Auto: packet.CountOf("sources"), Doc: "number of sources", Wireshark: "icmpv6.mld.nb_sources"},
		{Name: "sources", Kind: packet.Array{Kind: packet.IPv6, Bits: 128}, When: query2, Size: "sources_number*16", Doc: "sources asked for; a query that has them is of version 2"},
		{Name: "reserved", Bits: 16, When: report2, Doc: "0"},
		{Name: "records_number", Bits: 16, When: report2, Auto: packet.CountOf("records"), Doc: "number of address records", Wireshark: "icmpv6.mldr.nb_mcast_records"},
		{Name: "records", When: report2, Kind: &packet.ListOf{Item: listenerRecord, Count: "records_number"}, Doc: `address records, as {{rtype=4, dst="ff02::1:2", sources={}}}`},
		{Name: "queryint", Bits: 16, When: router, Doc: "query interval in seconds", Wireshark: "icmpv6.mcast_ra.query_interval"},
		{Name: "robustness", Bits: 16, When: router, Doc: "robustness variable", Wireshark: "icmpv6.mcast_ra.robustness_variable"},
	}
}

// listenerRecord is an entry of a version 2 report (RFC 3810 section 5.2).
var listenerRecord = &packet.Protocol{Name: "address record", Fields: []packet.Field{
	{Name: "rtype", Bits: 8, Kind: recordTypes, Default: uint64(4), Doc: "what the record says"},
	{Name: "auxdata_len", Bits: 8, Auto: func(c packet.Context) uint64 { return packet.FieldLen("auxdata")(c) / 4 }, Doc: "length of the auxiliary data in 32-bit words"},
	{Name: "sources_number", Bits: 16, Auto: packet.CountOf("sources"), Doc: "number of sources"},
	{Name: "dst", Bits: 128, Kind: packet.IPv6, Doc: "multicast address"},
	{Name: "sources", Kind: packet.Array{Kind: packet.IPv6, Bits: 128}, Size: "sources_number*16", Doc: "sources"},
	{Name: "auxdata", Kind: packet.Bytes, Size: "auxdata_len*4", Doc: "auxiliary data"},
}}

// icmp6Others are node information (RFC 4620) and mobility (RFC 6275 section 6.5 to 6.8).
func icmp6Others() []packet.Field {
	const (
		info     = "type == 139 || type == 140"
		mobile   = "type >= 144 && type <= 146"
		anycast  = "type == 144 || type == 145"
		response = "type == 145"
	)
	return []packet.Field{
		{Name: "qtype", Bits: 16, When: info, Doc: "what is asked; 2: name, 3: IPv6 addresses, 4: IPv4 addresses"},
		{Name: "unused", Bits: 10, When: info, Doc: "0"},
		{Name: "flags", Bits: 6, Kind: packet.Flagged("T A C L S G"), When: info, Doc: "flags by qtype"},
		{Name: "nonce", Bits: 64, Kind: packet.Bytes, When: info, Doc: "as sent in the query"},
		{Name: "data", Kind: packet.Bytes, When: info, Doc: "body by qtype"},
		{Name: "id", Bits: 16, When: mobile, Doc: "identifier, as sent in the request"},
		{Name: "R", Bits: 1, Default: uint64(1), When: anycast, Doc: "1: a mobile router asks"},
		{Name: "res", Bits: 15, When: anycast, Doc: "0"},
		{Name: "addresses", Kind: packet.Array{Kind: packet.IPv6, Bits: 128}, When: response, Doc: "home agents"},
		{Name: "res", Bits: 16, When: "type == 146", Doc: "0"},
	}
}

// icmp6Types names type (IANA, ICMPv6 Parameters).
var icmp6Types = packet.Named(map[uint64]string{
	1: "dest-unreach", 2: "packet-too-big", 3: "time-exceeded", 4: "parameter-problem", 128: "echo-request", 129: "echo-reply",
	130: "mld-query", 131: "mld-report", 132: "mld-done", 133: "rs", 134: "ra", 135: "ns", 136: "na", 137: "redirect",
	138: "router-renumbering", 139: "ni-query", 140: "ni-reply", 141: "inverse-solicitation", 142: "inverse-advertisement",
	143: "mld2-report", 144: "haad-request", 145: "haad-reply", 146: "mobile-prefix-solicitation", 147: "mobile-prefix-advertisement",
	151: "mrd-advertisement", 152: "mrd-solicitation", 153: "mrd-termination", 155: "rpl",
})

package layers

import "moonwire/host/packet"

// icmpEchoLike holds for the questions and answers.
const icmpEchoLike = "type == 0 || type == 8 || type >= 13 && type <= 18 || type == 37 || type == 38"

func icmp() layerSet {
	const (
		stamps      = "type == 13 || type == 14"
		extendable  = "type == 3 || type == 11 || type == 12" // RFC 4884 section 4
		routers     = "type == 9"
		traceroute  = "type == 30"
		probe       = "type == 42 || type == 43" // RFC 8335
		unspecified = "type == 4 || type == 6 || type == 7 || type == 10 || type >= 19 && type <= 29 || type >= 31 && type <= 36 || type == 39 || type == 41 || type >= 44"
	)
	return layerSet{
		protocols: []*packet.Protocol{{
			Name: "icmp", Title: "Internet Control Message Protocol", Source: "RFC 792", Aliases: []string{"ICMP", "ICMPerror"},
			Fields: []packet.Field{
				{Name: "type", Bits: 8, Kind: icmpTypes, Default: uint64(8), Doc: "kind of message", Wireshark: "icmp.type"},
				{Name: "code", Bits: 8, Kind: icmpCodes, Doc: "what exactly, by type", Wireshark: "icmp.code"},
				{Name: "chksum", Bits: 16, Kind: packet.Hex, Auto: packet.WholeChecksum, Late: true,
					Doc: "Internet checksum of the message", Wireshark: "icmp.checksum"},
				{Name: "id", Bits: 16, When: icmpEchoLike, Doc: "identifier, as sent in the request", Wireshark: "icmp.ident"},
				{Name: "seq", Bits: 16, When: icmpEchoLike, Doc: "sequence number, as sent in the request", Wireshark: "icmp.seq"},
				{Name: "ts_ori", Bits: 32, When: stamps, Doc: "when the request was sent, in milliseconds since midnight UT", Wireshark: "icmp.originate_timestamp"},
				{Name: "ts_rx", Bits: 32, When: stamps, Doc: "when it was received", Wireshark: "icmp.receive_timestamp"},
				{Name: "ts_tx", Bits: 32, When: stamps, Doc: "when the reply was sent", Wireshark: "icmp.transmit_timestamp"},
				{Name: "gw", Bits: 32, Kind: packet.IPv4, When: "type == 5", Doc: "gateway to use", Wireshark: "icmp.redir_gw"},
				{Name: "ptr", Bits: 8, When: "type == 12", Doc: "byte of the quoted datagram that is wrong", Wireshark: "icmp.pointer"},
				{Name: "reserved", Bits: 8, When: "type == 3 || type == 11", Doc: "0"},
				{Name: "length", Bits: 8, When: extendable, Auto: quotedLen(4), Doc: "length of the quoted datagram in 32-bit words, when extensions follow (RFC 4884)"},
				{Name: "addr_mask", Bits: 32, Kind: packet.IPv4, When: "type == 17 || type == 18", Doc: "address mask (RFC 950)", Wireshark: "icmp.address_mask"},
				{Name: "nexthopmtu", Bits: 16, When: "type == 3", Doc: "MTU of the next hop in bytes, with code 4 (RFC 1191)", Wireshark: "icmp.mtu"},
				{Name: "unused", Bits: 16, When: "type == 11 || type == 12", Doc: "0"},
				{Name: "numaddrs", Bits: 8, When: routers, Auto: packet.CountOf("addresses"), Doc: "number of addresses (RFC 1256)", Wireshark: "icmp.num_addrs"},
				{Name: "entrysize", Bits: 8, When: routers, Default: uint64(2), Doc: "32-bit words of an address", Wireshark: "icmp.addr_entry_size"},
				{Name: "lifetime", Bits: 16, When: routers, Default: uint64(1800), Doc: "seconds that the addresses are good for", Wireshark: "icmp.lifetime"},
				{Name: "addresses", When: routers, Kind: &packet.ListOf{Item: routerAddress, Count: "numaddrs"}, Doc: `routers, as {{addr="10.0.0.1", pref=0}}`},
				{Name: "tid", Bits: 16, When: traceroute, Doc: "identifier of the traceroute option (RFC 1393)"},
				{Name: "unused", Bits: 16, When: traceroute, Doc: "0"},
				{Name: "outhops", Bits: 16, When: traceroute, Doc: "hops that the outbound packet passed"},
				{Name: "rethops", Bits: 16, When: traceroute, Doc: "hops that the return packet passed"},
				{Name: "speed", Bits: 32, When: traceroute, Doc: "speed of the output link in bytes a second"},
				{Name: "mtu", Bits: 32, When: traceroute, Doc: "MTU of the output link in bytes"},
				{Name: "reserved", Bits: 16, When: "type == 40", Doc: "0 (RFC 2521)"},
				{Name: "ptr", Bits: 16, When: "type == 40", Doc: "byte of the quoted datagram that is wrong"},
				{Name: "id", Bits: 16, When: probe, Doc: "identifier, as sent in the request", Wireshark: "icmp.ident"},
				{Name: "seq", Bits: 8, When: probe, Doc: "sequence number, as sent in the request"},
				{Name: "reserved", Bits: 7, When: "type == 42", Doc: "0"},
				{Name: "local", Bits: 1, When: "type == 42", Doc: "1: the interface is one of the node itself"},
				{Name: "state", Bits: 3, When: "type == 43", Doc: "state of the neighbour entry, 2: reachable"},
				{Name: "reserved", Bits: 2, When: "type == 43", Doc: "0"},
				{Name: "active", Bits: 1, When: "type == 43", Doc: "1: the interface is active"},
				{Name: "ipv4", Bits: 1, When: "type == 43", Doc: "1: IPv4 runs on it"},
				{Name: "ipv6", Bits: 1, When: "type == 43", Doc: "1: IPv6 runs on it"},
				{Name: "unused", Bits: 32, When: unspecified, Doc: "what the standard leaves open"},
			},
			Next: icmpQuote, End: icmpEnd, Trailer: icmpTrailer, Summary: typed,
		}},
		bindings: []packet.Binding{{Lower: "ip", Field: "proto", Value: 1, Upper: "icmp"}},
	}
}

// routerAddress is an entry of a router advertisement (RFC 1256 section 3).
var routerAddress = &packet.Protocol{Name: "router address", Fields: []packet.Field{
	{Name: "addr", Bits: 32, Kind: packet.IPv4, Doc: "address of a router"},
	{Name: "pref", Bits: 32, Kind: packet.Signed, Doc: "preference, higher is better"},
}}

// icmpTypes names type (IANA, ICMP Parameters).
var icmpTypes = packet.Named(map[uint64]string{
	0: "echo-reply", 3: "dest-unreach", 4: "source-quench", 5: "redirect", 8: "echo-request", 9: "router-advertisement",
	10: "router-solicitation", 11: "time-exceeded", 12: "parameter-problem", 13: "timestamp-request", 14: "timestamp-reply",
	15: "information-request", 16: "information-response", 17: "address-mask-request", 18: "address-mask-reply",
	30: "traceroute", 31: "datagram-conversion-error", 32: "mobile-host-redirect", 33: "ipv6-where-are-you",
	34: "ipv6-i-am-here", 35: "mobile-registration-request", 36: "mobile-registration-reply", 37: "domain-name-request",
	38: "domain-name-reply", 39: "skip", 40: "photuris", 42: "extended-echo-request", 43: "extended-echo-reply",
})

package layers

import "moonwire/host/packet"

func icmp6() layerSet {
	return layerSet{
		protocols: []*packet.Protocol{{
			Name: "icmp6", Title: "Internet Control Message Protocol version 6", Source: "RFC 4443", Aliases: []string{"ICMPv6", "icmpv6"},
			Summary: message,
			Fields: []packet.Field{
				{Name: "type", Bits: 8, Kind: icmp6Types, Default: uint64(128), Doc: "kind of message", Wireshark: "icmpv6.type"},
				{Name: "code", Bits: 8, Doc: "what exactly, by type", Wireshark: "icmpv6.code"},
				{Name: "cksum", Bits: 16, Kind: packet.Hex, Auto: packet.PseudoChecksum(58), Late: true,
					Doc: "Internet checksum of pseudo header and message", Wireshark: "icmpv6.checksum"},
				{Name: "id", Bits: 16, When: "type == 128 || type == 129", Doc: "identifier, as sent in the request", Wireshark: "icmpv6.echo.identifier"},
				{Name: "seq", Bits: 16, When: "type == 128 || type == 129", Doc: "sequence number, as sent in the request", Wireshark: "icmpv6.echo.sequence_number"},
			},
		}},
		bindings: []packet.Binding{{Lower: "ipv6", Field: "nh", Value: 58, Upper: "icmp6"}},
	}
}

// icmp6Types names type (IANA, ICMPv6 Parameters).
var icmp6Types = packet.Named(map[uint64]string{
	1: "dest-unreach", 2: "packet-too-big", 3: "time-exceeded", 4: "parameter-problem", 128: "echo-request", 129: "echo-reply",
})

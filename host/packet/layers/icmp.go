package layers

import "moonwire/host/packet"

func icmp() layerSet {
	return layerSet{
		protocols: []*packet.Protocol{{
			Name: "icmp", Title: "Internet Control Message Protocol", Source: "RFC 792", Aliases: []string{"ICMP"},
			Summary: message,
			Fields: []packet.Field{
				{Name: "type", Bits: 8, Kind: icmpTypes, Default: uint64(8), Doc: "kind of message", Wireshark: "icmp.type"},
				{Name: "code", Bits: 8, Doc: "what exactly, by type", Wireshark: "icmp.code"},
				{Name: "chksum", Bits: 16, Kind: packet.Hex, Auto: packet.WholeChecksum, Late: true,
					Doc: "Internet checksum of the message", Wireshark: "icmp.checksum"},
				{Name: "id", Bits: 16, When: icmpHasID, Doc: "identifier, as sent in the request", Wireshark: "icmp.ident"},
				{Name: "seq", Bits: 16, When: icmpHasID, Doc: "sequence number, as sent in the request", Wireshark: "icmp.seq"},
				{Name: "reserved", Bits: 8, When: "type == 3 || type == 11", Doc: "0"},
				{Name: "length", Bits: 8, When: "type == 3 || type == 11", Doc: "length of the quoted datagram in 32-bit words, when extensions follow (RFC 4884)", Wireshark: "icmp.length"},
				{Name: "nexthopmtu", Bits: 16, When: "type == 3", Doc: "MTU of the next hop in bytes, with code 4 (RFC 1191)", Wireshark: "icmp.mtu"},
				{Name: "unused", Bits: 16, When: "type == 11", Doc: "0"},
			},
			Next: icmpQuote,
		}},
		bindings: []packet.Binding{{Lower: "ip", Field: "proto", Value: 1, Upper: "icmp"}},
	}
}

// icmpHasID holds for the questions and answers.
const icmpHasID = "type == 0 || type == 8 || type >= 13 && type <= 18 || type == 37 || type == 38"

// icmpTypes names type (IANA, ICMP Parameters).
var icmpTypes = packet.Named(map[uint64]string{
	0: "echo-reply", 3: "dest-unreach", 4: "source-quench", 5: "redirect", 8: "echo-request", 9: "router-advertisement",
	10: "router-solicitation", 11: "time-exceeded", 12: "parameter-problem", 13: "timestamp-request", 14: "timestamp-reply",
	15: "information-request", 16: "information-response", 17: "address-mask-request", 18: "address-mask-reply",
	30: "traceroute", 31: "datagram-conversion-error", 32: "mobile-host-redirect", 33: "ipv6-where-are-you",
	34: "ipv6-i-am-here", 35: "mobile-registration-request", 36: "mobile-registration-reply", 37: "domain-name-request",
	38: "domain-name-reply", 39: "skip", 40: "photuris",
})

// icmpQuote reads what an error quotes: the datagram that caused it, as layers behind this one. So p.ip is the error's
// own header and the second ip layer is the quoted one, cut short where the router cut it.
func icmpQuote(c packet.Context) string {
	switch c.Uint("type") {
	case 3, 4, 5, 11, 12:
		return "ip"
	}
	return ""
}

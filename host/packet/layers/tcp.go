package layers

import "moonwire/host/packet"

func tcp() layerSet {
	return layerSet{
		protocols: []*packet.Protocol{
			{
				Name: "tcp", Title: "Transmission Control Protocol", Source: "RFC 9293 section 3.1", Aliases: []string{"TCP"},
				Fields: []packet.Field{
					{Name: "sport", Bits: 16, Default: uint64(20), Auto: packet.Bound("sport"), Doc: "source port", Wireshark: "tcp.srcport"},
					{Name: "dport", Bits: 16, Default: uint64(80), Auto: packet.Bound("dport"), Doc: "destination port", Wireshark: "tcp.dstport"},
					{Name: "seq", Bits: 32, Doc: "sequence number of the first data byte", Wireshark: "tcp.seq_raw"},
					{Name: "ack", Bits: 32, Doc: "next sequence number expected", Wireshark: "tcp.ack_raw"},
					{Name: "dataofs", Bits: 4, Auto: packet.HeaderLen(4), Doc: "length of the header in 32-bit words"},
					{Name: "reserved", Bits: 3, Doc: "reserved bits"},
					{Name: "flags", Bits: 9, Kind: packet.Flagged("FSRPAUECN"), Default: "S", Doc: "control bits", Wireshark: "tcp.flags"},
					{Name: "window", Bits: 16, Default: uint64(8192), Doc: "bytes the sender is willing to take", Wireshark: "tcp.window_size_value"},
					{Name: "chksum", Bits: 16, Kind: packet.Hex, Auto: packet.PseudoChecksum(6), Late: true,
						Doc: "Internet checksum of pseudo header, header and data", Wireshark: "tcp.checksum"},
					{Name: "urgptr", Bits: 16, Doc: "end of the urgent data, counted from seq", Wireshark: "tcp.urgent_pointer"},
					{Name: "options", Kind: tcpOptions, Size: "dataofs*4-20",
						Doc: `options, as {{"mss", 1460}, {"sackok"}, {"timestamp", 1, 0}, {"nop"}, {"wscale", 7}}; others by number: {253, "bytes"}; padded to whole words`},
				},
				Select: []string{"dport", "sport"}, Variant: tcpQuoted, Summary: ports,
			},
			{
				Name: "tcperror", Title: "TCP header that was cut short, as ICMP errors quote it", Source: "RFC 792", Aliases: []string{"TCPerror"},
				Fields: []packet.Field{
					{Name: "sport", Bits: 16, Default: uint64(20), Doc: "source port", Wireshark: "tcp.srcport"},
					{Name: "dport", Bits: 16, Default: uint64(80), Doc: "destination port", Wireshark: "tcp.dstport"},
					{Name: "seq", Bits: 32, Doc: "sequence number of the first data byte"},
				},
				Summary: ports,
			},
		},
		bindings: []packet.Binding{
			{Lower: "ip", Field: "proto", Value: 6, Upper: "tcp"},
			{Lower: "ip", Field: "proto", Value: 6, Upper: "tcperror", BuildOnly: true},
			{Lower: "ipv6", Field: "nh", Value: 6, Upper: "tcp"},
			{Lower: "ipv6", Field: "nh", Value: 6, Upper: "tcperror", BuildOnly: true},
		},
	}
}

// tcpQuoted leaves headers to tcperror of which only the first bytes are there. A router quotes at least eight.
func tcpQuoted(b []byte) string {
	if len(b) >= 8 && (len(b) < 20 || len(b) < int(b[12]>>4)*4) {
		return "tcperror"
	}
	return ""
}

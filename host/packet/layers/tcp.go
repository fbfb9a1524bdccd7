package layers

import "moonwire/host/packet"

func tcp() layerSet {
	return layerSet{
		protocols: []*packet.Protocol{{
			Name: "tcp", Title: "Transmission Control Protocol", Source: "RFC 9293 section 3.1", Aliases: []string{"TCP"},
			Summary: ports,
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
					Doc: `options, as {{"mss", 1460}, {"sackok"}, {"timestamp", 1, 0}, {"nop"}, {"wscale", 7}}; others by number: {253, "bytes"}`},
			},
			Select: []string{"dport", "sport"},
		}},
		bindings: []packet.Binding{
			{Lower: "ip", Field: "proto", Value: 6, Upper: "tcp"},
			{Lower: "ipv6", Field: "nh", Value: 6, Upper: "tcp"},
		},
	}
}

// tcpOptions are the kinds of RFC 9293 section 3.2 and of IANA's list, padded with zeros (end of list).
var tcpOptions = &packet.Options{
	Unit: 4,
	Items: []*packet.Protocol{
		tcpOption("eol", 0),
		tcpOption("nop", 1),
		tcpOption("mss", 2, packet.Field{Name: "mss", Bits: 16}),
		tcpOption("wscale", 3, packet.Field{Name: "shift", Bits: 8}),
		tcpOption("sackok", 4, packet.Field{Name: "value", Kind: packet.Bytes, Size: "len-2"}),
		tcpOption("sack", 5, packet.Field{Name: "edges", Kind: packet.Array{Bits: 32}, Size: "len-2"}),
		tcpOption("timestamp", 8, packet.Field{Name: "tsval", Bits: 32}, packet.Field{Name: "tsecr", Bits: 32}),
		tcpOption("md5", 19, packet.Field{Name: "digest", Bits: 128, Kind: packet.Bytes}),
		tcpOption("uto", 28, packet.Field{Name: "timeout", Bits: 16}),
		tcpOption("ao", 29, packet.Field{Name: "value", Kind: packet.Bytes, Size: "len-2"}),
		tcpOption("tfo", 34, packet.Field{Name: "cookie", Kind: packet.Bytes, Size: "len-2"}),
	},
	Other: tcpOption("option", 253, packet.Field{Name: "value", Kind: packet.Bytes, Size: "len-2"}),
}

// tcpOption is one kind; those without fields are a single byte.
func tcpOption(name string, kind uint64, fields ...packet.Field) *packet.Protocol {
	head := []packet.Field{{Name: "type", Bits: 8, Default: kind}}
	if kind > 1 {
		head = append(head, packet.Field{Name: "len", Bits: 8, Auto: packet.TotalLen})
	}
	return &packet.Protocol{Name: name, Fields: append(head, fields...)}
}

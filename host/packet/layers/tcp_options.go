package layers

import "moonwire/host/packet"

// tcpOptions are the kinds of RFC 9293 section 3.2 and of IANA's list, padded with zeros (end of list).
var tcpOptions = &packet.Options{
	Unit: 4,
	Items: []*packet.Protocol{
		byteOption("eol", 0),
		byteOption("nop", 1),
		tcpOption("mss", 2, packet.Field{Name: "mss", Bits: 16}),
		tcpOption("wscale", 3, packet.Field{Name: "shift", Bits: 8}),
		tcpOption("sackok", 4),
		tcpOption("sack", 5, packet.Field{Name: "edges", Kind: packet.Array{Bits: 32}, Size: "len-2"}),
		tcpOption("timestamp", 8, packet.Field{Name: "tsval", Bits: 32}, packet.Field{Name: "tsecr", Bits: 32}),
		tcpOption("altchksum", 14, packet.Field{Name: "algorithm", Bits: 8}, packet.Field{Name: "sum", Bits: 16}),
		tcpOption("md5", 19, packet.Field{Name: "digest", Bits: 128, Kind: packet.Bytes}),
		tcpOption("mood", 25, packet.Field{Name: "mood", Kind: packet.Bytes, Size: "len-2"}),
		tcpOption("uto", 28, packet.Field{Name: "timeout", Bits: 16}),
		tcpOption("ao", 29, packet.Field{Name: "keyid", Bits: 8}, packet.Field{Name: "rnextkeyid", Bits: 8},
			packet.Field{Name: "mac", Kind: packet.Bytes, Size: "len-4"}),
		tcpOption("tfo", 34, packet.Field{Name: "cookie", Kind: packet.Bytes, Size: "len-2"}),
		tcpOption("exp1", 253, packet.Field{Name: "value", Kind: packet.Bytes, Size: "len-2"}),
		tcpOption("exp2", 254, packet.Field{Name: "value", Kind: packet.Bytes, Size: "len-2"}),
	},
	Other: tcpOption("option", 252, packet.Field{Name: "value", Kind: packet.Bytes, Size: "len-2"}),
}

// tcpOption is a kind of more than one byte.
func tcpOption(name string, kind uint64, fields ...packet.Field) *packet.Protocol {
	return &packet.Protocol{Name: name, Fields: append([]packet.Field{{Name: "type", Bits: 8, Default: kind},
		{Name: "len", Bits: 8, Auto: packet.TotalLen}}, fields...)}
}

package layers

import "moonwire/host/packet"

// routingHeader has the types 0 (source route, RFC 2460), 2 (home address, RFC 6275), 3 (RPL, RFC 6554) and 4
// (segments, RFC 8754); the body of others is bytes.
func routingHeader() *packet.Protocol {
	const (
		plain = "type == 0 || type == 2"
		rpl   = "type == 3"
		srh   = "type == 4"
	)
	addresses := packet.Array{Kind: packet.IPv6, Bits: 128}
	return &packet.Protocol{
		Name: "ipv6_routing", Title: "IPv6 Routing header", Source: "RFC 8200 section 4.4",
		Aliases: []string{"IPv6ExtHdrRouting", "IPv6ExtHdrSegmentRouting"},
		Fields: []packet.Field{
			nextHeader("ipv6.routing.nxt"),
			extensionLen("ipv6.routing.len"),
			{Name: "type", Bits: 8, Doc: "0: source route, 2: home address, 3: RPL, 4: segments", Wireshark: "ipv6.routing.type"},
			{Name: "segleft", Bits: 8, Auto: segmentsLeft, Doc: "addresses still to be visited", Wireshark: "ipv6.routing.segleft"},
			{Name: "reserved", Bits: 32, When: plain, Doc: "0"},
			{Name: "addresses", Kind: addresses, When: plain, Size: "len*8", Doc: "addresses to visit, in order"},
			{Name: "cmpri", Bits: 4, When: rpl, Doc: "leading bytes left out of all addresses but the last", Wireshark: "ipv6.routing.rpl.cmprI"},
			{Name: "cmpre", Bits: 4, When: rpl, Doc: "leading bytes left out of the last address", Wireshark: "ipv6.routing.rpl.cmprE"},
			{Name: "pad", Bits: 4, When: rpl, Doc: "bytes of padding", Wireshark: "ipv6.routing.rpl.pad"},
			{Name: "reserved", Bits: 20, When: rpl, Doc: "0"},
			{Name: "data", Kind: packet.Bytes, When: rpl, Size: "len*8", Doc: "compressed addresses, and padding"},
			{Name: "lastentry", Bits: 8, When: srh, Auto: lastEntry, Doc: "index of the last address", Wireshark: "ipv6.routing.srh.last_entry"},
			{Name: "unused1", Bits: 1, When: srh, Doc: "0"},
			{Name: "protected", Bits: 1, When: srh, Doc: "flag of early drafts"},
			{Name: "oam", Bits: 1, When: srh, Doc: "O flag (RFC 9259)"},
			{Name: "alert", Bits: 1, When: srh, Doc: "flag of early drafts"},
			{Name: "hmac", Bits: 1, When: srh, Doc: "flag of early drafts"},
			{Name: "unused2", Bits: 3, When: srh, Doc: "0"},
			{Name: "tag", Bits: 16, When: srh, Doc: "group of packets"},
			{Name: "addresses", Kind: addresses, When: srh, Default: []packet.Value{"::1"}, Size: "lastentry*16+16", Doc: "segments, the last one first"},
			{Name: "tlv_objects", Kind: srhObjects, When: srh, Size: "len*8-lastentry*16-16", Doc: `objects, as {{"hmac", D=1, hmackeyid=7, hmac="bytes"}}, or bytes`},
			{Name: "data", Kind: packet.Bytes, When: "type == 1 || type > 4", Size: "len*8+4", Doc: "body of other types"},
		},
		Select: []string{"nh"}, Uppers: "ipv6", Summary: inWords("type= segleft="),
	}
}

// segmentsLeft is all that are listed; of a segment routing header, whose first is the way's end, one less.
func segmentsLeft(c packet.Context) uint64 {
	if c.Uint("type") == 4 {
		return lastEntry(c)
	}
	return packet.CountOf("addresses")(c)
}

// lastEntry is the number of addresses less one.
func lastEntry(c packet.Context) uint64 { return max(packet.CountOf("addresses")(c), 1) - 1 }

// srhObjects are the TLVs of a segment routing header (RFC 8754 section 2.1).
var srhObjects = &packet.Options{
	Unit: 8, Named: true, Pad: padSegment,
	Items: []*packet.Protocol{
		{Name: "pad1", Fields: []packet.Field{{Name: "type", Bits: 8, Default: uint64(0)}}},
		srhObject("padn", 4, packet.Field{Name: "padding", Kind: packet.Bytes, Size: "len"}),
		srhObject("hmac", 5, packet.Field{Name: "D", Bits: 1}, reserved("reserved", 15), packet.Field{Name: "hmackeyid", Bits: 32},
			packet.Field{Name: "hmac", Kind: packet.Bytes, Size: "len-6"}),
	},
	Other: srhObject("object", 253, packet.Field{Name: "value", Kind: packet.Bytes, Size: "len"}),
}

func srhObject(name string, kind uint64, fields ...packet.Field) *packet.Protocol {
	return &packet.Protocol{Name: name, Fields: append([]packet.Field{{Name: "type", Bits: 8, Default: kind},
		{Name: "len", Bits: 8, Auto: func(c packet.Context) uint64 { return uint64(len(c.Header())) - 2 }}}, fields...)}
}

// padSegment appends Pad1 or PadN of a segment routing header.
func padSegment(dst []byte, n int) []byte {
	if n == 1 {
		return append(dst, 0)
	}
	return append(append(dst, 4, byte(n-2)), make([]byte, n-2)...)
}

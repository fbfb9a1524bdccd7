package layers

import "moonwire/host/packet"

// Option types with the copied flag in their first bit (RFC 791 section 3.1; IANA, IP Option Numbers).
const (
	looseRoute  = 131
	strictRoute = 137
)

// ipOptions are the options of IPv4, padded with zeros (end of list).
var ipOptions = &packet.Options{
	Unit: 4, Named: true,
	Items: []*packet.Protocol{
		byteOption("eol", 0),
		byteOption("nop", 1),
		ipOption("rr", 7, recordedRoute()...),
		ipOption("lsrr", looseRoute, recordedRoute()...),
		ipOption("ssrr", strictRoute, recordedRoute()...),
		ipOption("timestamp", 68, timestamps()...),
		ipOption("security", 130,
			packet.Field{Name: "security", Bits: 16}, packet.Field{Name: "compartment", Bits: 16},
			packet.Field{Name: "handling_restrictions", Bits: 16}, packet.Field{Name: "transmission_control_code", Bits: 24, Kind: packet.Bytes, Default: "xxx"}),
		ipOption("stream_id", 136, packet.Field{Name: "stream", Bits: 16}),
		ipOption("mtu_probe", 11, packet.Field{Name: "mtu", Bits: 16}),
		ipOption("mtu_reply", 12, packet.Field{Name: "mtu", Bits: 16}),
		ipOption("traceroute", 82, packet.Field{Name: "id", Bits: 16}, packet.Field{Name: "outbound_hops", Bits: 16},
			packet.Field{Name: "return_hops", Bits: 16}, packet.Field{Name: "originator_ip", Bits: 32, Kind: packet.IPv4}),
		ipOption("address_extension", 147, packet.Field{Name: "src_ext", Bits: 32, Kind: packet.IPv4}, packet.Field{Name: "dst_ext", Bits: 32, Kind: packet.IPv4}),
		ipOption("router_alert", 148, packet.Field{Name: "alert", Bits: 16}),
		ipOption("sdbm", 149, packet.Field{Name: "addresses", Kind: packet.Array{Kind: packet.IPv4, Bits: 32}, Size: "length-2"}),
	},
	Other: ipOption("option", 30, packet.Field{Name: "value", Kind: packet.Bytes, Size: "length-2"}),
}

// recordedRoute is the body of record route and of the source routes: a pointer that counts from 4, and addresses.
func recordedRoute() []packet.Field {
	return []packet.Field{
		{Name: "pointer", Bits: 8, Default: uint64(4)},
		{Name: "routers", Kind: packet.Array{Kind: packet.IPv4, Bits: 32}, Size: "length-3"},
	}
}

// timestamps is the body of the timestamp option: with flg 0 times alone, else addresses and times.
func timestamps() []packet.Field {
	return []packet.Field{
		{Name: "pointer", Bits: 8, Default: uint64(5)},
		{Name: "oflw", Bits: 4},
		{Name: "flg", Bits: 4},
		{Name: "timestamps", Kind: packet.Array{Bits: 32}, Size: "length-4", When: "flg == 0"},
		{Name: "entries", Size: "length-4", When: "flg != 0", Kind: &packet.ListOf{Item: &packet.Protocol{Name: "entry", Fields: []packet.Field{
			{Name: "internet_address", Bits: 32, Kind: packet.IPv4}, {Name: "timestamp", Bits: 32}}}}},
	}
}

// ipOption is an option of more than one byte.
func ipOption(name string, kind uint64, fields ...packet.Field) *packet.Protocol {
	return &packet.Protocol{Name: name, Fields: append([]packet.Field{{Name: "type", Bits: 8, Default: kind},
		{Name: "length", Bits: 8, Auto: packet.TotalLen}}, fields...)}
}

// byteOption is an option of its type alone.
func byteOption(name string, kind uint64) *packet.Protocol {
	return &packet.Protocol{Name: name, Fields: []packet.Field{{Name: "type", Bits: 8, Default: kind}}}
}

package layers

import (
	"maps"
	"slices"

	"moonwire/host/packet"
)

func radius() layerSet {
	var bindings []packet.Binding
	for i, port := range []uint64{1812, 1813, 3799, 1645, 1646} { // authentication, accounting, dynamic authorization, the old two
		for _, field := range []string{"dport", "sport"} {
			bindings = append(bindings, packet.Binding{Lower: "udp", Field: field, Value: port, Upper: "radius", ReadOnly: i > 0})
		}
	}
	return layerSet{
		protocols: []*packet.Protocol{{
			Name: "radius", Title: "Remote Authentication Dial In User Service", Source: "RFC 2865 section 3", Aliases: []string{"Radius"},
			Fields: []packet.Field{
				{Name: "code", Bits: 8, Default: uint64(1), Kind: radiusCodes, Doc: "what the packet is", Wireshark: "radius.code"},
				{Name: "id", Bits: 8, Doc: "joins request and reply", Wireshark: "radius.id"},
				{Name: "len", Bits: 16, Auto: packet.TotalLen, Doc: "length of the packet in bytes", Wireshark: "radius.length"},
				{Name: "authenticator", Bits: 128, Kind: packet.Bytes, Doc: "random in a request, a hash in a reply", Wireshark: "radius.authenticator"},
				{Name: "attributes", Kind: &packet.Options{Items: radiusAttributes(), Other: radiusAttribute(255, "other", radiusBytes), Named: true}, Size: "len - 20",
					Doc: `{{type="User-Name", value="bob"}, {type="NAS-IP-Address", value="10.0.0.1"}, {type="Vendor-Specific", vendor_id=9, vendor_type=1, value="x"}}`},
			},
			End: pppEnd, Summary: inWords("code id="),
		}},
		bindings: bindings,
	}
}

// radiusCodes names packets (IANA, Radius Packet Type Codes).
var radiusCodes = packet.Named(map[uint64]string{
	1: "Access-Request", 2: "Access-Accept", 3: "Access-Reject", 4: "Accounting-Request", 5: "Accounting-Response", 11: "Access-Challenge",
	12: "Status-Server (experimental)", 13: "Status-Client (experimental)", 40: "Disconnect-Request", 41: "Disconnect-ACK", 42: "Disconnect-NAK",
	43: "CoA-Request", 44: "CoA-ACK", 45: "CoA-NAK", 52: "Protocol-Error",
})

// radiusAttribute is a type, the length of all, and a value.
func radiusAttribute(kind uint64, name string, value ...packet.Field) *packet.Protocol {
	return &packet.Protocol{Name: name, Fields: append([]packet.Field{
		{Name: "type", Bits: 8, Default: kind, Doc: "what it is"},
		{Name: "len", Bits: 8, Auto: headerBytes, Doc: "length of the attribute in bytes"},
	}, value...)}
}

// radiusBytes is a value of text or bytes.
var radiusBytes = packet.Field{Name: "value", Kind: packet.Bytes, Size: "len - 2", Doc: "the value"}

// radiusAttributes are all attributes that have a name.
func radiusAttributes() []*packet.Protocol {
	values := radiusValues()
	items := make([]*packet.Protocol, 0, len(radiusNames))
	for _, kind := range slices.Sorted(maps.Keys(radiusNames)) {
		value, ok := values[kind]
		if !ok {
			value = []packet.Field{radiusBytes}
		}
		items = append(items, radiusAttribute(kind, radiusNames[kind], value...))
	}
	return items
}

// radiusValues are the attributes whose values are not text or bytes.
func radiusValues() map[uint64][]packet.Field {
	values := map[uint64][]packet.Field{}
	all := func(kind packet.Kind, bits int, types ...uint64) {
		for _, t := range types {
			values[t] = []packet.Field{{Name: "value", Bits: bits, Kind: kind, Doc: "the value"}}
		}
	}
	all(packet.IPv4, 32, 4, 8, 9, 14, 23, 149, 150, 157, 158, 161, 162)
	all(packet.IPv6, 128, 95, 98, 147, 148, 159, 160, 168, 169)
	all(nil, 32, 5, 12, 16, 27, 28, 37, 38, 41, 42, 43, 46, 47, 48, 51, 52, 53, 55, 56, 57, 62, 73, 75, 83, 85, 86, 136, 163, 177, 178, 182)
	all(packet.Hex, 32, 185, 186, 187, 188, 189, 190)
	for t, names := range radiusEnums {
		all(packet.Named(names), 32, t)
	}
	for t, names := range radiusTagged {
		values[t] = []packet.Field{{Name: "tag", Bits: 8, Doc: "joins the attributes of one tunnel"}, {Name: "value", Bits: 24, Kind: packet.Named(names), Doc: "the value"}}
	}
	values[26] = []packet.Field{
		{Name: "vendor_id", Bits: 32, Doc: "the vendor's enterprise number"},
		{Name: "vendor_type", Bits: 8, Doc: "what it is, in the vendor's numbers"},
		{Name: "vendor_len", Bits: 8, Doc: "length of type, length and value in bytes", Auto: func(c packet.Context) uint64 { return packet.FieldLen("value")(c) + 2 }},
		{Name: "value", Kind: packet.Bytes, Size: "vendor_len - 2", Doc: "the value"},
	}
	values[80] = []packet.Field{{Name: "value", Bits: 128, Kind: packet.Bytes, Doc: "HMAC-MD5 of the packet"}}
	return values
}

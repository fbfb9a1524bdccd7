package layers

import "moonwire/host/packet"

// pppoe has two layers of one header: discovery, with tags, and session, with PPP.
func pppoe() layerSet {
	header := func(code uint64) []packet.Field {
		return []packet.Field{
			{Name: "version", Bits: 4, Default: uint64(1), Doc: "1", Wireshark: "pppoe.version"},
			{Name: "type", Bits: 4, Default: uint64(1), Doc: "1", Wireshark: "pppoe.type"},
			{Name: "code", Bits: 8, Default: code, Kind: pppoeCodes, Doc: "what the message is", Wireshark: "pppoe.code"},
			{Name: "sessionid", Bits: 16, Kind: packet.Hex, Doc: "session, 0 before there is one", Wireshark: "pppoe.session_id"},
			{Name: "len", Bits: 16, Doc: "length of what follows the header in bytes", Wireshark: "pppoe.payload_length",
				Auto: func(c packet.Context) uint64 { return packet.TotalLen(c) - 6 }},
		}
	}
	end := func(c packet.Context) int { return 6 + int(c.Uint("len")) }
	tags := packet.Field{Name: "tag_list", Kind: &packet.Options{Items: pppoeTags(), Other: pppoeTag(0xffff, "other"), Named: true},
		Size: "len", Doc: `{{tag_type="Service-Name", tag_value=""}, …}`}
	return layerSet{
		protocols: []*packet.Protocol{
			{Name: "pppoed", Title: "PPP over Ethernet discovery", Source: "RFC 2516 section 4", Aliases: []string{"PPPoED"},
				Fields: append(header(9), tags), End: end, Summary: inWords("code")},
			{Name: "pppoe", Title: "PPP over Ethernet session", Source: "RFC 2516 section 4", Aliases: []string{"PPPoE", "pppoes"},
				Fields: header(0), End: end, Next: pppOrHDLC, Summary: inWords("sessionid=")},
		},
		bindings: append(etherUppers(0x8863, "pppoed"), etherUppers(0x8864, "pppoe")...),
	}
}

// pppoeCodes names messages (RFC 2516, RFC 5578).
var pppoeCodes = packet.HexNamed(map[uint64]string{0: "Session", 0x07: "PADO", 0x09: "PADI", 0x0a: "PADG", 0x0b: "PADC", 0x0c: "PADQ",
	0x19: "PADR", 0x65: "PADS", 0xa7: "PADT"})

// pppoeTag is a type, the length of the value, and the value.
func pppoeTag(kind uint64, name string) *packet.Protocol {
	return &packet.Protocol{Name: name, Fields: []packet.Field{
		{Name: "tag_type", Bits: 16, Default: kind, Doc: "what it is"},
		{Name: "tag_len", Bits: 16, Auto: packet.FieldLen("tag_value"), Doc: "bytes of tag_value"},
		{Name: "tag_value", Kind: packet.Bytes, Size: "tag_len", Doc: "the value"},
	}}
}

// pppoeTags are the known tags (RFC 2516, RFC 4638, RFC 5578).
func pppoeTags() []*packet.Protocol {
	return []*packet.Protocol{
		pppoeTag(0x0000, "End-Of-List"), pppoeTag(0x0101, "Service-Name"), pppoeTag(0x0102, "AC-Name"), pppoeTag(0x0103, "Host-Uniq"),
		pppoeTag(0x0104, "AC-Cookie"), pppoeTag(0x0105, "Vendor-Specific"), pppoeTag(0x0106, "Credits"), pppoeTag(0x0107, "Metrics"),
		pppoeTag(0x0108, "Sequence Number"), pppoeTag(0x0109, "Credit Scale Factor"), pppoeTag(0x0110, "Relay-Session-Id"),
		pppoeTag(0x0120, "PPP-Max-Payload"), pppoeTag(0x0201, "Service-Name-Error"), pppoeTag(0x0202, "AC-System-Error"),
		pppoeTag(0x0203, "Generic-Error"),
	}
}

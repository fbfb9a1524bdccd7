package layers

import "moonwire/host/packet"

// gre has the header of version 0, with the optional fields of RFC 1701 and RFC 2890, and PPTP's version 1 (RFC 2637).
func gre() layerSet {
	const checked = "(chksum_present || routing_present) && version != 1"
	return layerSet{
		protocols: []*packet.Protocol{{
			Name: "gre", Title: "Generic Routing Encapsulation", Source: "RFC 2784 section 2, RFC 2890 section 2, RFC 2637 section 4.1",
			Aliases: []string{"GRE", "GRE_PPTP"},
			Fields: []packet.Field{
				{Name: "chksum_present", Bits: 1, Doc: "1: chksum and offset are there", Wireshark: "gre.flags.checksum"},
				{Name: "routing_present", Bits: 1, Doc: "1: chksum, offset and routing are there", Wireshark: "gre.flags.routing"},
				{Name: "key_present", Bits: 1, Auto: version1, Doc: "1: key is there; computed: 1 in version 1", Wireshark: "gre.flags.key"},
				{Name: "seqnum_present", Bits: 1, Doc: "1: sequence_number is there", Wireshark: "gre.flags.sequence_number"},
				{Name: "strict_route_source", Bits: 1, Doc: "1: all of the routing is strict", Wireshark: "gre.flags.strict_source_route"},
				{Name: "recursion_control", Bits: 3, Doc: "further encapsulations allowed", Wireshark: "gre.flags.recursion_control"},
				{Name: "acknum_present", Bits: 1, Doc: "version 1: ack_number is there; version 0: reserved"},
				{Name: "flags", Bits: 4, Doc: "reserved"},
				{Name: "version", Bits: 3, Doc: "0, or 1 for PPTP", Wireshark: "gre.flags.version"},
				{Name: "proto", Bits: 16, Kind: etherTypes, Auto: greProto, Doc: "EtherType of the payload", Wireshark: "gre.proto"},
				{Name: "chksum", Bits: 16, Kind: packet.Hex, Auto: greChecksum, Late: true, When: checked,
					Doc: "Internet checksum of header and payload", Wireshark: "gre.checksum"},
				{Name: "offset", Bits: 16, Kind: packet.Hex, When: checked,
					Doc: "bytes from the start of routing to the active entry", Wireshark: "gre.offset"},
				{Name: "key", Bits: 32, Kind: packet.Hex, When: "key_present && version != 1", Doc: "which flow in the tunnel", Wireshark: "gre.key"},
				{Name: "payload_len", Bits: 16, Auto: packet.PayloadLen, When: "version == 1", Doc: "length of the payload in bytes",
					Wireshark: "gre.key.payload_length"},
				{Name: "call_id", Bits: 16, When: "version == 1", Doc: "the peer's name of the session", Wireshark: "gre.key.call_id"},
				{Name: "sequence_number", Bits: 32, When: "seqnum_present", Doc: "number of the packet", Wireshark: "gre.sequence_number"},
				{Name: "ack_number", Bits: 32, When: "acknum_present && version == 1", Doc: "highest number received", Wireshark: "gre.ack_number"},
				{Name: "routing", Kind: &packet.ListOf{Item: greRoute(), Until: "address_family == 0 && SRE_len == 0"},
					When: "routing_present && version != 1", Doc: "source route entries, the last one empty"},
			},
			Select: []string{"proto"}, Next: greNext, Uppers: "eth", Summary: inWords("proto key= call_id="),
		}},
		bindings: append(ipUppers(47, "gre"), packet.Binding{Lower: "gre", Field: "proto", Value: 0x6558, Upper: "eth"}),
	}
}

// greRoute is one entry of the routing field (RFC 1701).
func greRoute() *packet.Protocol {
	return &packet.Protocol{Name: "source route entry", Fields: []packet.Field{
		{Name: "address_family", Bits: 16, Doc: "what the addresses are; 0 in the last entry"},
		{Name: "SRE_offset", Bits: 8, Doc: "bytes from the start of routing_info to the active address"},
		{Name: "SRE_len", Bits: 8, Auto: packet.FieldLen("routing_info"), Doc: "bytes of routing_info; 0 in the last entry"},
		{Name: "routing_info", Kind: packet.Bytes, Size: "SRE_len", Doc: "addresses"},
	}}
}

func version1(c packet.Context) uint64 {
	if c.Uint("version") == 1 {
		return 1
	}
	return 0
}

// greProto is PPP in version 1, which carries nothing else.
func greProto(c packet.Context) uint64 {
	if c.Uint("version") == 1 {
		return 0x880b
	}
	return packet.Bound("proto")(c)
}

// greNext tells PPP with and without the bytes of HDLC apart.
func greNext(c packet.Context) string {
	if c.Uint("proto") == 0x880b {
		return pppOrHDLC(c)
	}
	return ""
}

// greChecksum leaves zero when the field is there only for the routing.
func greChecksum(c packet.Context) uint64 {
	if c.Uint("chksum_present") == 0 {
		return 0
	}
	return packet.WholeChecksum(c)
}

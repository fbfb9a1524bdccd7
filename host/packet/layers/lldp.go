package layers

import "moonwire/host/packet"

func lldp() layerSet {
	return layerSet{
		protocols: []*packet.Protocol{{
			Name: "lldp", Title: "Link Layer Discovery Protocol", Source: "IEEE 802.1AB clause 8", Aliases: []string{"LLDPDU"},
			Fields: []packet.Field{
				{Name: "tlvs", Kind: lldpTLVs{&packet.Options{Items: lldpItems(), Other: lldpOther(), Named: true}},
					Doc: `{{type="chassis id", subtype="MAC address", id="02:00:00:00:00:01"}, {type="port id", …}, {type="time to live", ttl=120}, {type="end of LLDPDU"}}`},
			},
			End:     func(c packet.Context) int { return len(c.Header()) },
			Summary: entries("tlvs", "id", "system_name"),
		}},
		bindings: etherUppers(0x88cc, "lldp"),
	}
}

// lldpTLVs end with the one of type 0; frames are padded behind it.
type lldpTLVs struct{ *packet.Options }

// Measure walks to the end.
func (lldpTLVs) Measure(h packet.Header) (int, error) {
	b, n := h.Ahead(), 0
	for n+2 <= len(b) {
		kind, length := b[n]>>1, int(b[n]&1)<<8|int(b[n+1])
		if n += 2 + length; kind == 0 {
			break
		}
	}
	if n > len(b) || n+1 == len(b) {
		n = len(b)
	}
	return n, nil
}

// lldpTLV is a type, the length of the value, and the value's fields.
func lldpTLV(kind uint64, name string, fields ...packet.Field) *packet.Protocol {
	head := []packet.Field{
		{Name: "type", Bits: 7, Default: kind, Doc: "what it is"},
		{Name: "length", Bits: 9, Doc: "bytes of the value", Auto: func(c packet.Context) uint64 { return uint64(len(c.Header()) - 2) }},
	}
	return &packet.Protocol{Name: name, Fields: append(head, fields...)}
}

func lldpOther() *packet.Protocol {
	return lldpTLV(9, "other", packet.Field{Name: "value", Kind: packet.Bytes, Size: "length", Doc: "the value"})
}

func lldpItems() []*packet.Protocol {
	text := func(name, doc string) packet.Field {
		return packet.Field{Name: name, Kind: packet.Bytes, Size: "length", Doc: doc}
	}
	return []*packet.Protocol{
		lldpTLV(0, "end of LLDPDU"),
		lldpTLV(1, "chassis id", lldpIdentity("subtype == 4", "subtype == 5", map[uint64]string{1: "chassis component", 2: "interface alias",
			3: "port component", 4: "MAC address", 5: "network address", 6: "interface name", 7: "locally assigned"})...),
		lldpTLV(2, "port id", lldpIdentity("subtype == 3", "subtype == 4", map[uint64]string{1: "interface alias", 2: "port component",
			3: "MAC address", 4: "network address", 5: "interface name", 6: "agent circuit ID", 7: "locally assigned"})...),
		lldpTLV(3, "time to live", packet.Field{Name: "ttl", Bits: 16, Default: uint64(20), Doc: "how long to believe this, in seconds; 0: forget it"}),
		lldpTLV(4, "port description", text("description", "what the port is")),
		lldpTLV(5, "system name", text("system_name", "the system's name")),
		lldpTLV(6, "system description", text("description", "hardware and software")),
		lldpTLV(7, "system capabilities",
			packet.Field{Name: "available", Bits: 16, Kind: lldpCapabilities, Doc: "what the system can be"},
			packet.Field{Name: "enabled", Bits: 16, Kind: lldpCapabilities, Doc: "what it is"}),
		lldpTLV(8, "management address", lldpManagement()...),
		lldpTLV(127, "organisation specific TLV",
			packet.Field{Name: "org_code", Bits: 24, Doc: "whose TLV it is", Kind: packet.HexNamed(map[uint64]string{0x0080c2: "IEEE 802.1",
				0x00120f: "IEEE 802.3", 0x0012bb: "TIA TR-41", 0x000ecf: "PROFIBUS International", 0x30b216: "Hytec"})},
			packet.Field{Name: "subtype", Bits: 8, Doc: "which of that organisation's"},
			packet.Field{Name: "data", Kind: packet.Bytes, Size: "length - 4", Doc: "the value"}),
	}
}

var lldpCapabilities = packet.Flagged("other repeater mac_bridge wlan_access_point router telephone docsis_cable_device station_only " +
	"c_vlan_component s_vlan_component two_port_mac_relay reserved_1 reserved_2 reserved_3 reserved_4 reserved_5")

// lldpIdentity is the value of a chassis or port id: a hardware address, a network address, or text.
func lldpIdentity(hardware, network string, subtypes map[uint64]string) []packet.Field {
	return []packet.Field{
		{Name: "subtype", Bits: 8, Kind: packet.Named(subtypes), Doc: "what the id is"},
		{Name: "family", Bits: 8, Kind: familyNumbers, When: network, Doc: "of a network address"},
		{Name: "id", Bits: 48, Kind: packet.Ether, When: hardware, Doc: "the name"},
		{Name: "id", Bits: 32, Kind: packet.IPv4, When: network + " && family == 1", Doc: "the name"},
		{Name: "id", Bits: 128, Kind: packet.IPv6, When: network + " && family == 2", Doc: "the name"},
		{Name: "id", Kind: packet.Bytes, Size: "rest", When: "!(" + hardware + ") && (!(" + network + ") || family == 0 || family > 2)", Doc: "the name"},
	}
}

func lldpManagement() []packet.Field {
	return []packet.Field{
		{Name: "management_address_string_length", Bits: 8, Doc: "bytes of subtype and address",
			Auto: func(c packet.Context) uint64 { return 1 + packet.FieldLen("management_address")(c) }},
		{Name: "management_address_subtype", Bits: 8, Kind: familyNumbers, Doc: "of the address"},
		{Name: "management_address", Bits: 32, Kind: packet.IPv4, When: "management_address_subtype == 1", Doc: "where it is managed"},
		{Name: "management_address", Bits: 128, Kind: packet.IPv6, When: "management_address_subtype == 2", Doc: "where it is managed"},
		{Name: "management_address", Kind: packet.Bytes, Size: "management_address_string_length - 1",
			When: "management_address_subtype == 0 || management_address_subtype > 2", Doc: "where it is managed"},
		{Name: "interface_numbering_subtype", Bits: 8, Default: uint64(1), Doc: "what interface_number is",
			Kind: packet.Named(map[uint64]string{1: "unknown", 2: "ifIndex", 3: "system port number"})},
		{Name: "interface_number", Bits: 32, Doc: "of the interface with the address"},
		{Name: "oid_string_length", Bits: 8, Auto: packet.FieldLen("object_id"), Doc: "bytes of object_id"},
		{Name: "object_id", Kind: packet.Bytes, Size: "oid_string_length", Doc: "of the hardware, as its BER bytes"},
	}
}

// familyNumbers names address family numbers (IANA).
var familyNumbers = packet.Named(map[uint64]string{
	0: "other", 1: "IPv4", 2: "IPv6", 3: "NSAP", 4: "HDLC", 5: "BBN", 6: "802", 7: "E.163", 8: "E.164", 9: "F.69", 10: "X.121",
	11: "IPX", 12: "Appletalk", 13: "Decnet IV", 14: "Banyan Vines", 15: "E.164 with NSAP", 16: "DNS", 17: "Distinguished Name", 18: "AS Number",
})

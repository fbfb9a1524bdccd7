package layers

import "moonwire/host/packet"

func cdp() layerSet {
	return layerSet{
		protocols: []*packet.Protocol{{
			Name: "cdp", Title: "Cisco Discovery Protocol, version 2", Source: "Cisco, as Scapy and Wireshark read it", Aliases: []string{"CDPv2_HDR"},
			Fields: []packet.Field{
				{Name: "vers", Bits: 8, Default: uint64(2), Doc: "2", Wireshark: "cdp.version"},
				{Name: "ttl", Bits: 8, Default: uint64(180), Doc: "how long to believe this, in seconds", Wireshark: "cdp.ttl"},
				{Name: "cksum", Bits: 16, Kind: packet.Hex, Auto: cdpChecksum, Late: true, Doc: "Internet checksum, with Cisco's odd last byte", Wireshark: "cdp.checksum"},
				{Name: "msg", Kind: &packet.Options{Items: cdpItems(), Other: cdpText(0xffff, "other", "val"), Named: true},
					Doc: `{{type="Device ID", val="R1"}, {type="Addresses", addr={"10.0.0.1"}}, {type="Port ID", iface="eth0"}}`},
			},
			Summary: entries("msg", "val", "iface"),
		}},
		bindings: []packet.Binding{
			{Lower: "snap", Field: "code", Value: 0x2000, Upper: "cdp"},
			{Lower: "snap", Field: "OUI", Value: 0x00000c, Upper: "cdp", BuildOnly: true},
		},
	}
}

// cdpChecksum takes an odd last byte for a signed word instead of padding it; a negative one borrows.
func cdpChecksum(c packet.Context) uint64 {
	b := c.Whole()
	odd := len(b) &^ 1
	sum := packet.Sum(b[:odd], 0)
	if odd < len(b) {
		last := uint64(b[odd])
		if last&0x80 != 0 {
			last = 0xff00 | last - 1
		}
		sum += last
	}
	return uint64(^packet.Fold(sum))
}

// cdpTLV is a type, the length of all, and fields.
func cdpTLV(kind uint64, name string, fields ...packet.Field) *packet.Protocol {
	return &packet.Protocol{Name: name, Fields: append([]packet.Field{
		{Name: "type", Bits: 16, Default: kind, Doc: "what it is"},
		{Name: "len", Bits: 16, Auto: headerBytes, Doc: "length in bytes"},
	}, fields...)}
}

// cdpText is one with text or bytes.
func cdpText(kind uint64, name, field string) *packet.Protocol {
	return cdpTLV(kind, name, packet.Field{Name: field, Kind: packet.Bytes, Size: "len - 4", Doc: "the value"})
}

func cdpItems() []*packet.Protocol {
	number := func(kind uint64, name, field string, bits int, initial uint64, doc string) *packet.Protocol {
		return cdpTLV(kind, name, packet.Field{Name: field, Bits: bits, Default: initial, Doc: doc})
	}
	addresses := func(kind uint64, name string) *packet.Protocol {
		return cdpTLV(kind, name, packet.Field{Name: "naddr", Bits: 32, Auto: packet.CountOf("addr"), Doc: "number of addresses"},
			packet.Field{Name: "addr", Kind: cdpAddresses{}, Size: "len - 8", Doc: `addresses: {"10.0.0.1", "fe80::1"}`})
	}
	vlan := packet.Field{Name: "vlan", Bits: 16, Default: uint64(1), Doc: "the VLAN of phones"}
	return []*packet.Protocol{
		cdpText(1, "Device ID", "val"),
		addresses(2, "Addresses"),
		cdpText(3, "Port ID", "iface"),
		cdpTLV(4, "Capabilities", packet.Field{Name: "cap", Bits: 32, Doc: "what the device is",
			Kind: packet.Flagged("Router TransparentBridge SourceRouteBridge Switch Host IGMPCapable Repeater VoIPPhone RemotelyManaged CVTA MACRelay")}),
		cdpText(5, "Software Version", "val"),
		cdpText(6, "Platform", "val"),
		cdpTLV(7, "IP Prefix", packet.Field{Name: "prefix", Kind: cdpPrefixes{}, Size: "len - 4", Doc: `networks behind the device: {"10.0.0.0/8"}, or the default gateway alone: {"10.0.0.1"}`}),
		cdpTLV(8, "Protocol Hello",
			packet.Field{Name: "oui", Bits: 24, Kind: packet.Hex, Default: uint64(0x00000c), Doc: "whose protocol"},
			packet.Field{Name: "protocol_id", Bits: 16, Kind: packet.Hex, Doc: "which"},
			packet.Field{Name: "data", Kind: packet.Bytes, Size: "len - 9", Doc: "its message"}),
		cdpText(9, "VTP Management Domain", "val"),
		number(10, "Native VLAN", "vlan", 16, 1, "of the port, untagged"),
		cdpTLV(11, "Duplex", packet.Field{Name: "duplex", Bits: 8, Kind: packet.Named(map[uint64]string{0: "Half", 1: "Full"}), Doc: "of the port"}),
		cdpTLV(14, "VoIP VLAN Reply", packet.Field{Name: "status", Bits: 8, Default: uint64(1), Doc: "1"}, vlan),
		cdpTLV(15, "VoIP VLAN Query", packet.Field{Name: "unknown1", Bits: 8, Doc: "unknown"}, vlan,
			packet.Field{Name: "unknown2", Kind: packet.Bytes, Size: "len - 7", Doc: "unknown"}),
		number(16, "Power", "power", 16, 1337, "what the device draws, in milliwatts"),
		number(17, "MTU", "mtu", 32, 1500, "of the port, in bytes"),
		number(18, "Trust Bitmap", "trust_bitmap", 8, 0, "1: the priority of frames is believed"),
		number(19, "Untrusted Port CoS", "untrusted_port_cos", 8, 0, "priority of frames that are not believed"),
		cdpText(20, "System Name", "val"),
		cdpText(21, "System OID", "val"),
		addresses(22, "Management Address"),
		cdpText(23, "Location", "val"),
		cdpText(26, "Power Available", "val"),
	}
}

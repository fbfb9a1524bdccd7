package layers

import "moonwire/host/packet"

// etherTypes names EtherType values (IEEE 802 numbers, IANA).
var etherTypes = packet.HexNamed(map[uint64]string{
	0x0800: "IPv4", 0x0806: "ARP", 0x8035: "RARP", 0x8100: "802.1Q", 0x86dd: "IPv6", 0x8808: "pause", 0x8809: "slow",
	0x8847: "MPLS", 0x8848: "MPLS multicast", 0x8863: "PPPoE discovery", 0x8864: "PPPoE session", 0x888e: "EAPOL",
	0x88a8: "802.1ad", 0x88cc: "LLDP", 0x88e5: "MACsec", 0x88f7: "PTP", 0x6558: "transparent Ethernet",
})

// lengthMax is the largest number in the place of an EtherType that is a length (IEEE 802.3 section 3.2.6).
const lengthMax = 1500

func ethernet() layerSet {
	return layerSet{protocols: []*packet.Protocol{
		{
			Name: "eth", Title: "Ethernet II", Source: "IEEE 802.3 section 3.2", Aliases: []string{"Ether", "ether"},
			Fields: append(etherAddresses(), packet.Field{Name: "type", Bits: 16, Kind: etherTypes, Default: uint64(0x9000),
				Auto: packet.Bound("type"), Doc: "EtherType: what the payload is", Wireshark: "eth.type"}),
			Select: []string{"type"},
			Variant: func(b []byte) string {
				if len(b) >= 14 && int(b[12])<<8|int(b[13]) <= lengthMax {
					return "dot3"
				}
				return ""
			},
			Summary: between("src", "dst"),
		},
		{
			Name: "dot3", Title: "IEEE 802.3 Ethernet", Source: "IEEE 802.3 section 3.2", Aliases: []string{"Dot3"},
			Fields: append(etherAddresses(), packet.Field{Name: "len", Bits: 16, Auto: packet.PayloadLen,
				Doc: "length of the payload in bytes, without padding", Wireshark: "eth.len"}),
			Next:    func(packet.Context) string { return "llc" },
			End:     func(c packet.Context) int { return 14 + int(c.Uint("len")) },
			Summary: between("src", "dst"),
		},
	}}
}

func etherAddresses() []packet.Field {
	return []packet.Field{
		{Name: "dst", Bits: 48, Kind: packet.Ether, Default: packet.MAC{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, Fill: true, Suit: etherGroup,
			Doc: "destination address; unset: the group that a multicast datagram or EAPOL goes to", Wireshark: "eth.dst"},
		{Name: "src", Bits: 48, Kind: packet.Ether, Fill: true, Doc: "source address", Wireshark: "eth.src"},
	}
}

// etherUppers binds a protocol to Ethernet, and so to all that has EtherTypes.
func etherUppers(value uint64, upper string) []packet.Binding {
	return []packet.Binding{{Lower: "eth", Field: "type", Value: value, Upper: upper}}
}

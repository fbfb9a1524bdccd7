package layers

import "moonwire/host/packet"

// etherTypes names EtherType values (IEEE 802 numbers, IANA).
var etherTypes = packet.HexNamed(map[uint64]string{
	0x0800: "IPv4", 0x0806: "ARP", 0x8035: "RARP", 0x8100: "802.1Q", 0x86dd: "IPv6", 0x8808: "pause", 0x8809: "slow",
	0x8847: "MPLS", 0x8848: "MPLS multicast", 0x8863: "PPPoE discovery", 0x8864: "PPPoE session", 0x888e: "EAPOL",
	0x88a8: "802.1ad", 0x88cc: "LLDP", 0x88e5: "MACsec", 0x88f7: "PTP", 0x6558: "transparent Ethernet",
})

func ethernet() layerSet {
	return layerSet{protocols: []*packet.Protocol{{
		Name: "eth", Title: "Ethernet II", Source: "IEEE 802.3 section 3.2", Aliases: []string{"Ether", "ether"},
		Summary: between("src", "dst"),
		Fields: []packet.Field{
			{Name: "dst", Bits: 48, Kind: packet.Ether, Default: packet.MAC{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, Fill: true,
				Doc: "destination address", Wireshark: "eth.dst"},
			{Name: "src", Bits: 48, Kind: packet.Ether, Fill: true, Doc: "source address", Wireshark: "eth.src"},
			{Name: "type", Bits: 16, Kind: etherTypes, Default: uint64(0x9000), Auto: packet.Bound("type"),
				Doc: "EtherType: what the payload is", Wireshark: "eth.type"},
		},
		Select: []string{"type"},
	}}}
}

package layers

import "moonwire/host/packet"

func vlan() layerSet {
	return layerSet{
		protocols: []*packet.Protocol{
			{Name: "dot1q", Title: "IEEE 802.1Q VLAN tag", Source: "IEEE 802.1Q section 9.6", Aliases: []string{"Dot1Q", "vlan"},
				Summary: func(c packet.Context) string { return "dot1q vlan " + text(c, "vlan") },
				Fields:  vlanTag("vlan", "vlan.etype"), Select: []string{"type"}},
			{Name: "dot1ad", Title: "IEEE 802.1ad service VLAN tag", Source: "IEEE 802.1Q section 9.6", Aliases: []string{"Dot1AD", "ieee8021ad"},
				Fields: vlanTag("ieee8021ad", ""), Select: []string{"type"}},
		},
		bindings: []packet.Binding{
			{Lower: "eth", Field: "type", Value: 0x8100, Upper: "dot1q"},
			{Lower: "eth", Field: "type", Value: 0x88a8, Upper: "dot1ad"},
			{Lower: "eth", Field: "type", Value: 0x9100, Upper: "dot1q", ReadOnly: true}, // QinQ before IEEE 802.1ad
			{Lower: "dot1ad", Field: "type", Value: 0x88a8, Upper: "dot1ad"},
			{Lower: "dot1ad", Field: "type", Value: 0x8100, Upper: "dot1q"},
			{Lower: "dot1q", Field: "type", Value: 0x8100, Upper: "dot1q"},
			{Lower: "dot1q", Field: "type", Value: 0x88a8, Upper: "dot1ad"},
		},
	}
}

// vlanTag is the tag's fields; display and etype are tshark's names of the layer and of its type.
func vlanTag(display, etype string) []packet.Field {
	return []packet.Field{
		{Name: "prio", Bits: 3, Doc: "priority code point", Wireshark: display + ".priority"},
		{Name: "id", Bits: 1, Doc: "drop eligible indicator, once the canonical format indicator", Wireshark: display + ".dei"},
		{Name: "vlan", Bits: 12, Default: uint64(1), Doc: "VLAN identifier", Wireshark: display + ".id"},
		{Name: "type", Bits: 16, Kind: etherTypes, Auto: packet.Bound("type"), Doc: "EtherType: what the payload is", Wireshark: etype},
	}
}

// ipUppers are the bindings of a protocol to both versions of IP.
func ipUppers(value uint64, upper string) []packet.Binding {
	return []packet.Binding{
		{Lower: "ip", Field: "proto", Value: value, Upper: upper},
		{Lower: "ipv6", Field: "nh", Value: value, Upper: upper},
	}
}

// etherUppers are the bindings of a network protocol to all that carries EtherTypes.
func etherUppers(value uint64, upper string) []packet.Binding {
	return []packet.Binding{
		{Lower: "eth", Field: "type", Value: value, Upper: upper},
		{Lower: "dot1q", Field: "type", Value: value, Upper: upper},
		{Lower: "dot1ad", Field: "type", Value: value, Upper: upper},
	}
}

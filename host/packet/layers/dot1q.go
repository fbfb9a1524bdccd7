package layers

import "moonwire/host/packet"

func vlan() layerSet {
	return layerSet{
		protocols: []*packet.Protocol{
			vlanTag("dot1q", "IEEE 802.1Q VLAN tag", "vlan", "vlan.etype", "Dot1Q", "vlan"),
			vlanTag("dot1ad", "IEEE 802.1ad service VLAN tag", "ieee8021ad", "", "Dot1AD", "ieee8021ad"),
		},
		bindings: []packet.Binding{
			{Lower: "eth", Field: "type", Value: 0x8100, Upper: "dot1q"},
			{Lower: "eth", Field: "type", Value: 0x88a8, Upper: "dot1ad"},
			{Lower: "eth", Field: "type", Value: 0x9100, Upper: "dot1q", ReadOnly: true}, // QinQ before IEEE 802.1ad
		},
	}
}

// vlanTag is a tag's table; display and etype are tshark's names of the layer and of its type.
func vlanTag(name, title, display, etype string, aliases ...string) *packet.Protocol {
	return &packet.Protocol{
		Name: name, Title: title, Source: "IEEE 802.1Q section 9.6", Aliases: aliases, Particular: true,
		Fields: []packet.Field{
			{Name: "prio", Bits: 3, Doc: "priority code point", Wireshark: display + ".priority"},
			{Name: "id", Bits: 1, Doc: "drop eligible indicator, once the canonical format indicator", Wireshark: display + ".dei"},
			{Name: "vlan", Bits: 12, Default: uint64(1), Doc: "VLAN identifier", Wireshark: display + ".id"},
			{Name: "type", Bits: 16, Kind: etherTypes, Auto: packet.Bound("type"),
				Doc: "EtherType: what the payload is; up to 1500 the length of an LLC payload", Wireshark: etype},
		},
		Select: []string{"type"}, Uppers: "eth",
		Next: func(c packet.Context) string {
			if n := c.Uint("type"); n > 0 && n <= lengthMax {
				return "llc"
			}
			return ""
		},
		End: func(c packet.Context) int {
			if n := c.Uint("type"); n > 0 && n <= lengthMax {
				return 4 + int(n)
			}
			return -1
		},
		Summary: func(c packet.Context) string { return c.Protocol().Name + " vlan " + text(c, "vlan") },
	}
}

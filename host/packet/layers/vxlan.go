package layers

import "moonwire/host/packet"

// vxlan has the header of RFC 7348, and where a flag says so the fields of the generic protocol extension and of the
// group policy option. The flags name what the extension needs only over IP: RFC 7348 has Ethernet behind zeros, and
// Linux drops anything else.
func vxlan() layerSet {
	const generic, group = "flags & 4 && !(flags & 128)", "flags & 128"
	return layerSet{
		protocols: []*packet.Protocol{{
			Name: "vxlan", Title: "Virtual eXtensible Local Area Network", Source: "RFC 7348 section 5", Aliases: []string{"VXLAN"},
			Fields: []packet.Field{
				{Name: "flags", Bits: 8, Kind: packet.Flagged("OAM R NextProtocol Instance V1 V2 R2 G"), Default: uint64(8),
					Auto: packet.Bound("flags"), Doc: "Instance: vni is valid"},
				{Name: "reserved0", Bits: 16, When: generic, Doc: "zeros"},
				{Name: "NextProtocol", Bits: 8, When: generic, Auto: packet.Bound("NextProtocol"), Doc: "what the payload is",
					Kind: packet.Named(map[uint64]string{0: "NotDefined", 1: "IPv4", 2: "IPv6", 3: "Ethernet", 4: "NSH"})},
				{Name: "reserved1", Bits: 24, When: "!(flags & 132)", Doc: "zeros"},
				{Name: "gpflags", Bits: 8, When: group, Kind: packet.Flagged("R R2 R3 A R4 R5 D R6"), Doc: "D: don't learn, A: policy applied"},
				{Name: "gpid", Bits: 16, When: group, Doc: "group policy", Wireshark: "vxlan.gbp"},
				{Name: "vni", Bits: 24, Kind: packet.Hex, Doc: "which virtual network", Wireshark: "vxlan.vni"},
				{Name: "reserved2", Bits: 8, Kind: packet.Hex, Doc: "zeros", Wireshark: "vxlan.reserved8"},
			},
			Next: vxlanPayload, Summary: inWords("vni= gpid="),
		}},
		bindings: []packet.Binding{
			{Lower: "udp", Field: "dport", Value: 4789, Upper: "vxlan"},
			{Lower: "udp", Field: "sport", Value: 4789, Upper: "vxlan"},
			{Lower: "udp", Field: "dport", Value: 4790, Upper: "vxlan", ReadOnly: true}, // the generic extension
			{Lower: "udp", Field: "sport", Value: 4790, Upper: "vxlan", ReadOnly: true},
			{Lower: "udp", Field: "dport", Value: 8472, Upper: "vxlan", ReadOnly: true}, // Linux, before the port was assigned
			{Lower: "udp", Field: "sport", Value: 8472, Upper: "vxlan", ReadOnly: true},
			{Lower: "vxlan", Field: "flags", Value: 12, Upper: "ip", BuildOnly: true},
			{Lower: "vxlan", Field: "NextProtocol", Value: 1, Upper: "ip", BuildOnly: true},
			{Lower: "vxlan", Field: "flags", Value: 12, Upper: "ipv6", BuildOnly: true},
			{Lower: "vxlan", Field: "NextProtocol", Value: 2, Upper: "ipv6", BuildOnly: true},
			{Lower: "vxlan", Field: "NextProtocol", Value: 3, Upper: "eth", BuildOnly: true},
		},
	}
}

// vxlanPayload is Ethernet unless the generic extension says otherwise.
func vxlanPayload(c packet.Context) string {
	switch c.Uint("NextProtocol") {
	case 1:
		return "ip"
	case 2:
		return "ipv6"
	case 0, 3:
		return "eth"
	}
	return "raw"
}

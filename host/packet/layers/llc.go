package layers

import "moonwire/host/packet"

func llc() layerSet {
	return layerSet{
		protocols: []*packet.Protocol{
			{
				Name: "llc", Title: "Logical Link Control", Source: "IEEE 802.2 section 3.2", Aliases: []string{"LLC"},
				Fields: []packet.Field{
					{Name: "dsap", Bits: 8, Kind: packet.Hex, Auto: packet.Bound("dsap"), Doc: "destination service access point", Wireshark: "llc.dsap"},
					{Name: "ssap", Bits: 8, Kind: packet.Hex, Auto: packet.Bound("ssap"), Doc: "source service access point", Wireshark: "llc.ssap"},
					{Name: "ctrl", Bits: 8, Auto: packet.Bound("ctrl"), Doc: "control: 3 is unnumbered information", Wireshark: "llc.control"},
				},
				Select: []string{"dsap"}, Summary: inWords("dsap= ssap="),
			},
			{
				Name: "snap", Title: "Subnetwork Access Protocol", Source: "IEEE 802 section 9.5", Aliases: []string{"SNAP"},
				Fields: []packet.Field{
					{Name: "OUI", Bits: 24, Kind: packet.Hex, Auto: packet.Bound("OUI"), Doc: "who assigned the code; 0: it is an EtherType", Wireshark: "llc.oui"},
					{Name: "code", Bits: 16, Kind: etherTypes, Auto: packet.Bound("code"), Doc: "what the payload is", Wireshark: "llc.type"},
				},
				Select: []string{"code"}, Uppers: "eth", Summary: inWords("code"),
			},
		},
		bindings: []packet.Binding{
			{Lower: "eth", Field: "type", Value: 0x8870, Upper: "llc"}, // jumbo frames
			{Lower: "llc", Field: "dsap", Value: 0xaa, Upper: "snap"},
			{Lower: "llc", Field: "ssap", Value: 0xaa, Upper: "snap", BuildOnly: true},
			{Lower: "llc", Field: "ctrl", Value: 3, Upper: "snap", BuildOnly: true},
		},
	}
}

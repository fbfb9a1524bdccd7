package layers

import "moonwire/host/packet"

func arp() layerSet {
	return layerSet{
		protocols: []*packet.Protocol{{
			Name: "arp", Title: "Address Resolution Protocol", Source: "RFC 826", Aliases: []string{"ARP"},
			Summary: arpMessage,
			Fields: []packet.Field{
				{Name: "hwtype", Bits: 16, Kind: hardwareTypes, Default: uint64(1), Doc: "kind of hardware address; 1: Ethernet", Wireshark: "arp.hw.type"},
				{Name: "ptype", Bits: 16, Kind: etherTypes, Default: uint64(0x0800), Doc: "kind of protocol address, an EtherType", Wireshark: "arp.proto.type"},
				{Name: "hwlen", Bits: 8, Auto: packet.FieldLen("hwsrc"), Doc: "bytes of a hardware address", Wireshark: "arp.hw.size"},
				{Name: "plen", Bits: 8, Auto: packet.FieldLen("psrc"), Doc: "bytes of a protocol address", Wireshark: "arp.proto.size"},
				{Name: "op", Bits: 16, Kind: arpOperations, Default: uint64(1), Doc: "question or answer", Wireshark: "arp.opcode"},
				{Name: "hwsrc", Kind: hardware{}, Size: "hwlen", Default: packet.MAC{}, Fill: true, Doc: "sender's hardware address", Wireshark: "arp.src.hw_mac"},
				{Name: "psrc", Kind: network{}, Size: "plen", Default: "0.0.0.0", Fill: true, Doc: "sender's protocol address", Wireshark: "arp.src.proto_ipv4"},
				{Name: "hwdst", Kind: hardware{}, Size: "hwlen", Default: packet.MAC{}, Doc: "hardware address asked for, zeros in a question", Wireshark: "arp.dst.hw_mac"},
				{Name: "pdst", Kind: network{}, Size: "plen", Default: "0.0.0.0", Doc: "protocol address asked for", Wireshark: "arp.dst.proto_ipv4"},
			},
		}},
		bindings: []packet.Binding{{Lower: "eth", Field: "type", Value: 0x0806, Upper: "arp"}},
	}
}

// arpOperations names op (RFC 826, RFC 903, RFC 1931, RFC 2390), as Scapy does and as people say it.
var arpOperations = packet.Named(map[uint64]string{
	1: "who-has", 2: "is-at", 3: "RARP-req", 4: "RARP-rep", 5: "Dyn-RARP-req", 6: "Dyn-RARP-rep", 7: "Dyn-RARP-err",
	8: "InARP-req", 9: "InARP-rep",
})

// hardwareTypes names ARP hardware types (IANA, Address Resolution Protocol Parameters).
var hardwareTypes = packet.Named(map[uint64]string{
	1: "Ethernet (10Mb)", 2: "Ethernet (3Mb)", 3: "AX.25", 4: "Proteon ProNET Token Ring", 5: "Chaos", 6: "IEEE 802 Networks",
	7: "ARCNET", 8: "Hyperchannel", 9: "Lanstar", 10: "Autonet Short Address", 11: "LocalTalk", 12: "LocalNet",
	13: "Ultra link", 14: "SMDS", 15: "Frame relay", 16: "ATM", 17: "HDLC", 18: "Fibre Channel", 19: "ATM", 20: "Serial Line",
	21: "ATM",
})

package layers

import "moonwire/host/packet"

// packetTypes says how the sender's or receiver's kernel saw a packet (Linux's sll_pkttype).
var packetTypes = packet.Named(map[uint64]string{
	0: "unicast", 1: "broadcast", 2: "multicast", 3: "unicast-to-another-host", 4: "sent-by-us",
})

// cooked is what Linux puts in front of packets captured on all interfaces at once, in two versions.
func cooked() layerSet {
	return layerSet{protocols: []*packet.Protocol{
		{
			Name: "sll", Title: "Linux cooked capture", Source: "LINKTYPE_LINUX_SLL", Aliases: []string{"CookedLinux"},
			Fields: []packet.Field{
				{Name: "pkttype", Bits: 16, Kind: packetTypes, Doc: "whom the packet was for", Wireshark: "sll.pkttype"},
				{Name: "lladdrtype", Bits: 16, Kind: packet.Hex, Default: uint64(512), Doc: "type of the interface (ARPHRD)", Wireshark: "sll.hatype"},
				{Name: "lladdrlen", Bits: 16, Doc: "length of the sender's hardware address", Wireshark: "sll.halen"},
				{Name: "src", Bits: 64, Kind: packet.Bytes, Doc: "sender's hardware address, filled up with zeros to eight bytes"},
				{Name: "proto", Bits: 16, Kind: etherTypes, Default: uint64(0x0800), Auto: packet.Bound("proto"),
					Doc: "EtherType: what the payload is", Wireshark: "sll.etype"},
			},
			Select: []string{"proto"},
		},
		{
			Name: "sll2", Title: "Linux cooked capture, version 2", Source: "LINKTYPE_LINUX_SLL2", Aliases: []string{"CookedLinuxV2"},
			Fields: []packet.Field{
				{Name: "proto", Bits: 16, Kind: etherTypes, Default: uint64(0x0800), Auto: packet.Bound("proto"),
					Doc: "EtherType: what the payload is", Wireshark: "sll.etype"},
				{Name: "reserved", Bits: 16, Doc: "zero", Wireshark: "sll.unused"},
				{Name: "ifindex", Bits: 32, Doc: "index of the interface", Wireshark: "sll.ifindex"},
				{Name: "lladdrtype", Bits: 16, Kind: packet.Hex, Default: uint64(512), Doc: "type of the interface (ARPHRD)", Wireshark: "sll.hatype"},
				{Name: "pkttype", Bits: 8, Kind: packetTypes, Doc: "whom the packet was for", Wireshark: "sll.pkttype"},
				{Name: "lladdrlen", Bits: 8, Doc: "length of the sender's hardware address", Wireshark: "sll.halen"},
				{Name: "src", Bits: 64, Kind: packet.Bytes, Doc: "sender's hardware address, filled up with zeros to eight bytes"},
			},
			Select: []string{"proto"},
		},
	}}
}

// cookedBindings joins to the cooked headers what is joined to Ethernet.
func cookedBindings(all []packet.Binding) []packet.Binding {
	var more []packet.Binding
	for _, b := range all {
		if b.Lower != "eth" || b.Field != "type" {
			continue
		}
		for _, lower := range []string{"sll", "sll2"} {
			b.Lower, b.Field = lower, "proto"
			more = append(more, b)
		}
	}
	return more
}

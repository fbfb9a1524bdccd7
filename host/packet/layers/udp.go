package layers

import (
	"encoding/binary"

	"moonwire/host/packet"
)

func udp() layerSet {
	return layerSet{
		protocols: []*packet.Protocol{{
			Name: "udp", Title: "User Datagram Protocol", Source: "RFC 768", Aliases: []string{"UDP"},
			Summary: ports,
			Fields: []packet.Field{
				{Name: "sport", Bits: 16, Default: uint64(53), Auto: packet.Bound("sport"), Doc: "source port", Wireshark: "udp.srcport"},
				{Name: "dport", Bits: 16, Default: uint64(53), Auto: packet.Bound("dport"), Doc: "destination port", Wireshark: "udp.dstport"},
				{Name: "len", Bits: 16, Auto: packet.TotalLen, Doc: "length of header and data in bytes", Wireshark: "udp.length"},
				{Name: "chksum", Bits: 16, Kind: packet.Hex, Auto: packet.PseudoChecksum(17), Late: true, NeverZero: true,
					Doc: "Internet checksum of pseudo header, header and data; 0: none", Wireshark: "udp.checksum"},
			},
			Select: []string{"dport", "sport"},
			End:    func(c packet.Context) int { return orUnknown(binary.BigEndian.Uint16(c.Header()[4:])) },
		}},
		bindings: []packet.Binding{{Lower: "ip", Field: "proto", Value: 17, Upper: "udp"}},
	}
}

package layers

import (
	"errors"

	"moonwire/host/packet"
)

func geneve() layerSet {
	return layerSet{
		protocols: []*packet.Protocol{{
			Name: "geneve", Title: "Generic Network Virtualization Encapsulation", Source: "RFC 8926 section 3.4", Aliases: []string{"GENEVE"},
			Fields: []packet.Field{
				{Name: "version", Bits: 2, Doc: "0", Wireshark: "geneve.version"},
				{Name: "optionlen", Bits: 6, Auto: func(c packet.Context) uint64 { return packet.FieldLen("options")(c) / 4 }, Doc: "options in words of four bytes"},
				{Name: "oam", Bits: 1, Doc: "1: a control message", Wireshark: "geneve.flags.oam"},
				{Name: "critical", Bits: 1, Doc: "1: an option must be understood", Wireshark: "geneve.flags.critical"},
				{Name: "reserved", Bits: 6, Doc: "zeros"},
				{Name: "proto", Bits: 16, Kind: etherTypes, Auto: packet.Bound("proto"), Doc: "EtherType of the payload", Wireshark: "geneve.proto_type"},
				{Name: "vni", Bits: 24, Kind: packet.Hex, Doc: "which virtual network", Wireshark: "geneve.vni"},
				{Name: "reserved2", Bits: 8, Kind: packet.Hex, Doc: "zeros", Wireshark: "geneve.reserved"},
				{Name: "options", Kind: &packet.ListOf{Item: geneveOption()}, Size: "optionlen * 4", Doc: `{{classid="Linux", type=1, data="abcd"}}`},
			},
			Select: []string{"proto"}, Uppers: "eth", Summary: inWords("vni="),
		}},
		bindings: []packet.Binding{
			{Lower: "udp", Field: "dport", Value: 6081, Upper: "geneve"},
			{Lower: "geneve", Field: "proto", Value: 0x6558, Upper: "eth"},
		},
	}
}

// geneveOption is one option (RFC 8926 section 3.5).
func geneveOption() *packet.Protocol {
	return &packet.Protocol{Name: "Geneve option", Fields: []packet.Field{
		{Name: "classid", Bits: 16, Kind: geneveClasses, Doc: "who defined the type"},
		{Name: "type", Bits: 8, Kind: packet.Hex, Doc: "what it is; the highest bit: must be understood"},
		{Name: "reserved", Bits: 3, Doc: "zeros"},
		{Name: "length", Bits: 5, Auto: func(c packet.Context) uint64 { return packet.FieldLen("data")(c) / 4 }, Doc: "data in words of four bytes"},
		{Name: "data", Kind: words{packet.Bytes}, Size: "length * 4", Doc: "the value, up to 124 bytes"},
	}}
}

// geneveClasses names option classes (IANA, Geneve Option Class).
var geneveClasses = packet.HexNamed(map[uint64]string{0x0100: "Linux", 0x0101: "Open vSwitch", 0x0102: "OVN", 0x0103: "INT",
	0x0104: "VMware", 0x0106: "Cisco", 0x0107: "Oracle", 0x0110: "Amazon", 0x0118: "IBM", 0x0128: "Ericsson"})

// words is bytes that are padded to whole words of four.
type words struct{ packet.Kind }

// Put writes v and zeros behind it.
func (w words) Put(dst []byte, v packet.Value) ([]byte, error) {
	s, ok := v.(string)
	if !ok {
		return dst, errors.New("string")
	}
	dst = append(dst, s...)
	return append(dst, "\x00\x00\x00"[:-len(s)&3]...), nil
}

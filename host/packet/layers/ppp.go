package layers

import (
	"errors"
	"fmt"

	"moonwire/host/packet"
)

// ppp has the protocol field of every PPP frame, and the two bytes that stand before it on serial lines and in PPTP.
func ppp() layerSet {
	return layerSet{
		protocols: []*packet.Protocol{{
			Name: "hdlc", Title: "PPP in HDLC-like framing", Source: "RFC 1662 section 3.1", Aliases: []string{"HDLC"},
			Fields: []packet.Field{
				{Name: "address", Bits: 8, Kind: packet.Hex, Default: uint64(0xff), Doc: "0xff: all stations", Wireshark: "ppp.address"},
				{Name: "control", Bits: 8, Kind: packet.Hex, Default: uint64(3), Doc: "3: unnumbered information", Wireshark: "ppp.control"},
			},
			Next: func(packet.Context) string { return "ppp" },
		}, {
			Name: "ppp", Title: "Point-to-Point Protocol", Source: "RFC 1661 section 2", Aliases: []string{"PPP"},
			Fields: []packet.Field{
				{Name: "lead", Kind: pppLead{packet.Bytes}, Doc: `"\0" before a protocol below 256, which is then not compressed (RFC 1661 section 6.5)`},
				{Name: "proto", Kind: pppNumber{}, Default: uint64(0x21), Auto: packet.Bound("proto"),
					Doc: "what the payload is: one byte below 256, else two", Wireshark: "ppp.protocol"},
			},
			Select: []string{"proto"}, Summary: inWords("proto"),
		}},
		bindings: []packet.Binding{
			{Lower: "gre", Field: "proto", Value: 0x880b, Upper: "ppp"},
			{Lower: "gre", Field: "proto", Value: 0x880b, Upper: "hdlc", BuildOnly: true},
			{Lower: "ppp", Field: "proto", Value: 0x21, Upper: "ip"},
			{Lower: "ppp", Field: "proto", Value: 0x57, Upper: "ipv6"},
			{Lower: "ppp", Field: "proto", Value: 0x281, Upper: "mpls"},
		},
	}
}

// pppOrHDLC tells the two apart by their first byte: no protocol begins with 0xff.
func pppOrHDLC(c packet.Context) string {
	if p := c.Payload(); len(p) > 0 && p[0] == 0xff {
		return "hdlc"
	}
	return "ppp"
}

// pppLead is a zero byte or nothing.
type pppLead struct{ packet.Kind }

// Measure finds the zero.
func (pppLead) Measure(h packet.Header) (int, error) {
	if b := h.Ahead(); len(b) > 0 && b[0] == 0 {
		return 1, nil
	}
	return 0, nil
}

// pppNumber is a protocol number: one byte when it is below 256, two bytes otherwise; those of one byte are odd.
type pppNumber struct{}

// Type is a number or its name.
func (pppNumber) Type() string { return "integer|string" }

// Measure looks at the first byte, and at whether a zero stands before it.
func (pppNumber) Measure(h packet.Header) (int, error) {
	b := h.Ahead()
	switch {
	case len(b) == 0:
		return 0, errors.New("cut short")
	case h.Offset() == 1 || b[0]&1 == 1:
		return 1, nil
	}
	return 2, nil
}

// Get reads the number.
func (pppNumber) Get(_, b []byte) packet.Value {
	var n uint64
	for _, c := range b {
		n = n<<8 | uint64(c)
	}
	return n
}

// Put writes a number or a name.
func (pppNumber) Put(dst []byte, v packet.Value) ([]byte, error) {
	n, ok := pppProtocols.Number(v, 16)
	switch {
	case !ok || n > 0xffff:
		return dst, errors.New("0 to 65535 or a name")
	case n < 0x100:
		return append(dst, byte(n)), nil
	}
	return append(dst, byte(n>>8), byte(n)), nil
}

// Text is the protocol's name.
func (pppNumber) Text(v packet.Value) string {
	if n, ok := v.(uint64); ok {
		return pppProtocols.Name(n, 16)
	}
	return fmt.Sprint(v)
}

// pppProtocols names protocol numbers (IANA, Point-to-Point Protocol Field Assignments).
var pppProtocols = packet.HexNamed(map[uint64]string{
	0x0021: "Internet Protocol version 4", 0x002d: "Van Jacobson Compressed TCP/IP", 0x002f: "Van Jacobson Uncompressed TCP/IP",
	0x0031: "Bridging PDU", 0x003d: "Multi-Link", 0x0057: "Internet Protocol version 6", 0x00fd: "compressed datagram",
	0x0281: "MPLS Unicast", 0x0283: "MPLS Multicast",
	0x8021: "Internet Protocol Control Protocol", 0x8031: "Bridging NCP", 0x8053: "Encryption Control Protocol",
	0x8057: "IPv6 Control Protocol", 0x80fd: "Compression Control Protocol", 0x8281: "MPLSCP",
	0xc021: "Link Control Protocol", 0xc023: "Password Authentication Protocol", 0xc025: "Link Quality Report",
	0xc223: "Challenge Handshake Authentication Protocol", 0xc227: "Extensible Authentication Protocol",
})

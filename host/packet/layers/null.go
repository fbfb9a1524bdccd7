package layers

import (
	"math/bits"

	"moonwire/host/packet"
)

// addressFamilies names the numbers that BSD systems have for what follows a loopback header: IPv6 has three.
var addressFamilies = packet.Named(map[uint64]string{
	2: "IPv4", 7: "OSI", 16: "Appletalk", 23: "Netware IPX/SPX", 24: "IPv6", 28: "IPv6", 30: "IPv6",
})

// loopback is the header of BSD's loopback captures: in the order of the machine that captured, which mostly is the least
// significant byte first, or in network order.
func loopback() layerSet {
	family := func(little bool) packet.Field {
		return packet.Field{Name: "type", Bits: 32, Little: little, Kind: addressFamilies, Default: uint64(2),
			Auto: packet.Bound("type"), Doc: "address family of the payload", Wireshark: "null.family"}
	}
	return layerSet{
		protocols: []*packet.Protocol{
			{
				Name: "null", Title: "BSD loopback", Source: "LINKTYPE_NULL", Aliases: []string{"Loopback"},
				Fields: []packet.Field{family(true)}, Select: []string{"type"}, Next: otherOrder,
			},
			{
				Name: "loop", Title: "OpenBSD loopback", Source: "LINKTYPE_LOOP",
				Fields: []packet.Field{family(false)}, Select: []string{"type"},
			},
		},
		bindings: []packet.Binding{
			{Lower: "null", Field: "type", Value: 2, Upper: "ip"},
			{Lower: "loop", Field: "type", Value: 2, Upper: "ip"},
			{Lower: "null", Field: "type", Value: 30, Upper: "ipv6"},
			{Lower: "null", Field: "type", Value: 28, Upper: "ipv6", ReadOnly: true},
			{Lower: "null", Field: "type", Value: 24, Upper: "ipv6", ReadOnly: true},
			{Lower: "null", Field: "type", Value: 10, Upper: "ipv6", ReadOnly: true}, // Linux's
			{Lower: "loop", Field: "type", Value: 24, Upper: "ipv6"},
		},
	}
}

// otherOrder finds what follows in captures of machines that put the most significant byte first.
func otherOrder(c packet.Context) string {
	n := uint32(c.Uint("type"))
	if n>>16 == 0 {
		return ""
	}
	switch bits.ReverseBytes32(n) {
	case 2:
		return "ip"
	case 24, 28, 30:
		return "ipv6"
	}
	return ""
}

package layers

import "moonwire/host/packet"

// An ICMP error quotes the datagram that caused it. What is quoted follows as layers of its own: in p = ip / icmp / ip /
// udp the first ip layer is the error's own, the second is the header of the datagram that was sent, and its udp layer
// has the ports. Scapy calls them IPerror and UDPerror. A TCP header of which only the first bytes are there is the
// layer tcperror. What extensions follow is the layer icmp_ext (RFC 4884).

// icmpQuote reads what an error quotes.
func icmpQuote(c packet.Context) string {
	switch c.Uint("type") {
	case 3, 4, 5, 11, 12, 31, 40:
		return "ip"
	}
	return ""
}

// icmp6Quote reads what an error quotes.
func icmp6Quote(c packet.Context) string {
	if n := c.Uint("type"); n >= 1 && n <= 4 {
		return "ipv6"
	}
	return ""
}

// quoteMin is the length of the quoted datagram when extensions follow and no length is said (RFC 4884 section 5.5).
const quoteMin = 128

// icmpEnd is where the quoted datagram ends and extensions begin.
func icmpEnd(c packet.Context) int { return quoteEnd(c, 4, 3, 11, 12) }

// icmp6End is where the quoted datagram ends and extensions begin.
func icmp6End(c packet.Context) int { return quoteEnd(c, 8, 1, 3) }

// quoteEnd finds the extensions in messages of those types; the length field counts units of so many bytes.
func quoteEnd(c packet.Context, unit int, types ...uint64) int {
	for _, t := range types {
		if c.Uint("type") != t {
			continue
		}
		quote, n := c.Payload(), unit*int(c.Uint("length"))
		if n == 0 {
			n = quoteMin // senders older than the length field
		}
		if len(quote) >= n+4 && quote[n]>>4 == 2 && packet.Fold(packet.Sum(quote[n:], 0)) == 0xffff {
			return 8 + n
		}
	}
	return -1
}

// icmpTrailer reads the extensions.
func icmpTrailer(packet.Context) string { return "icmp_ext" }

// quotedLen is the length of the quoted datagram in units of so many bytes when extensions follow it, else 0.
func quotedLen(unit int) func(packet.Context) uint64 {
	return func(c packet.Context) uint64 {
		p := c.Packet()
		if last := p.Layer(p.Len() - 1); last.Protocol().Name == "icmp_ext" {
			return uint64((last.Offset() - c.Offset() - 8) / unit)
		}
		return 0
	}
}

func icmpExtensions() layerSet {
	const info = "classnum == 2 && "
	object := &packet.Protocol{Name: "object", Fields: []packet.Field{
		{Name: "len", Bits: 16, Auto: packet.TotalLen, Doc: "length of the object in bytes"},
		{Name: "classnum", Bits: 8, Default: uint64(1), Doc: "class; 1: MPLS stack, 2: interface"},
		{Name: "classtype", Bits: 8, Default: uint64(1), Doc: "type by class"},
		{Name: "stack", When: "classnum == 1 && classtype == 1", Size: "len-4", Kind: &packet.ListOf{Item: labelEntry}, Doc: "MPLS labels (RFC 4950)"},
		{Name: "ifindex", Bits: 32, When: info + "classtype & 8", Doc: "index of the interface (RFC 5837)"},
		{Name: "afi", Bits: 16, When: info + "classtype & 4", Default: uint64(1), Doc: "address family; 1: IPv4, 2: IPv6"},
		{Name: "reserved2", Bits: 16, When: info + "classtype & 4", Doc: "0"},
		{Name: "ip4", Bits: 32, Kind: packet.IPv4, When: info + "classtype & 4 && afi == 1", Doc: "address of the interface"},
		{Name: "ip6", Bits: 128, Kind: packet.IPv6, When: info + "classtype & 4 && afi == 2", Doc: "address of the interface"},
		{Name: "ifname_len", Bits: 8, When: info + "classtype & 2", Auto: ifnameLen, Doc: "length of the name with this byte"},
		{Name: "ifname", Kind: packet.Bytes, When: info + "classtype & 2", Size: "ifname_len-1", Doc: "name of the interface"},
		{Name: "mtu", Bits: 32, When: info + "classtype & 1", Doc: "MTU of the interface in bytes"},
		{Name: "data", Kind: packet.Bytes, When: "!(classnum == 1 && classtype == 1 || classnum == 2)", Size: "len-4", Doc: "body of other classes"},
	}}
	return layerSet{protocols: []*packet.Protocol{{
		Name: "icmp_ext", Title: "ICMP extension structure", Source: "RFC 4884 section 7", Aliases: []string{"ICMPExtensionHeader"},
		Fields: []packet.Field{
			{Name: "version", Bits: 4, Default: uint64(2), Doc: "2", Wireshark: "icmp.ext.version"},
			{Name: "reserved", Bits: 12, Doc: "0"},
			{Name: "chksum", Bits: 16, Kind: packet.Hex, Auto: packet.HeaderChecksum, Late: true, Doc: "Internet checksum of the structure", Wireshark: "icmp.ext.checksum"},
			{Name: "objects", Kind: &packet.ListOf{Item: object}, Doc: `objects, as {{classnum=1, classtype=1, stack={{label=16, ttl=1}}}}`},
		},
		TrailerOf: []string{"icmp", "icmp6"},
		Next:      func(packet.Context) string { return "raw" },
	}}}
}

// ifnameLen counts its own byte.
func ifnameLen(c packet.Context) uint64 { return packet.FieldLen("ifname")(c) + 1 }

// labelEntry is an MPLS label as an object has it (RFC 3032 section 2.1).
var labelEntry = &packet.Protocol{Name: "label", Fields: []packet.Field{
	{Name: "label", Bits: 20, Doc: "label"}, {Name: "cos", Bits: 3, Doc: "traffic class"},
	{Name: "s", Bits: 1, Default: uint64(1), Doc: "1: last of the stack"}, {Name: "ttl", Bits: 8, Doc: "time to live in hops"},
}}

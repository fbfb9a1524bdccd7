package layers

import "moonwire/host/packet"

// lsaTypes names link state advertisements (RFC 2328, RFC 3101, RFC 5250).
var lsaTypes = packet.Named(map[uint64]string{1: "router", 2: "network", 3: "summaryIP", 4: "summaryASBR", 5: "external",
	7: "NSSAexternal", 9: "linkScopeOpaque", 10: "areaScopeOpaque", 11: "asScopeOpaque"})

// lsaHead are the fields that all advertisements begin with (RFC 2328 section A.4.1).
func lsaHead(checksum, length packet.Field) []packet.Field {
	return []packet.Field{
		{Name: "age", Bits: 16, Default: uint64(1), Doc: "seconds since it was made"},
		{Name: "options", Bits: 8, Kind: ospfOptions, Doc: "what the router can do"},
		{Name: "type", Bits: 8, Default: uint64(1), Kind: lsaTypes, Doc: "what it describes"},
		{Name: "id", Bits: 32, Kind: packet.IPv4, Default: "192.168.0.0", Doc: "link state id: which of them"},
		{Name: "adrouter", Bits: 32, Kind: packet.IPv4, Default: "1.1.1.1", Doc: "the router that made it"},
		{Name: "seq", Bits: 32, Kind: packet.Hex, Default: uint64(0x80000001), Doc: "grows with each version"},
		checksum, length,
	}
}

// lsaHeader is a header without its advertisement.
func lsaHeader() *packet.Protocol {
	return &packet.Protocol{Name: "LSA header", Fields: lsaHead(
		packet.Field{Name: "chksum", Bits: 16, Kind: packet.Hex, Doc: "of the whole advertisement"},
		packet.Field{Name: "len", Bits: 16, Default: uint64(36), Doc: "length of the whole advertisement in bytes"})}
}

// lsa is a whole advertisement.
func lsa() *packet.Protocol {
	const router, network, summary, external = "type == 1", "type == 2", "type == 3 || type == 4", "type == 5 || type == 7"
	mask := func(when string) packet.Field {
		return packet.Field{Name: "mask", Bits: 32, Kind: packet.IPv4, Default: "255.255.255.0", When: when, Doc: "the network's mask"}
	}
	fields := lsaHead(
		packet.Field{Name: "chksum", Bits: 16, Kind: packet.Hex, Auto: fletcher, Late: true, Doc: "Fletcher checksum without the age"},
		packet.Field{Name: "len", Bits: 16, Auto: headerBytes, Doc: "length in bytes"})
	return &packet.Protocol{Name: "LSA", Fields: append(fields, []packet.Field{
		{Name: "flags", Bits: 8, When: router, Kind: packet.Flagged("B E V W Nt"), Doc: "border router, AS boundary router, virtual link"},
		{Name: "reserved", Bits: 8, When: router, Doc: "zero"},
		{Name: "linkcount", Bits: 16, When: router, Auto: packet.CountOf("linklist"), Doc: "number of links"},
		{Name: "linklist", When: router, Kind: &packet.ListOf{Item: lsaLink(), Count: "linkcount"}, Doc: "the router's links"},
		mask(network + " || " + summary + " || " + external),
		{Name: "routerlist", When: network, Kind: packet.Array{Bits: 32, Kind: packet.IPv4}, Size: "len - 24", Doc: "routers on the network"},
		{Name: "reserved", Bits: 8, When: summary, Doc: "zero"},
		{Name: "metric", Bits: 24, When: summary, Default: uint64(10), Doc: "cost"},
		{Name: "ebit", Bits: 1, When: external, Doc: "1: the metric is larger than any cost inside"},
		{Name: "reserved", Bits: 7, When: external, Doc: "zero"},
		{Name: "metric", Bits: 24, When: external, Default: uint64(20), Doc: "cost"},
		{Name: "fwdaddr", Bits: 32, When: external, Kind: packet.IPv4, Doc: "where to send; 0.0.0.0: to the router"},
		{Name: "tag", Bits: 32, When: external, Kind: packet.Hex, Doc: "of the external route"},
		{Name: "data", Kind: lsaRest{packet.Bytes}, Doc: "metrics by TOS, or what an opaque LSA holds"},
	}...)}
}

// lsaLink is one link of a router (RFC 2328 section A.4.2).
func lsaLink() *packet.Protocol {
	return &packet.Protocol{Name: "link", Fields: []packet.Field{
		{Name: "id", Bits: 32, Kind: packet.IPv4, Default: "192.168.0.0", Doc: "what it leads to"},
		{Name: "data", Bits: 32, Kind: packet.IPv4, Default: "255.255.255.0", Doc: "mask or address"},
		{Name: "type", Bits: 8, Default: uint64(3), Kind: packet.Named(map[uint64]string{1: "p2p", 2: "transit", 3: "stub", 4: "virtual"}), Doc: "of the link"},
		{Name: "toscount", Bits: 8, Doc: "number of metrics by TOS"},
		{Name: "metric", Bits: 16, Default: uint64(10), Doc: "cost"},
		{Name: "tos", Kind: packet.Array{Bits: 32}, Size: "toscount * 4", Doc: "metrics by TOS, 32 bits each"},
	}}
}

// lsaRest is what is left of an advertisement by its length.
type lsaRest struct{ packet.Kind }

// Measure counts up to the length that the header tells.
func (lsaRest) Measure(h packet.Header) (int, error) {
	return min(max(int(h.Number("len"))-h.Offset(), 0), h.Rest()), nil
}

// fletcher is the checksum that makes both sums of the advertisement without its age zero (RFC 905 annex B). Its bytes
// stand at 14 and 15 behind the age.
func fletcher(c packet.Context) uint64 {
	b := c.Header()[2:]
	c0, c1 := 0, 0
	for _, x := range b {
		c0 = (c0 + int(x)) % 255
		c1 = (c1 + c0) % 255
	}
	x := ((len(b)-15)*c0 - c1) % 255
	if x <= 0 {
		x += 255
	}
	y := 510 - c0 - x
	if y > 255 {
		y -= 255
	}
	return uint64(x)<<8 | uint64(y)
}

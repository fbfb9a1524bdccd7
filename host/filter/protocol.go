package filter

import "moonwire/host/filter/internal/flow"

// ISO's network layer protocols.
const (
	isoCLNP = 0x81
	isoESIS = 0x82
	isoISIS = 0x83
)

// etherTypes are the protocols that stand directly in a frame.
var etherTypes = map[proto]uint32{
	ip: typeIPv4, ip6: typeIPv6, arp: typeARP, rarp: typeRARP, atalk: typeATalk, aarp: typeAARP, decnet: typeDECnet,
	lat: typeLAT, sca: typeSCA, moprc: typeMOPRC, mopdl: typeMOPDL,
	iso: sapISO, stp: sapSTP, ipx: sapIPX, netbeui: sapNetBEUI,
}

// transports are the protocols that stand in IP packets: their numbers, and the versions of IP that count.
var transports = map[proto]struct {
	number uint32
	over   proto
}{
	tcp: {numTCP, anyProto}, udp: {numUDP, anyProto}, sctp: {numSCTP, anyProto}, pim: {numPIM, anyProto},
	ah: {numAH, anyProto}, esp: {numESP, anyProto},
	icmp: {numICMP, ip}, igmp: {numIGMP, ip}, igrp: {numIGRP, ip}, vrrp: {numVRRP, ip}, carp: {numVRRP, ip},
	icmp6: {numICMP6, ip6},
	clnp:  {isoCLNP, iso}, esis: {isoESIS, iso}, isis: {isoISIS, iso},
}

// isisTypes are the PDU types of IS-IS (ISO 10589 section 9) that a keyword stands for, in the order of the tests.
var isisTypes = map[proto][]uint32{
	isisL1:   {26, 24, 18, 15, 17},
	isisL2:   {27, 25, 20, 16, 17},
	isisIIH:  {17, 15, 16},
	isisLSP:  {18, 20},
	isisSNP:  {27, 26, 24, 25},
	isisCSNP: {24, 25},
	isisPSNP: {26, 27},
}

// is tests that a packet is of a protocol.
func (g *generator) is(p proto) *cond {
	if t, ok := etherTypes[p]; ok {
		return g.carries(t)
	}
	if t, ok := transports[p]; ok {
		return g.number(t.number, t.over)
	}
	if types, ok := isisTypes[p]; ok {
		var c *cond
		for _, t := range types {
			c = flow.Any(c, g.number(t, isis))
		}
		return c
	}
	if p == radio {
		g.fail("radio is no protocol to test for: it goes before [, as in radio[0] = 1")
	}
	g.fail("ether is no test by itself: it goes before host, src, dst, proto, broadcast, multicast or [")
	return nil
}

// number tests that a protocol carries another one, given by its number.
func (g *generator) number(n uint32, over proto) *cond {
	switch over {
	case anyProto:
		four := g.number(n, ip)
		return flow.Any(four, g.number(n, ip6))
	case link:
		return g.carries(n)
	case ip:
		is := g.carries(typeIPv4)
		return flow.All(is, g.equal(byteAt(fromNetwork, 9), n))
	case ip6:
		// One fragment header may stand between.
		is := g.carries(typeIPv6)
		inFragment := g.equal(byteAt(fromNetwork, 6), numFragment)
		inFragment = flow.All(inFragment, g.equal(byteAt(fromNetwork, 40), n))
		return flow.All(is, flow.Any(g.equal(byteAt(fromNetwork, 6), n), inFragment))
	case iso:
		return g.numberISO(n)
	case isis:
		is := g.number(isoISIS, iso)
		return flow.All(is, g.equal(byteAt(fromNetworkLLC, 4), n))
	}
	g.fail("%s proto tests nothing: proto goes with ether, ip, ip6, iso or isis, or with no protocol", over)
	return nil
}

func (g *generator) numberISO(n uint32) *cond {
	switch g.linkType {
	case linkFrameRelay:
		return g.equal(halfAt(fromHeader, 2), 0x03<<8|n)
	case linkCiscoHDLC, linkNetBSDHDLC:
		is := g.carries(sapISO<<8 | sapISO)
		return flow.All(is, g.equal(byteAt(fromNetworkLLC, 1), n))
	}
	is := g.carries(sapISO)
	return flow.All(is, g.equal(byteAt(fromNetworkLLC, 0), n))
}

package filter

import "moonwire/host/filter/internal/flow"

// Ethernet types. A smaller number than typeMin is an 802.2 service access point.
const (
	typeNS     = 0x0600
	typeIPv4   = 0x0800
	typeARP    = 0x0806
	typeMOPDL  = 0x6001
	typeMOPRC  = 0x6002
	typeDECnet = 0x6003
	typeLAT    = 0x6004
	typeSCA    = 0x6007
	typeTEB    = 0x6558 // a whole Ethernet frame
	typeRARP   = 0x8035
	typeATalk  = 0x809b
	typeAARP   = 0x80f3
	typeVLAN   = 0x8100
	typeIPX    = 0x8137
	typeIPv6   = 0x86dd
	typeMPLS   = 0x8847
	typePPPoED = 0x8863
	typePPPoES = 0x8864
	typeVLANad = 0x88a8
	typeLoop   = 0x9000
	typeQinQ   = 0x9100

	maxLength = 1500 // the greatest length of an 802.3 frame: a greater number is a type
)

// 802.2 service access points.
const (
	sapIP      = 0x06
	sapSTP     = 0x42
	sapSNAP    = 0xaa
	sapIPX     = 0xe0
	sapNetBEUI = 0xf0
	sapISO     = 0xfe
)

// carries tests that the frame carries a protocol: an Ethernet type or an 802.2 service access point.
func (g *generator) carries(p uint32) *cond {
	if g.labels > 0 {
		return g.carriesMPLS(p)
	}
	switch t := g.linkType; {
	case isEthernet(t):
		c := g.carriesEthernet(p)
		if !g.tunnel {
			return flow.All(g.dataInside(), c)
		}
		return c
	case isWLAN(t):
		return flow.All(g.wlanData(), g.carriesLLC(p))
	case t == linkCiscoHDLC || t == linkNetBSDHDLC:
		if p == sapISO {
			p = sapISO<<8 | sapISO
		}
		return g.equal(halfAt(fromProtocol, 0), p)
	case t == linkFDDI || t == linkTokenRing || t == linkATM || t == linkATMCLIP || t == linkIPoverFC:
		return g.carriesLLC(p)
	case t == linkSunATM:
		return flow.All(g.atmProtocol(atmLLC), g.carriesLLC(p))
	case t == linkSLL:
		return g.carriesSLL(p)
	case t == linkSLIP || t == linkSLIPBSDOS || t == linkRaw:
		return g.carriesRaw(p)
	case t == linkIPv4:
		return g.constant(p == typeIPv4)
	case t == linkIPv6:
		return g.constant(p == typeIPv6)
	case t == linkPPP || t == linkPPPD || t == linkPPPSerial || t == linkPPPEther || t == linkPPPBSDOS:
		return g.carriesPPP(p)
	case t == linkNull || t == linkLoop || t == linkEnc:
		return g.carriesLoopback(p)
	case t == linkPFLog:
		return g.oneOf(fieldAF, p, map[uint32][]uint32{typeIPv4: {afINET}, typeIPv6: {afINET6}})
	case t == linkARCnet || t == linkARCnetLinux:
		return g.oneOf(byteAt(fromProtocol, 0), p, arcnetTypes)
	case t == linkLocalTalk:
		return g.constant(p == typeATalk)
	case t == linkFrameRelay:
		return g.oneOf(halfAt(fromHeader, 2), p, frameRelayTypes)
	case t == linkBACnet:
		return g.masked(wordAt(fromHeader, 0), 0x55ff0000, 0xffff0000)
	case t == linkIPNet:
		return g.oneOf(byteAt(fromProtocol, 0), p, map[uint32][]uint32{typeIPv4: {2}, typeIPv6: {26}})
	}
	if _, ok := juniper[g.linkType]; ok {
		return g.masked(wordAt(fromHeader, 0), 0x4d474300, 0xffffff00)
	}
	if g.protocol.base == unset {
		g.fail("on %s no protocol can be told: use bytes by number, as in link[0] = 1", linkName(g.linkType))
	}
	return g.equal(halfAt(fromProtocol, 0), p)
}

// arcnetTypes are the protocol numbers of ARCnet (RFC 1201, and RFC 1051 for the old ones).
var arcnetTypes = map[uint32][]uint32{
	typeIPv4: {212, 240}, typeARP: {213, 241}, typeRARP: {214}, typeATalk: {221}, typeIPv6: {0xc4},
}

// frameRelayTypes are the control byte and the network layer protocol of Frame Relay (RFC 2427).
var frameRelayTypes = map[uint32][]uint32{
	typeIPv4: {0x03<<8 | 0xcc}, typeIPv6: {0x03<<8 | 0x8e},
	sapISO: {0x03<<8 | isoCLNP, 0x03<<8 | isoESIS, 0x03<<8 | isoISIS},
}

// oneOf tests that a field has one of the values that a table gives for a protocol; it never holds for others.
func (g *generator) oneOf(f field, p uint32, values map[uint32][]uint32) *cond {
	if len(values[p]) == 0 {
		return g.constant(false)
	}
	var c *cond
	for _, v := range values[p] {
		c = flow.Any(c, g.equal(f, v))
	}
	return c
}

// carriesEthernet tells an 802.3 frame, with a length and an 802.2 header, from an Ethernet frame, with a type.
func (g *generator) carriesEthernet(p uint32) *cond {
	isType := func() *cond { return g.equal(halfAt(fromProtocol, 0), p) }
	isLength := func() *cond { return flow.Not(g.greater(halfAt(fromProtocol, 0), maxLength)) }
	switch p {
	case sapISO, sapIP, sapNetBEUI:
		return flow.All(isLength(), g.equal(halfAt(fromLLC, 0), p<<8|p))
	case sapIPX:
		// Ethernet II, or 802.2, or SNAP, or Novell's 802.3 without an 802.2 header, which begins with ff ff.
		c := flow.Any(g.equal(byteAt(fromLLC, 0), sapIPX), g.equal(halfAt(fromLLC, 0), 0xffff))
		c = flow.Any(g.snap(0, typeIPX), c)
		return flow.Any(g.equal(halfAt(fromProtocol, 0), typeIPX), flow.All(isLength(), c))
	case typeATalk:
		return flow.Any(isType(), flow.All(isLength(), g.snap(ouiApple, p)))
	case typeAARP:
		return flow.Any(isType(), flow.All(isLength(), g.snap(0, p)))
	}
	if p <= maxLength {
		return flow.All(isLength(), g.equal(byteAt(fromProtocol, 2), p))
	}
	return isType()
}

const ouiApple = 0x080007

// snap tests for an 802.2 header with a SNAP header of this organisation and type.
func (g *generator) snap(organisation, p uint32) *cond {
	return g.bytes(fromLLC, 0, []byte{sapSNAP, sapSNAP, 3,
		byte(organisation >> 16), byte(organisation >> 8), byte(organisation), byte(p >> 8), byte(p)})
}

// carriesLLC is for link layers that always have an 802.2 header.
func (g *generator) carriesLLC(p uint32) *cond {
	switch p {
	case sapIP, sapISO, sapNetBEUI:
		return g.equal(halfAt(fromLLC, 0), p<<8|p)
	case typeATalk:
		return g.snap(ouiApple, p)
	}
	if p <= maxLength {
		return g.equal(byteAt(fromLLC, 0), p)
	}
	return g.equal(halfAt(fromLLC, 6), p)
}

// Protocol numbers of Linux's cooked frames that say an 802.3 or 802.2 header follows.
const (
	sll8023 = 1
	sll8022 = 4
)

func (g *generator) carriesSLL(p uint32) *cond {
	is := func(v uint32) *cond { return g.equal(halfAt(fromProtocol, 0), v) }
	switch p {
	case sapISO, sapIP, sapNetBEUI:
		return flow.All(is(sll8022), g.equal(halfAt(fromLLC, 0), p<<8|p))
	case sapIPX:
		c := flow.Any(g.equal(byteAt(fromLLC, 0), sapIPX), g.snap(0, typeIPX))
		c = flow.All(is(sll8022), c)
		return flow.Any(is(typeIPX), flow.Any(is(sll8023), c))
	case typeATalk:
		return flow.Any(is(p), flow.All(is(sll8022), g.snap(ouiApple, p)))
	case typeAARP:
		return flow.Any(is(p), flow.All(is(sll8022), g.snap(0, p)))
	}
	if p <= maxLength {
		return flow.All(is(sll8022), g.equal(byteAt(fromHeader, g.payload.base), p))
	}
	return is(p)
}

// carriesRaw looks at the version of an IP header.
func (g *generator) carriesRaw(p uint32) *cond {
	switch p {
	case typeIPv4:
		return g.masked(byteAt(fromHeader, 0), 0x40, 0xf0)
	case typeIPv6:
		return g.masked(byteAt(fromHeader, 0), 0x60, 0xf0)
	}
	return g.constant(false)
}

// pppTypes are the numbers of PPP's protocols.
var pppTypes = map[uint32]uint32{
	typeIPv4: 0x21, sapISO: 0x23, typeNS: 0x25, typeDECnet: 0x27, typeATalk: 0x29, sapIPX: 0x2b, sapSTP: 0x31,
	typeIPv6: 0x57,
}

func (g *generator) carriesPPP(p uint32) *cond {
	n, ok := pppTypes[p]
	if !ok {
		n = p
	}
	c := g.equal(halfAt(fromProtocol, 0), n)
	if g.linkType == linkPPPBSDOS && p == typeIPv4 {
		// Van Jacobson's compressed and uncompressed TCP are IP too.
		c = flow.Any(c, g.equal(halfAt(fromProtocol, 0), 0x2d))
		c = flow.Any(c, g.equal(halfAt(fromProtocol, 0), 0x2f))
	}
	return c
}

// Address families.
const (
	afINET  = 2
	afINET6 = 10 // on Linux
)

// carriesLoopback looks at the address family, which stands in the byte order of the machine that captured. A file
// may come from any BSD, and each has a number of its own for IPv6.
func (g *generator) carriesLoopback(p uint32) *cond {
	var families []uint32
	switch {
	case p == typeIPv4:
		families = []uint32{afINET}
	case p == typeIPv6 && g.options.Live:
		families = []uint32{afINET6}
	case p == typeIPv6:
		families = []uint32{30, 24, 28}
	default:
		return g.constant(false)
	}
	var c *cond
	for _, f := range families {
		if g.linkType != linkLoop && !g.options.BigEndian {
			f = f<<24 | f>>24
		}
		c = flow.Any(c, g.equal(wordAt(fromHeader, 0), f))
	}
	return c
}

// carriesMPLS tests for the bottom of the label stack and, as labels don't say what follows, for an IP version.
func (g *generator) carriesMPLS(p uint32) *cond {
	version := uint32(0x40)
	switch p {
	case typeIPv4:
	case typeIPv6:
		version = 0x60
	default:
		g.fail("after mpls only ip and ip6 can be told")
	}
	bottom := uint32(0xfffffffe) // two bytes back
	return flow.All(g.masked(byteAt(fromNetwork, bottom), 1, 1), g.masked(byteAt(fromNetwork, 0), version, 0xf0))
}

// dataInside tests that what a tunnel carries is a frame, not a message of the tunnel itself.
func (g *generator) dataInside() *cond {
	switch {
	case g.tunnel:
		return g.geneveFrame()
	case g.previous == linkSunATM:
		return flow.Not(g.equal(halfAt(fromAround, atmPayload), 0xff00))
	}
	return nil
}

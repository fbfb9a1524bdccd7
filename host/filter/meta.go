package filter

import "moonwire/host/filter/internal/flow"

// lengthTest compares a packet's length on the wire.
func (g *generator) lengthTest(comparison uint16, n uint32) *cond {
	return g.test([]ins{flow.Raw(flow.LoadLen, 0)}, flow.JumpK|comparison, n)
}

// direction tests whether the packet was sent by the machine that captured it.
func (g *generator) direction(out bool) *cond {
	outgoing := func(f field) *cond {
		c := g.equal(f, packetOutgoing)
		if !out {
			return flow.Not(c)
		}
		return c
	}
	bits := func(f field, inbound, outbound, mask uint32) *cond {
		if out {
			return g.masked(f, outbound, mask)
		}
		return g.masked(f, inbound, mask)
	}
	const all = 0xffffffff
	switch t := g.linkType; t {
	case linkSLIP:
		zero := g.constantValue(0)
		first := g.bytesValue(link, zero, 1)
		return relation{flow.Equal, out}.apply(g.relate(relations['='], first, g.constantValue(0)))
	case linkIPNet:
		return bits(halfAt(fromHeader, 2), 2, 1, all)
	case linkSLL:
		return outgoing(halfAt(fromHeader, 0))
	case linkSLL2:
		return outgoing(byteAt(fromHeader, 10))
	case linkPFLog:
		return bits(byteAt(fromHeader, pfDirection), 1, 2, all)
	case linkPPPD:
		return bits(byteAt(fromHeader, 0), 0, 1, all)
	}
	if _, ok := juniper[g.linkType]; ok {
		return bits(byteAt(fromHeader, 3), 1, 0, 1)
	}
	if !g.options.Live {
		g.fail("a file of %s doesn't tell inbound from outbound", linkName(g.linkType))
	}
	return outgoing(halfAt(fromPacket, ancillaryPktType))
}

// ifindex tests the interface that a packet was captured on.
func (g *generator) ifindex(n uint32) *cond {
	if g.linkType == linkSLL2 {
		return g.equal(wordAt(fromHeader, 4), n)
	}
	if !g.options.Live {
		g.fail("a file of %s doesn't tell the interface: ifindex goes with cooked captures of version 2", linkName(g.linkType))
	}
	return g.equal(wordAt(fromPacket, ancillaryIfindex), n)
}

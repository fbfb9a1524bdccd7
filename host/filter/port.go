package filter

import "moonwire/host/filter/internal/flow"

// IP's protocol numbers.
const (
	numICMP     = 1
	numIGMP     = 2
	numTCP      = 6
	numIGRP     = 9
	numUDP      = 17
	numHopByHop = 0
	numRouting  = 43
	numFragment = 44
	numESP      = 50
	numAH       = 51
	numICMP6    = 58
	numNone     = 59
	numDestOpts = 60
	numPIM      = 103
	numVRRP     = 112 // CARP's too
	numSCTP     = 132
)

// noNumber stands for: no protocol given.
const noNumber = -1

// ports tests for ports low to high of TCP, UDP or SCTP, or of each of them, over IPv4 and IPv6.
func (g *generator) ports(low, high uint32, protocol int, d direction) *cond {
	six := g.ports6(low, high, protocol, d)
	return flow.Any(six, g.ports4(low, high, protocol, d))
}

func (g *generator) ports4(low, high uint32, protocol int, d direction) *cond {
	is := g.carries(typeIPv4)
	return flow.All(is, g.eachTransport(protocol, func(p uint32) *cond {
		c := g.equal(byteAt(fromNetwork, 9), p)
		c = flow.All(c, g.firstFragment())
		return flow.All(c, g.portEnds(fromIPv4Payload, low, high, d))
	}))
}

func (g *generator) ports6(low, high uint32, protocol int, d direction) *cond {
	is := g.carries(typeIPv6)
	return flow.All(is, g.eachTransport(protocol, func(p uint32) *cond {
		c := g.equal(byteAt(fromNetwork, 6), p)
		return flow.All(c, g.portEnds(fromIPv6Payload, low, high, d))
	}))
}

func (g *generator) eachTransport(protocol int, test func(p uint32) *cond) *cond {
	if protocol != noNumber {
		return test(uint32(protocol))
	}
	t := test(numTCP)
	c := flow.Any(t, test(numUDP))
	return flow.Any(test(numSCTP), c)
}

func (g *generator) portEnds(from origin, low, high uint32, d direction) *cond {
	return g.ends(d, "ports", func(end direction) *cond {
		f := halfAt(from, pick(end, 0, 2))
		if low == high {
			return g.equal(f, low)
		}
		c := g.compare(f, 0xffffffff, flow.GreaterEqual, min(low, high))
		return flow.All(c, flow.Not(g.greater(f, max(low, high))))
	})
}

// firstFragment tests that an IPv4 packet is whole or a datagram's first fragment: only that has ports.
func (g *generator) firstFragment() *cond {
	return flow.Not(g.anyBit(halfAt(fromNetwork, 6), 0x1fff))
}

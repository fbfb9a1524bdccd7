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

// A portTest tests one port.
type portTest func(f field) *cond

// port tests that a port is n.
func (g *generator) port(n uint32) portTest {
	return func(f field) *cond { return g.equal(f, n) }
}

// portrange tests that a port lies between two, in whatever order they were given.
func (g *generator) portrange(a, b uint32) portTest {
	return func(f field) *cond {
		c := g.compare(f, 0xffffffff, flow.GreaterEqual, min(a, b))
		return flow.All(c, flow.Not(g.greater(f, max(a, b))))
	}
}

// ports tests ports of TCP, UDP or SCTP, or of each of them, over IPv4 and IPv6.
func (g *generator) ports(test portTest, protocol int, d direction) *cond {
	six := g.ports6(test, protocol, d)
	return flow.Any(six, g.ports4(test, protocol, d))
}

func (g *generator) ports4(test portTest, protocol int, d direction) *cond {
	is := g.carries(typeIPv4)
	return flow.All(is, g.eachTransport(protocol, func(p uint32) *cond {
		c := g.equal(byteAt(fromNetwork, 9), p)
		c = flow.All(c, g.firstFragment())
		return flow.All(c, g.portEnds(fromIPv4Payload, test, d))
	}))
}

func (g *generator) ports6(test portTest, protocol int, d direction) *cond {
	is := g.carries(typeIPv6)
	return flow.All(is, g.eachTransport(protocol, func(p uint32) *cond {
		c := g.equal(byteAt(fromNetwork, 6), p)
		return flow.All(c, g.portEnds(fromIPv6Payload, test, d))
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

func (g *generator) portEnds(from origin, test portTest, d direction) *cond {
	return g.ends(d, "ports", func(end direction) *cond { return test(halfAt(from, pick(end, 0, 2))) })
}

// firstFragment tests that an IPv4 packet is whole or a datagram's first fragment: only that has ports.
func (g *generator) firstFragment() *cond {
	return flow.Not(g.anyBit(halfAt(fromNetwork, 6), 0x1fff))
}

package filter

import "moonwire/host/filter/internal/flow"

const (
	portGeneve = 6081
	maxVNI     = 0xffffff
)

// geneve tests for a Geneve tunnel (RFC 8926), and moves what follows inside it: to the inner frame's headers, or to
// the inner packet when there is no frame.
func (g *generator) geneve(vni wanted) *cond {
	if vni.given && vni.n > maxVNI {
		g.fail("Geneve VNI %d is greater than %d", vni.n, maxVNI)
	}
	c := flow.Any(g.geneve4(vni), g.geneve6(vni))
	inside := g.test(append(g.geneveInside(), flow.Raw(flow.LoadImm, 0)), flow.JumpK|flow.Equal, 0)
	g.tunnel = true
	return flow.All(c, inside)
}

// geneve4 leaves the length of the IPv4 header in A, geneve6 that of the IPv6 header.
func (g *generator) geneve4(vni wanted) *cond {
	c := g.geneveHeader(g.ports4(g.port(portGeneve), numUDP, dst), fromIPv4Payload, vni)
	code := append(g.loadIPv4Length(), flow.Raw(flow.TXA, 0))
	return flow.All(c, g.test(code, flow.JumpX|flow.Equal, 0))
}

func (g *generator) geneve6(vni wanted) *cond {
	c := g.geneveHeader(g.ports6(g.port(portGeneve), numUDP, dst), fromIPv6Payload, vni)
	code := g.loadVariable(&g.payload)
	variable := code != nil
	code = append(code, flow.Raw(flow.LoadImm, 40))
	if variable {
		code = append(code, flow.Raw(flow.AluX|flow.Add, 0))
	}
	code = append(code, flow.Raw(flow.TAX, 0))
	return flow.All(c, g.test(code, flow.JumpX|flow.Equal, 0))
}

// geneveHeader tests for version 0 and the network identifier.
func (g *generator) geneveHeader(port *cond, from origin, vni wanted) *cond {
	c := flow.All(port, g.masked(byteAt(from, 8), 0, 0xc0))
	if vni.given {
		c = flow.All(c, g.masked(wordAt(from, 12), vni.n<<8, 0xffffff00))
	}
	return c
}

// geneveInside notes in registers where the inner frame's header, type and payload are. It begins with the length of
// the IP header in A.
func (g *generator) geneveInside() []ins {
	g.verbatim = true
	start := g.payload.base + g.network + 8 // behind UDP's header
	protocol := place{variable: true, register: g.takeRegister()}
	header := place{variable: true, register: g.takeRegister()}
	g.push(linkEthernet, header)
	g.protocol = protocol
	g.payload = place{variable: true, register: g.takeRegister()}
	g.network = 0
	return []ins{
		flow.Raw(flow.Alu|flow.Add, start),
		flow.Raw(flow.TAX, 0),
		flow.Raw(flow.Alu|flow.Add, 2),
		flow.Raw(flow.Store, uint32(protocol.register)),
		flow.Raw(flow.LoadInd|flow.Byte, 0), // the options' length, in words
		flow.Raw(flow.Alu|flow.And, 0x3f),
		flow.Raw(flow.Alu|flow.Mul, 4),
		flow.Raw(flow.Alu|flow.Add, 8),
		flow.Raw(flow.AluX|flow.Add, 0),
		flow.Raw(flow.Store, uint32(header.register)),
		flow.Raw(flow.LoadInd|flow.Half, 2),
		flow.Raw(flow.LoadXMem, uint32(header.register)),
		{Op: flow.JumpK | flow.Equal, Jt: 0, Jf: 5, K: typeTEB},
		flow.Raw(flow.TXA, 0),
		flow.Raw(flow.Alu|flow.Add, 12),
		flow.Raw(flow.Store, uint32(protocol.register)),
		flow.Raw(flow.Alu|flow.Add, 2),
		flow.Raw(flow.TAX, 0),
		flow.Raw(flow.StoreX, uint32(g.payload.register)),
	}
}

// geneveFrame tests that the tunnel carries a frame: then its header and its payload are apart.
func (g *generator) geneveFrame() *cond {
	code := []ins{
		flow.Raw(flow.LoadMem, uint32(g.header.register)),
		flow.Raw(flow.LoadXMem, uint32(g.payload.register)),
	}
	return flow.Not(g.test(code, flow.JumpX|flow.Equal, 0))
}

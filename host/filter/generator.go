package filter

import "moonwire/host/filter/internal/flow"

type (
	cond = flow.Cond
	ins  = flow.Ins
)

// A generator makes conditions of what the parser reads. It has state since some primitives change where the rest of
// the expression looks: behind "vlan" the headers are four bytes on.
type generator struct {
	options   Options
	outermost uint32 // the capture's own link type
	linkType  uint32 // the one the expression speaks of now
	previous  uint32 // the one around it

	header     place // the link-layer header
	around     place // the link-layer header around it
	protocol   place // the field that names the protocol
	payload    place // what follows the link-layer header
	network    uint32
	networkLLC uint32

	labels  int  // "mpls" seen so often
	tags    int  // "vlan" seen so often
	tunnel  bool // "geneve" has been seen
	tagMove bool // the kernel's VLAN tags make two places variable

	registers registers
	verbatim  bool // the code has jumps of its own: leave it as it is
	at        int  // what is being compiled, for errors
	tests     int
}

// A place is an offset in the packet: a constant, and a register's contents when it is variable.
type place struct {
	base     uint32
	variable bool
	register int // -1 until one is needed
}

func newGenerator(o Options) *generator {
	linkType := o.LinkType
	if linkType == dltRaw {
		linkType = linkRaw
	}
	l, known := layoutOf(linkType)
	if !known {
		fail(0, "link type %d is not known", o.LinkType)
	}
	fixed := func(base uint32) place { return place{base: base, register: -1} }
	g := &generator{
		options: o, outermost: linkType, linkType: linkType, previous: linkType,
		header: fixed(l.header), protocol: fixed(l.protocol), payload: fixed(l.payload),
		network: l.network, networkLLC: l.networkLLC,
	}
	g.header.variable = hasRadio(linkType) || linkType == linkPPI
	g.payload.variable = isWLAN(linkType) || linkType == linkPFLog
	g.around = g.header
	return g
}

func (g *generator) fail(format string, args ...any) { fail(g.at, format, args...) }

// push makes what follows speak of a link layer inside the present one.
func (g *generator) push(linkType uint32, header place) {
	g.around, g.previous = g.header, g.linkType
	g.header, g.linkType = header, linkType
	g.tunnel = false
}

// An origin is what an offset is counted from.
type origin uint8

const (
	fromPacket origin = iota
	fromHeader
	fromAround
	fromLLC
	fromLabel // the MPLS label before the network header
	fromNetwork
	fromNetworkLLC
	fromProtocol
	fromIPv4Payload
	fromIPv6Payload
)

// A field is so many bytes at an offset from an origin.
type field struct {
	from   origin
	offset uint32
	size   uint16 // flow.Byte, flow.Half or flow.Word
}

func byteAt(from origin, offset uint32) field { return field{from, offset, flow.Byte} }
func halfAt(from origin, offset uint32) field { return field{from, offset, flow.Half} }
func wordAt(from origin, offset uint32) field { return field{from, offset, flow.Word} }

// load puts a field into A.
func (g *generator) load(f field) []ins {
	switch f.from {
	case fromHeader:
		return g.loadFrom(&g.header, f.offset, f.size)
	case fromAround:
		return g.loadFrom(&g.around, f.offset, f.size)
	case fromLLC:
		return g.loadFrom(&g.payload, f.offset, f.size)
	case fromLabel:
		return g.loadFrom(&g.payload, g.network-4+f.offset, f.size)
	case fromNetwork:
		return g.loadFrom(&g.payload, g.network+f.offset, f.size)
	case fromNetworkLLC:
		return g.loadFrom(&g.payload, g.networkLLC+f.offset, f.size)
	case fromProtocol:
		return g.loadFrom(&g.protocol, f.offset, f.size)
	case fromIPv4Payload:
		return append(g.loadIPv4Length(), flow.Raw(flow.LoadInd|f.size, g.payload.base+g.network+f.offset))
	case fromIPv6Payload:
		return g.loadFrom(&g.payload, g.network+40+f.offset, f.size)
	}
	return []ins{flow.Raw(flow.LoadAbs|f.size, f.offset)}
}

func (g *generator) loadFrom(p *place, offset uint32, size uint16) []ins {
	if x := g.loadVariable(p); x != nil {
		return append(x, flow.Raw(flow.LoadInd|size, p.base+offset))
	}
	return []ins{flow.Raw(flow.LoadAbs|size, p.base+offset)}
}

// loadVariable puts the variable part of a place into X; it is nil when there is none.
func (g *generator) loadVariable(p *place) []ins {
	if !p.variable {
		return nil
	}
	if p.register < 0 {
		p.register = g.takeRegister()
	}
	return []ins{flow.Raw(flow.LoadXMem, uint32(p.register))}
}

// loadIPv4Length puts the length of the IPv4 header and the variable part of its place into X.
func (g *generator) loadIPv4Length() []ins {
	at := g.payload.base + g.network
	x := g.loadVariable(&g.payload)
	if x == nil {
		return []ins{flow.Raw(flow.LoadXIPv4, at)}
	}
	return append(x,
		flow.Raw(flow.LoadInd|flow.Byte, at),
		flow.Raw(flow.Alu|flow.And, 0xf),
		flow.Raw(flow.Alu|flow.Lsh, 2),
		flow.Raw(flow.AluX|flow.Add, 0),
		flow.Raw(flow.TAX, 0))
}

// maxTests bounds the work and memory of a compilation, far above what makes a program the kernel takes.
const maxTests = 1 << 14

func (g *generator) test(code []ins, op uint16, k uint32) *cond {
	if g.tests++; g.tests > maxTests {
		g.fail("the expression is too long: it makes more than %d tests", maxTests)
	}
	return flow.Test(code, op, k)
}

// equal tests that a field is v.
func (g *generator) equal(f field, v uint32) *cond {
	return g.test(g.load(f), flow.JumpK|flow.Equal, v)
}

// masked tests that a field, of which only the bits of mask count, is v.
func (g *generator) masked(f field, v, mask uint32) *cond {
	return g.compare(f, mask, flow.Equal, v)
}

// compare tests a field, of which only the bits of mask count, against v.
func (g *generator) compare(f field, mask uint32, comparison uint16, v uint32) *cond {
	code := g.load(f)
	if mask != 0xffffffff {
		code = append(code, flow.Raw(flow.Alu|flow.And, mask))
	}
	return g.test(code, flow.JumpK|comparison, v)
}

// greater tests that a field is greater than v.
func (g *generator) greater(f field, v uint32) *cond {
	return g.test(g.load(f), flow.JumpK|flow.Greater, v)
}

// anyBit tests that a field has one of the bits set.
func (g *generator) anyBit(f field, bits uint32) *cond {
	return g.test(g.load(f), flow.JumpK|flow.AnyBit, bits)
}

// bytes tests that the bytes at an offset are want, the last ones first.
func (g *generator) bytes(from origin, offset uint32, want []byte) *cond {
	var c *cond
	for n := len(want); n > 0; {
		size := 1
		if n >= 4 {
			size = 4
		} else if n >= 2 {
			size = 2
		}
		n -= size
		var v uint32
		for _, b := range want[n : n+size] {
			v = v<<8 | uint32(b)
		}
		f := field{from, offset + uint32(n), map[int]uint16{1: flow.Byte, 2: flow.Half, 4: flow.Word}[size]}
		c = flow.All(c, g.equal(f, v))
	}
	return c
}

// constant is a condition that always or never holds.
func (g *generator) constant(holds bool) *cond {
	k := uint32(1)
	if holds {
		k = 0
	}
	return g.test([]ins{flow.Raw(flow.LoadImm, k)}, flow.JumpK|flow.Equal, 0)
}

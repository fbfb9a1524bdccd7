package filter

import "moonwire/host/filter/internal/flow"

// A value is a number that a program computes: code that computes it and leaves it in a register. Bytes of a packet
// have a guard, the condition that the packet is of their protocol.
type value struct {
	code     []ins
	register int
	guard    *cond
}

func (v value) load() ins  { return flow.Raw(flow.LoadMem, uint32(v.register)) }
func (v value) loadX() ins { return flow.Raw(flow.LoadXMem, uint32(v.register)) }

// keep stores A as a value.
func (g *generator) keep(code []ins, guard *cond) value {
	r := g.takeRegister()
	return value{append(code, flow.Raw(flow.Store, uint32(r))), r, guard}
}

func (g *generator) constantValue(n uint32) value {
	return g.keep([]ins{flow.Raw(flow.LoadImm, n)}, nil)
}

func (g *generator) lengthValue() value { return g.keep([]ins{flow.Raw(flow.LoadLen, 0)}, nil) }

func (g *generator) negate(v value) value {
	v.code = append(v.code, v.load(), flow.Raw(flow.Alu|flow.Neg, 0), flow.Raw(flow.Store, uint32(v.register)))
	return v
}

// An operation is one of arithmetic: its instruction, and how tightly it binds.
type operation struct {
	op     uint16
	binds  int
	greedy bool
}

// operations has the C operators. As in tcpdump, % and ^ have no place in their order: they bind tighter than what
// stands before them, and take all that follows.
var operations = map[kind]operation{
	'|': {flow.Or, 1, false}, '&': {flow.And, 2, false},
	kindShiftLeft: {flow.Lsh, 3, false}, kindShiftRight: {flow.Rsh, 3, false},
	'+': {flow.Add, 4, false}, '-': {flow.Sub, 4, false},
	'*': {flow.Mul, 5, false}, '/': {flow.Div, 5, false},
	'%': {flow.Mod, 0, true}, '^': {flow.Xor, 0, true},
}

// combine computes a op b. As tcpdump does, it looks for what can't be computed in b's first number only; the optimiser
// finds the rest. Only a's guard is kept.
func (g *generator) combine(op uint16, a, b value) value {
	if first := b.code[0]; first.Op == flow.LoadImm {
		switch {
		case op == flow.Div && first.K == 0:
			g.fail("division by zero")
		case op == flow.Mod && first.K == 0:
			g.fail("remainder of a division by zero")
		case (op == flow.Lsh || op == flow.Rsh) && first.K > 31:
			g.fail("a shift by more than 31 bits")
		}
	}
	code := append(a.code, b.code...)
	code = append(code, b.loadX(), a.load(), flow.Raw(flow.AluX|op, 0))
	g.freeRegister(a.register)
	g.freeRegister(b.register)
	return g.keep(code, a.guard)
}

// A relation compares two values, or a field and a number.
type relation struct {
	comparison uint16
	negated    bool
}

// relations has the signs: <, <= and != are the contrary of others.
var relations = map[kind]relation{
	'>': {flow.Greater, false}, kindGreaterEqual: {flow.GreaterEqual, false}, '=': {flow.Equal, false},
	kindLessEqual: {flow.Greater, true}, '<': {flow.GreaterEqual, true}, kindNotEqual: {flow.Equal, true},
}

func (r relation) apply(c *cond) *cond {
	if r.negated {
		return flow.Not(c)
	}
	return c
}

// field makes the condition that a field of ATM or SS7 stands in relation to a number. tcpdump takes != for = there.
func (r relation) field(c *cond) *cond {
	if r.comparison == flow.Equal {
		return c
	}
	return r.apply(c)
}

func (g *generator) relate(r relation, a, b value) *cond {
	code := append(a.code, b.code...)
	code = append(code, b.loadX(), a.load())
	op := uint16(flow.JumpX)
	if r.comparison == flow.Equal {
		code = append(code, flow.Raw(flow.AluX|flow.Sub, 0))
		op = flow.JumpK
	}
	g.freeRegister(a.register)
	g.freeRegister(b.register)
	c := r.apply(g.test(code, op|r.comparison, 0))
	guard := a.guard
	if b.guard != nil {
		guard = flow.All(a.guard, b.guard)
	}
	return flow.All(guard, c)
}

// bytesValue is proto[index:size].
func (g *generator) bytesValue(p proto, index value, size uint32) value {
	register := g.takeRegister()
	g.freeRegister(index.register)
	sizes := map[uint32]uint16{1: flow.Byte, 2: flow.Half, 4: flow.Word}
	s, ok := sizes[size]
	if !ok {
		g.fail("1, 2 or 4 bytes can be read at once, not %d", size)
	}
	v := value{register: register, guard: index.guard}
	require := func(c *cond) { v.guard = flow.All(v.guard, c) }
	base := g.payload.base + g.network
	switch p {
	case radio:
		if !hasRadio(g.linkType) {
			g.fail("%s has no radio header", linkName(g.linkType))
		}
		v.code = append(index.code, index.loadX(), flow.Raw(flow.LoadInd|s, 0))
	case link:
		v.code = g.loadIndexed(&g.header, index, g.header.base, s)
	case ip, arp, rarp, atalk, decnet, sca, lat, moprc, mopdl, ip6:
		v.code = g.loadIndexed(&g.payload, index, base, s)
		require(g.is(p))
	case sctp, tcp, udp, icmp, igmp, igrp, pim, vrrp, carp:
		v.code = append(index.code, g.loadIPv4Length()...)
		v.code = append(v.code, index.load(), flow.Raw(flow.AluX|flow.Add, 0), flow.Raw(flow.TAX, 0),
			flow.Raw(flow.LoadInd|s, base))
		whole := g.is(p)
		whole = flow.All(whole, g.firstFragment())
		whole = flow.All(index.guard, whole)
		v.guard = flow.All(g.is(ip), whole)
	case icmp6:
		require(g.is(ip6))
		require(g.equal(byteAt(fromNetwork, 6), numICMP6))
		v.code = g.loadIndexed(&g.payload, index, base+40, s)
	default:
		g.fail("bytes of %s can't be read: its place in a packet isn't known", p)
	}
	v.code = append(v.code, flow.Raw(flow.Store, uint32(register)))
	return v
}

// loadIndexed loads what is at an index behind a place.
func (g *generator) loadIndexed(p *place, index value, base uint32, size uint16) []ins {
	code := index.code
	if x := g.loadVariable(p); x != nil {
		code = append(append(code, x...), index.load(), flow.Raw(flow.AluX|flow.Add, 0), flow.Raw(flow.TAX, 0))
	} else {
		code = append(code, index.loadX())
	}
	return append(code, flow.Raw(flow.LoadInd|size, base))
}

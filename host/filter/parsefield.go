package filter

import (
	"strings"

	"moonwire/host/filter/internal/flow"
)

// byteTest reads what follows "byte": an offset, an operator and a number.
func (p *parser) byteTest() *cond {
	g := p.gen
	at := g.at
	index := p.expect(kindNumber, "the number of a byte").num
	operator := p.token
	switch operator.kind {
	case '=', '<', '>', '&', '|':
		p.advance()
	default:
		p.unexpected("=, <, >, & or |")
	}
	n := p.expect(kindNumber, "a number").num
	g.at = at
	switch f := byteAt(fromHeader, index); operator.kind {
	case '=':
		return g.equal(f, n)
	case '<':
		return flow.Not(g.compare(f, 0xffffffff, flow.GreaterEqual, n))
	case '>':
		return g.greater(f, n)
	}
	// tcpdump reads no byte for these two and tests what the expression left in the accumulator.
	op := map[kind]uint16{'&': flow.And, '|': flow.Or}[operator.kind]
	return flow.Not(g.test([]ins{flow.Raw(flow.Alu|op, n)}, flow.JumpK|flow.Equal, 0))
}

// numberedField reads what follows a field of ATM or SS7: a number, a comparison, or numbers in parentheses.
func (p *parser) numberedField(field token) *cond {
	test := func(r relation, v uint32) *cond {
		p.gen.at = field.at
		if field.kind == kwVpi || field.kind == kwVci {
			p.gen.onATM(field.text)
			return r.field(p.gen.atmField(field.kind, r.comparison, v))
		}
		return p.gen.ss7Field(field.kind, field.text, r, v)
	}
	number := func() uint32 { return p.expect(kindNumber, "a number").num }
	equal := relations['=']
	if r, ok := relations[p.token.kind]; ok {
		p.advance()
		return test(r, number())
	}
	if !p.accept('(') {
		return test(equal, number())
	}
	c := test(equal, number())
	for p.accept(kwOr) {
		c = flow.Any(c, test(equal, number()))
	}
	p.expect(')', "or, or )")
	return c
}

// packetFilter reads what follows a keyword of OpenBSD's packet filter.
func (p *parser) packetFilter(word token) *cond {
	g := p.gen
	number := func() uint32 { return p.expect(kindNumber, "a rule's number").num }
	name := func(what string) string { return p.expect(kindName, what).name }
	switch word.kind {
	case kwIfname:
		return g.pfName(word.text, name("an interface's name"), pfInterface)
	case kwRuleset:
		return g.pfName(word.text, name("a ruleset's name"), pfRuleset)
	case kwRulenum:
		return g.pfNumber(word.text, pfRule, number())
	case kwSubrulenum:
		return g.pfNumber(word.text, pfSubrule, number())
	case kwAction:
		n := g.pfNamed("action", name("an action"), pfActions)
		g.onPF(word.text)
		return g.equal(fieldAction, n)
	}
	var n uint32
	if p.token.kind == kindNumber {
		n = p.advance().num
	} else {
		n = g.pfNamed("reason", name("a reason"), pfReasons)
	}
	g.onPF(word.text)
	return g.equal(byteAt(fromHeader, pfReason), n)
}

// wlan reads what follows type, subtype or dir: a name or the bits themselves.
func (p *parser) wlan() *cond {
	g := p.gen
	switch word := p.advance(); word.kind {
	case kwDir:
		return g.wlanDirection(p.wlanBits(wlanDirections, 0xffffffff, "a direction (nods, tods, fromds, dstods)"))
	case kwSubtype:
		t := p.expect(kindName, "a subtype's name")
		bits, ok := wlanSubtype(t.name, -1)
		if !ok {
			fail(t.at, "%s is no subtype of an 802.11 frame%s", quote(t.name), suggest(t.name, wlanSubtypeNames))
		}
		return g.wlanType(bits, wlanTypeMask|wlanSubtypeMask)
	}
	kind := p.wlanBits(wlanTypes, wlanTypeMask, "a type (mgt, ctl, data)")
	if !p.accept(kwSubtype) {
		return g.wlanType(kind, wlanTypeMask)
	}
	if p.token.kind == kindNumber {
		return g.wlanType(kind|p.wlanBits(nil, wlanSubtypeMask, "a subtype"), wlanTypeMask|wlanSubtypeMask)
	}
	t := p.expect(kindName, "a subtype's name or number")
	bits, ok := wlanSubtype(t.name, int(kind))
	if !ok {
		fail(t.at, "%s is no subtype of this type of 802.11 frames%s", quote(t.name), suggest(t.name, wlanSubtypeNames))
	}
	return g.wlanType(kind|bits, wlanTypeMask|wlanSubtypeMask)
}

// wlanBits reads a name from a table, or a number that has only bits of mask.
func (p *parser) wlanBits(table map[string]uint32, mask uint32, what string) uint32 {
	if p.token.kind == kindNumber {
		t := p.advance()
		if t.num&^mask != 0 {
			fail(t.at, "%s expected, and %s has bits outside of %#x", what, t.text, mask)
		}
		return t.num
	}
	t := p.expect(kindName, what)
	n, ok := table[strings.ToLower(t.name)]
	if !ok {
		fail(t.at, "%s expected, got %s", what, quote(t.name))
	}
	return n
}

func wlanSubtypeNames(yield func(string) bool) {
	for _, t := range wlanSubtypes {
		for name := range t.names {
			if !yield(name) {
				return
			}
		}
	}
}

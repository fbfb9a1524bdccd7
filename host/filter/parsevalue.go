package filter

import "strings"

// arithmetic reads operators that bind tighter than binds, and their operands.
func (p *parser) arithmetic(left value, binds int) value {
	for {
		o, ok := operations[p.token.kind]
		if !ok || !o.greedy && o.binds <= binds {
			return left
		}
		at := p.advance().at
		p.enter()
		right := p.arithmetic(p.operand(), o.binds)
		p.leave()
		p.gen.at = at
		left = p.gen.combine(o.op, left, right)
	}
}

// tightest binds tighter than any operator that has a place in their order.
const tightest = 6

// operand reads a number, the length, bytes of a packet, or arithmetic in parentheses.
func (p *parser) operand() value {
	p.enter()
	defer p.leave()
	at := p.token.at
	switch k := p.token.kind; {
	case k == kindNumber:
		n := p.advance().num
		p.gen.at = at
		return p.gen.constantValue(n)
	case k == kwLen:
		p.advance()
		p.gen.at = at
		return p.gen.lengthValue()
	case k == '-':
		p.advance()
		v := p.arithmetic(p.operand(), tightest)
		p.gen.at = at
		return p.gen.negate(v)
	case k == '(':
		p.advance()
		v := p.arithmetic(p.operand(), 0)
		p.expect(')', ") or an arithmetic operator")
		return v
	case k > kindProto:
		name := p.advance()
		if p.token.kind != '[' {
			p.unexpected("[")
		}
		return p.bytes(proto(name.kind-kindProto), at)
	}
	if strings.Contains(p.token.name, "-") {
		fail(at, "%s is a name: a minus needs spaces around it", quote(p.token.text))
	}
	p.unexpected("a number, len, or bytes as in ip[0]")
	return value{}
}

// bytes reads [index] or [index:size].
func (p *parser) bytes(of proto, at int) value {
	p.advance()
	index := p.arithmetic(p.operand(), 0)
	size := uint32(1)
	if p.accept(':') {
		size = p.expect(kindNumber, "how many bytes: 1, 2 or 4").num
	}
	p.expect(']', "] or an arithmetic operator")
	p.gen.at = at
	return p.gen.bytesValue(of, index, size)
}

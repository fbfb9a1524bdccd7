package smi

import "strconv"

// assign passes over ::=, or what was meant to be it.
func (p *parser) assign() {
	switch {
	case p.tok.kind == assign:
		p.next()
	case p.tok.is(":"), p.tok.is("="):
		p.slip(p.tok.at, "%s is not ::=", p.tok.show())
		for p.tok.is(":") || p.tok.is("=") {
			p.next()
		}
	case p.tok.is("{"):
		p.slip(p.tok.at, "::= is missing before {")
	default:
		p.fail(p.tok.at, "%s is not expected: ::= is", p.tok.show())
	}
}

// oidValue reads { parent 1 }, { iso org(3) 6 }, { 1 3 6 } or { Module.parent 1 }.
func (p *parser) oidValue() []arc {
	if !p.tok.is("{") {
		p.fail(p.tok.at, "%s is not expected: an OID in braces is", p.tok.show())
		return nil
	}
	open := p.tok.at
	p.next()
	p.components = p.components[:0]
	for !p.accept("}") && !p.broken {
		switch {
		case p.tok.word():
			p.components = append(p.components, p.namedArc())
		case p.tok.kind == number:
			p.components = append(p.components, p.numberArc())
		case p.tok.is(","), p.tok.is("."):
			p.slip(p.tok.at, "%s stands between the components of an OID", p.tok.show())
			p.next()
		default:
			p.fail(p.tok.at, "%s is not expected in an OID", p.tok.show())
		}
		if p.tok.word() && p.macroAhead() {
			p.slip(open, "the } of an OID is missing")
			break
		}
	}
	if len(p.components) == 0 {
		p.fail(open, "the OID has no components")
		return nil
	}
	arcs := p.arcs.take(len(p.components))
	copy(arcs, p.components)
	return arcs
}

func (p *parser) namedArc() arc {
	a := arc{ref: p.ref()}
	if !p.tok.is("(") {
		return a
	}
	p.next()
	n := p.numberArc()
	a.number, a.numbered = n.number, true
	p.expect(")", "after the number of "+a.name)
	return a
}

// numberArc reads a component of 0 to 2^32-1 (RFC 2578 section 3.5).
func (p *parser) numberArc() arc {
	at := p.tok.at
	n, err := strconv.ParseUint(p.tok.text, 10, 32)
	if p.tok.kind != number || err != nil {
		p.fail(at, "%s is not a component of an OID, which is 0 to 4294967295", p.tok.show())
		return arc{}
	}
	p.next()
	return arc{ref: ref{at: at}, number: uint32(n), numbered: true}
}

// refs reads { a, b, c }.
func (p *parser) refs(where string) (list []ref) {
	p.expect("{", "after "+where)
	for !p.accept("}") && !p.broken {
		if !p.tok.word() {
			p.fail(p.tok.at, "%s is not expected in %s", p.tok.show(), where)
			return list
		}
		list = append(list, p.ref())
		p.comma("}", where)
	}
	return list
}

// block passes over { … }, with all that is in it.
func (p *parser) block() {
	open := p.tok.at
	p.expect("{", "here")
	for depth := 1; depth > 0 && !p.broken; p.next() {
		switch {
		case p.tok.is("{"):
			depth++
		case p.tok.is("}"):
			depth--
		case p.tok.kind == eof, p.tok.kind == assign, p.tok.kind == upper && macroWord(p.tok.text):
			p.fail(open, "{ has no }")
		}
	}
}

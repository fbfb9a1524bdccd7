package smi

import "strings"

// definition reads one assignment; the current token is its name.
func (p *parser) definition() {
	d := p.definitions.one()
	*d = definition{name: p.keep(p.tok.text), at: p.tok.at, more: &nothing}
	p.def = d
	wellNamed := p.tok.kind == lower
	ahead := p.peek()
	switch {
	case ahead.text == "MACRO":
		p.macroText()
		return
	case ahead.kind == assign:
		wellNamed = p.tok.kind == upper
		p.next()
		p.next()
		p.typeDefinition(d)
	case ahead.text == "OBJECT" && ahead.kind == upper:
		p.next()
		p.second("IDENTIFIER")
		p.assign()
		d.value = p.oidValue()
	case ahead.kind == upper && macroOf(ahead.text, d):
		p.next()
		p.macro(d)
	case ahead.word():
		p.otherValue(d)
		return
	default:
		p.next()
		p.fail(d.at, "%s is not expected after %s: a macro or ::= is", p.tok.show(), d.name)
	}
	if !wellNamed && !p.broken {
		p.remark(d.at, "the name begins with a letter of the wrong case (RFC 2578 section 3.1)")
	}
	if p.lost {
		if p.mod.lost == nil {
			p.mod.lost = make(map[string]place)
		}
		p.mod.lost[d.name] = d.at
		return
	}
	p.mod.defs = append(p.mod.defs, d)
}

// macroOf finds the macro that a word names.
func macroOf(word string, d *definition) (is bool) {
	d.macro, is = macros[word]
	if !is {
		d.macro, is = macros[strings.ToUpper(strings.ReplaceAll(word, "_", "-"))]
	}
	return is
}

// macroText passes over the definition of a macro, which the reader knows.
func (p *parser) macroText() {
	at := p.tok.at
	for !p.broken && !(p.tok.text == "END" && p.tok.kind == upper) {
		if p.tok.kind == eof {
			p.remark(at, "the macro has no END")
			return
		}
		p.next()
	}
	p.next()
}

// typeDefinition reads what follows Name ::=.
func (p *parser) typeDefinition(d *definition) {
	d.macro = typeAssignment
	if p.tok.text == "TEXTUAL-CONVENTION" {
		d.macro = textualConvention
		p.next()
		p.clauses(d)
		return
	}
	d.syntax = p.typeOf()
}

// otherValue passes over a value that is no OID, such as max INTEGER ::= 5. No MIB module needs one.
func (p *parser) otherValue(d *definition) {
	p.next()
	if p.peek().kind != assign && !p.ahead.is("(") {
		p.fail(p.tok.at, "%s is no macro of the SMI", p.tok.show())
		return
	}
	p.typeOf()
	p.assign()
	switch {
	case p.tok.is("{"):
		p.block()
	case p.tok.kind == number, p.tok.kind == text, p.tok.kind == octets, p.tok.word():
		p.next()
	default:
		p.fail(p.tok.at, "%s is not expected where a value stands", p.tok.show())
	}
}

// macro reads the clauses of a macro and the value after them.
func (p *parser) macro(d *definition) {
	at := p.tok.at
	if !macroWord(p.tok.text) {
		p.slip(at, "%s is not how the macro is written", p.tok.show())
	}
	p.next()
	switch d.macro {
	case moduleCompliance, agentCapabilities:
		p.untilValue()
	default:
		p.clauses(d)
	}
	if d.macro == trapType {
		p.trapNumber(d)
		return
	}
	p.assign()
	d.value = p.oidValue()
}

// untilValue passes over clauses that say nothing of names.
func (p *parser) untilValue() {
	for !p.broken && p.tok.kind != assign {
		if p.tok.kind == eof || p.tok.kind == upper && macroWord(p.tok.text) {
			p.fail(p.tok.at, "%s is not expected: ::= is", p.tok.show())
			return
		}
		p.next()
	}
}

// trapNumber reads the number of a TRAP-TYPE (RFC 1215).
func (p *parser) trapNumber(d *definition) {
	if len(d.value) == 0 {
		p.fail(d.at, "the TRAP-TYPE has no ENTERPRISE")
	}
	p.assign()
	if !p.tok.is("{") {
		d.trap = p.numberArc().number
		return
	}
	p.slip(p.tok.at, "a TRAP-TYPE has a number, not an OID (RFC 1215)") // as some write it
	if arcs := p.oidValue(); len(arcs) > 0 {
		d.trap = arcs[len(arcs)-1].number
	}
}

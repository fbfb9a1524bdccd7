package smi

// file reads all modules of the text, and passes over what stands around them.
func (p *parser) file() {
	p.lex.prose = true
	p.next()
	said := false
	for p.tok.kind != eof {
		switch {
		case p.tok.word() && p.header():
			p.module()
			said = false
		case p.mod != nil && p.tok.word() && p.macroAhead():
			p.slip(p.tok.at, "%s stands after the END of %s", p.tok.show(), p.mod.name)
			p.lost = false
			p.body()
		default:
			if !said && p.tok.kind != junk {
				said = true
				p.stray()
			}
			p.next()
		}
	}
	if p.budget < 0 {
		p.mod, p.def = nil, nil
		p.note(Problem{Fault: Syntax, Lost: true, Text: "so much of it is at fault that the rest was not read"})
	}
}

// stray notes text outside of modules, once for each stretch of it.
func (p *parser) stray() {
	p.def = nil
	if p.mod != nil {
		p.remark(p.tok.at, "%s and what follows it stand after the END of %s and are passed over", p.tok.show(), p.mod.name)
	}
}

// header says whether a module begins here: NAME DEFINITIONS ::=, or NAME { iso … } DEFINITIONS ::=.
func (p *parser) header() bool {
	ahead := p.peek()
	behind := p.lex
	var t token
	switch {
	case ahead.text == "DEFINITIONS" && ahead.kind == upper:
	case ahead.is("{"):
		for behind.next(&t); !t.is("}"); behind.next(&t) {
			if !t.word() && t.kind != number && !t.is("(") && !t.is(")") {
				return false
			}
		}
		if behind.next(&t); t.text != "DEFINITIONS" {
			return false
		}
	default:
		return false
	}
	behind.next(&t)
	switch t.text {
	case "::=", ":", "=", "BEGIN", "IMPLICIT", "EXPLICIT", "AUTOMATIC":
		return true
	}
	return false
}

// module reads one module; the current token is its name.
func (p *parser) module() {
	p.lex.prose = false
	p.mod, p.def = &module{name: p.keep(p.tok.text), at: p.tok.at}, nil
	p.out.modules = append(p.out.modules, p.mod)
	if p.tok.kind == lower {
		p.remark(p.tok.at, "the module's name begins with a lower-case letter (RFC 2578 section 3.1)")
	}
	p.next()
	if p.tok.is("{") {
		p.block()
	}
	p.next() // DEFINITIONS
	for p.tok.text == "IMPLICIT" || p.tok.text == "EXPLICIT" || p.tok.text == "AUTOMATIC" || p.tok.text == "TAGS" {
		p.next()
	}
	p.assign()
	if !p.accept("BEGIN") {
		p.slip(p.tok.at, "BEGIN is missing after DEFINITIONS ::=")
	}
	p.recover(p.here())
	p.body()
}

// body reads definitions up to END.
func (p *parser) body() {
	p.lex.prose = false
	for {
		p.def = nil
		switch {
		case p.tok.kind == eof:
			p.remark(p.tok.at, "END is missing: the file may have been cut")
			return
		case p.tok.text == "END" && p.tok.kind == upper:
			p.lex.prose = true
			p.next()
			return
		case p.tok.word() && p.header():
			p.remark(p.tok.at, "END of %s is missing before this module", p.mod.name)
			return
		}
		p.statement()
	}
}

// statement reads one definition, or IMPORTS or EXPORTS, and finds the next one when it is at fault.
func (p *parser) statement() {
	start := p.here()
	p.lost = false
	switch {
	case p.tok.text == "IMPORTS":
		p.importList()
	case p.tok.text == "EXPORTS":
		p.exportList()
	case p.tok.word():
		p.definition()
	case p.tok.is(";"): // the end of a list that had one already
		p.remark(p.tok.at, "a semicolon stands alone")
		p.next()
	default:
		p.fail(p.tok.at, "%s is not expected where a definition begins", p.tok.show())
	}
	p.recover(start)
}

// here is the lexer as it stood before the current token.
func (p *parser) here() lexer {
	l := p.lex
	l.pos, l.line = int(p.tok.start), p.tok.at.line
	l.lineStart = l.pos - int(p.tok.at.column) + 1
	return l
}

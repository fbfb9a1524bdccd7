package smi

// importList reads IMPORTS a, b FROM M c FROM N;
func (p *parser) importList() {
	p.next()
	var names []ref
	for !p.accept(";") && !p.broken {
		switch {
		case p.tok.text == "FROM" && p.tok.kind == upper:
			p.next()
			if !p.tok.word() {
				p.fail(p.tok.at, "%s is not the name of a module to import from", p.tok.show())
				return
			}
			from := p.ref()
			p.mod.imports = append(p.mod.imports, imported{from: from.name, at: from.at, names: names})
			names = nil
			if p.tok.is("{") { // the OID of the module
				p.block()
			}
			p.accept(",")
		case p.tok.word() && (p.macroAhead() || p.peek().kind == assign || p.peek().text == "OBJECT"):
			p.remark(p.tok.at, "the semicolon after IMPORTS is missing")
			return
		case p.tok.word():
			names = append(names, p.ref())
			if !p.accept(",") && p.tok.word() && p.tok.text != "FROM" {
				p.remark(p.tok.at, "a comma is missing before %s in IMPORTS", p.tok.show())
			}
		default:
			p.fail(p.tok.at, "%s is not expected in IMPORTS", p.tok.show())
		}
	}
	if len(names) > 0 && !p.broken {
		p.remark(names[0].at, "%s is imported FROM no module", names[0].name)
	}
}

// exportList passes over EXPORTS: every definition of a MIB module may be used (RFC 2578 section 3.2).
func (p *parser) exportList() {
	for !p.accept(";") && !p.broken {
		if p.tok.kind == eof || p.tok.kind == assign {
			p.fail(p.tok.at, "the semicolon after EXPORTS is missing")
		}
		p.next()
	}
}

// comma passes over the comma between entries of a list; before the word or mark that ends the list there is none.
func (p *parser) comma(last, where string) {
	switch {
	case p.accept(","):
		if p.tok.text == last && p.tok.kind != text {
			p.remark(p.tok.at, "a comma stands before %s in %s", last, where)
		}
	case p.tok.text != last && p.tok.word():
		p.slip(p.tok.at, "a comma is missing before %s in %s", p.tok.show(), where)
	}
}

// macroAhead says whether the current word is the name of a definition by a macro.
func (p *parser) macroAhead() bool {
	_, is := macros[p.peek().text]
	return is && p.ahead.kind == upper && p.tok.text != "FROM" && !macroWord(p.tok.text)
}

package smi

import "strings"

// passText passes over a text that names nothing.
func (p *parser) passText(*definition) {
	if p.tok.kind != text {
		p.fail(p.tok.at, "%s is not expected: a text in quotes is", p.tok.show())
		return
	}
	swallowed := strings.Contains(p.tok.text, "::=")
	p.next()
	if !p.betweenClauses() {
		p.innerQuotes(swallowed)
	}
}

// betweenClauses says whether a clause or the value may begin here.
func (p *parser) betweenClauses() bool {
	return p.tok.kind == assign || p.tok.kind == eof || p.tok.is("{") || p.tok.is(":") || p.tok.kind == upper && clauses[p.tok.text] != nil
}

// innerQuotes passes over the rest of a text that has quotes inside, which nobody doubled. It gives up where a definition
// seems to have been swallowed by a text: then a quote too many or too few has turned the rest of the module inside out.
func (p *parser) innerQuotes(swallowed bool) {
	at, word := p.tok.at, p.tok.show()
	for !p.broken && !p.betweenClauses() {
		if p.tok.kind == text && !swallowed && clauseBegins(p.tok.text) { // this quote closes the text, one before it was too many
			p.lex, p.peeked = p.here(), false
			p.lex.pos++
			p.scan(&p.tok)
			continue
		}
		if swallowed || p.tok.kind == text && strings.Contains(p.tok.text, "::=") || p.tok.kind == upper && macroWord(p.tok.text) {
			p.fail(at, "%s is not expected: a clause or ::= is (is a quote missing, or one too many?)", word)
			return
		}
		p.next()
	}
	p.slip(at, "a text has quotes inside: they must be doubled (ITU-T X.208 section 8.11)")
}

// clauseBegins says whether a text begins with a clause.
func clauseBegins(s string) bool {
	s = strings.TrimLeft(s, " \t\r\n")
	return strings.HasPrefix(s, "::=") || clauses[leadingWord(s)] != nil
}

package smi

import "strings"

// recover goes on at the next line that looks like a definition, when the one that began at start is broken. It looks at
// lines, not at tokens: a quote too many or too few turns texts and definitions inside out, and lines turn them back.
func (p *parser) recover(start lexer) {
	if !p.broken {
		return
	}
	p.broken, p.peeked = false, false
	l := p.lex
	l.pos, l.line, l.lineStart = start.pos, start.line, start.lineStart
	for l.pos < len(l.src) {
		n := strings.IndexByte(l.src[l.pos:], '\n')
		if n < 0 {
			l.pos = len(l.src)
			break
		}
		l.pos += n + 1
		l.newline()
		if beginsDefinition(l.src[l.pos:]) {
			break
		}
	}
	if p.permissive && p.def != nil {
		p.salvage(start, l.pos)
	}
	p.lex = l
	p.next()
}

// beginsDefinition says whether the line at the beginning of s looks like the first one of a definition, or like END. Texts
// mention macros too, so a clause has to follow.
func beginsDefinition(s string) bool {
	line, _, _ := strings.Cut(s, "\n")
	switch strings.TrimSpace(line) {
	case "END", "IMPORTS":
		return true
	}
	name := leadingWord(strings.TrimLeft(line, " \t"))
	if name == "" || macroWord(name) {
		return false
	}
	rest := strings.TrimLeft(s, " \t")[len(name):]
	rest = strings.TrimLeft(rest, " \t\r\n") // the name may have a line of its own
	second := leadingWord(rest)
	rest = strings.TrimLeft(rest[len(second):], " \t\r\n")
	third := leadingWord(rest)
	switch {
	case second == "":
		return strings.HasPrefix(rest, "::=")
	case second == "OBJECT":
		return third == "IDENTIFIER"
	case second == "MACRO", second == "DEFINITIONS":
		return strings.HasPrefix(rest, "::=")
	case macroWord(second):
		return clauses[third] != nil || third == "" || third == "MODULE" || third == "PRODUCT-RELEASE"
	}
	return false
}

// leadingWord is the name or keyword that s begins with.
func leadingWord(s string) string {
	i := 0
	for i < len(s) && (classes[s[i]]&(letter|digit) != 0 || s[i] == '_' || s[i] == '-' && !strings.HasPrefix(s[i:], "--")) {
		i++
	}
	return s[:i]
}

func macroWord(s string) bool {
	_, is := macros[s]
	return is
}

// salvage reads at least the OID of a broken definition, whose text ends at end: what stands below it isn't lost then.
func (p *parser) salvage(start lexer, end int) {
	i := strings.LastIndex(p.lex.src[start.pos:end], "::=")
	if i < 0 || p.def.isType() || p.def.macro == trapType {
		return
	}
	value := parser{lex: newLexer(p.lex.src[:end]), permissive: true, budget: end - start.pos}
	value.lex.pos = start.pos + i
	value.next()
	value.assign()
	arcs := value.oidValue()
	if value.broken || len(arcs) == 0 {
		return
	}
	p.def.value, p.def.syntax = arcs, nil
	p.mod.defs = append(p.mod.defs, p.def)
}

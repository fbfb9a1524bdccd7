package smi

import (
	"strings"

	"moonwire/host/mib"
)

// clauses read what follows a macro's word, in any order: none of them depends on another.
var clauses map[string]func(*parser, *definition)

func init() {
	clauses = map[string]func(*parser, *definition){
		"SYNTAX":        func(p *parser, d *definition) { d.syntax = p.typeOf() },
		"ACCESS":        (*parser).access,
		"MAX-ACCESS":    (*parser).access,
		"STATUS":        (*parser).status,
		"UNITS":         func(p *parser, d *definition) { d.own().units = strings.Join(strings.Fields(p.keptText()), " ") },
		"DISPLAY-HINT":  func(p *parser, d *definition) { d.own().hint = p.keptText() },
		"INDEX":         (*parser).index,
		"AUGMENTS":      (*parser).augments,
		"OBJECTS":       func(p *parser, d *definition) { d.own().objects = p.refs("OBJECTS") },
		"NOTIFICATIONS": func(p *parser, d *definition) { d.own().objects = p.refs("NOTIFICATIONS") },
		"VARIABLES":     func(p *parser, d *definition) { d.own().objects = p.refs("VARIABLES") },
		"ENTERPRISE":    (*parser).enterprise,
		"DEFVAL":        func(p *parser, _ *definition) { p.block() },
		"LAST-UPDATED":  (*parser).lastUpdated,
		"DESCRIPTION":   (*parser).passText,
		"REFERENCE":     (*parser).passText,
		"ORGANIZATION":  (*parser).passText,
		"CONTACT-INFO":  (*parser).passText,
		"REVISION":      (*parser).passText,
	}
}

// clauses reads clauses up to ::= or, of a textual convention, to the end of its type.
func (p *parser) clauses(d *definition) {
	for !p.broken && p.tok.kind != assign && !p.tok.is(":") && !p.tok.is("{") {
		read, is := clauses[p.tok.text]
		if !is || p.tok.kind != upper {
			if read, is = p.oddClause(); !is {
				p.fail(p.tok.at, "%s is not expected in %s: a clause or ::= is", p.tok.show(), d.what())
				return
			}
		}
		p.next()
		read(p, d)
		if d.macro == textualConvention && d.syntax != nil {
			return
		}
	}
	switch {
	case p.broken || d.syntax != nil:
	case d.macro == textualConvention:
		p.fail(d.at, "SYNTAX is missing")
	case d.macro == objectType:
		p.slip(d.at, "SYNTAX is missing")
	}
}

// oddClause is the clause that a word in wrong case names.
func (p *parser) oddClause() (read func(*parser, *definition), is bool) {
	if !p.tok.word() {
		return nil, false
	}
	if read, is = clauses[strings.ToUpper(strings.ReplaceAll(p.tok.text, "_", "-"))]; is {
		p.slip(p.tok.at, "%s is not how the clause is written", p.tok.show())
	}
	return read, is
}

// what is the macro of d, for messages.
func (d *definition) what() string {
	for word, m := range macros {
		if m == d.macro {
			return word
		}
	}
	return "a TEXTUAL-CONVENTION"
}

func (p *parser) keptText() string {
	if p.tok.kind != text {
		p.fail(p.tok.at, "%s is not expected: a text in quotes is", p.tok.show())
		return ""
	}
	s := p.keep(strings.ReplaceAll(p.tok.text, `""`, `"`))
	p.next()
	return s
}

func (p *parser) access(d *definition) {
	if !p.tok.word() {
		p.fail(p.tok.at, "%s is not expected after ACCESS", p.tok.show())
		return
	}
	access, is := mib.AccessOf(p.tok.text)
	if !is {
		access = accessLike(p.tok.text)
		p.slip(p.tok.at, "%s is no access of the SMI (RFC 2578 section 7.3)", p.tok.show())
	}
	d.access = access
	p.next()
}

// accessLike is the access that a word seems to mean; nothing is allowed where it is like none.
func accessLike(word string) mib.Access {
	bare := func(s string) string { return strings.ToLower(strings.NewReplacer("-", "", "_", "").Replace(s)) }
	for a := mib.NotAccessible; a <= mib.WriteOnly; a++ {
		if bare(a.String()) == bare(word) {
			return a
		}
	}
	return mib.NotAccessible
}

func (p *parser) status(d *definition) {
	if !p.tok.word() {
		p.fail(p.tok.at, "%s is not expected after STATUS", p.tok.show())
		return
	}
	status, is := mib.StatusOf(p.tok.text)
	if !is {
		if status, is = mib.StatusOf(strings.ToLower(p.tok.text)); !is {
			status = mib.Current
		}
		p.slip(p.tok.at, "%s is no status of the SMI (RFC 2578 section 7.4)", p.tok.show())
	}
	d.status = status
	p.next()
}

// index reads { a, IMPLIED b }. In SMIv1 an entry may be a type (RFC 1212 section 4.1.6).
func (p *parser) index(d *definition) {
	p.expect("{", "after INDEX")
	more := d.own()
	for !p.accept("}") && !p.broken {
		var part indexPart
		if p.tok.text == "IMPLIED" && p.peek().word() {
			part.implied = true
			p.next()
		}
		switch {
		case p.tok.kind == lower:
			part.ref = p.ref()
		case p.tok.kind == upper:
			part.syntax = p.typeOf()
			part.ref = ref{at: part.syntax.ref.at}
		default:
			p.fail(p.tok.at, "%s is not expected in INDEX", p.tok.show())
			return
		}
		more.index = append(more.index, part)
		p.comma("}", "INDEX")
	}
}

func (p *parser) augments(d *definition) {
	list := p.refs("AUGMENTS")
	if len(list) == 1 {
		d.own().augments = &list[0]
		return
	}
	p.fail(d.at, "AUGMENTS names %d rows: one is right (RFC 2578 section 7.8)", len(list))
}

// enterprise reads the OID of a TRAP-TYPE, with or without braces.
func (p *parser) enterprise(d *definition) {
	switch {
	case p.tok.is("{"):
		d.value = p.oidValue()
	case p.tok.word():
		d.value = []arc{{ref: p.ref()}}
	default:
		p.fail(p.tok.at, "%s is not expected after ENTERPRISE", p.tok.show())
	}
}

// lastUpdated reads YYMMDDhhmmZ or YYYYMMDDhhmmZ (RFC 2578 section 2).
func (p *parser) lastUpdated(d *definition) {
	if p.tok.kind == text && len(p.tok.text) >= 11 {
		s := p.tok.text
		if len(s) == 11 {
			s = "19" + s
		}
		p.mod.updated = p.keep(s)
	}
	p.passText(d)
}

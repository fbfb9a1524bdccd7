package smi

import (
	"math"
	"strconv"
	"strings"

	"moonwire/host/mib"
)

// typeOf reads a type: a base type, a named one, a table's or a row's.
func (p *parser) typeOf() *syntax {
	p.tag()
	s := p.types.one()
	s.ref.at = p.tok.at
	if !p.tok.word() {
		p.fail(p.tok.at, "%s is not expected where a type stands", p.tok.show())
		return s
	}
	switch p.tok.text {
	case "INTEGER":
		s.form = integer
		p.next()
	case "OCTET":
		s.form = octetString
		p.second("STRING")
	case "OBJECT":
		s.form = objectIdentifier
		p.second("IDENTIFIER")
	case "BITS":
		s.form = bits
		p.next()
	case "BIT": // of the first draft of SMIv2 (RFC 1442)
		s.form = bits
		p.second("STRING")
	case "NULL":
		s.form = null
		p.next()
	case "CHOICE":
		s.form = choice
		p.next()
		p.block()
		return s
	case "SEQUENCE":
		p.sequence(s)
		return s
	default:
		s.ref = p.ref()
	}
	p.refine(s)
	return s
}

// tag passes over [APPLICATION 1] IMPLICIT.
func (p *parser) tag() {
	if p.tok.is("[") {
		for !p.tok.is("]") && p.tok.kind != eof && p.tok.kind != assign {
			p.next()
		}
		p.expect("]", "after a tag")
	}
	if p.tok.text == "IMPLICIT" || p.tok.text == "EXPLICIT" {
		p.next()
	}
}

func (p *parser) second(word string) {
	first := p.tok.text
	p.next()
	if !p.accept(word) {
		p.fail(p.tok.at, "%s is not expected after %s: %s is", p.tok.show(), first, word)
	}
}

func (p *parser) sequence(s *syntax) {
	p.next()
	if p.tok.text != "OF" {
		s.form = sequence
		p.block()
		return
	}
	s.form = sequenceOf
	p.next()
	if !p.tok.word() {
		p.fail(p.tok.at, "%s is not expected after SEQUENCE OF", p.tok.show())
		return
	}
	s.ref = p.ref()
}

// refine reads what narrows a type: named numbers, ranges, sizes.
func (p *parser) refine(s *syntax) {
	switch {
	case p.tok.is("{"):
		s.narrowing = &narrowing{enums: p.enums()}
	case p.tok.is("("):
		p.next()
		if p.tok.text == "SIZE" {
			p.next()
			s.narrowing = &narrowing{sizes: p.sizes()}
			p.expect(")", "after SIZE")
			return
		}
		s.narrowing = &narrowing{ranges: p.ranges()}
	case p.tok.text == "SIZE" && p.tok.kind == upper:
		p.slip(p.tok.at, "SIZE is not in parentheses")
		p.next()
		s.narrowing = &narrowing{sizes: p.sizes()}
	}
}

func (p *parser) sizes() []mib.Range {
	if !p.tok.is("(") {
		p.fail(p.tok.at, "%s is not expected after SIZE", p.tok.show())
		return nil
	}
	p.next()
	return p.ranges()
}

// enums reads { up(1), down(2) }.
func (p *parser) enums() (all []mib.Enum) {
	p.labels = true
	p.next()
	for !p.tok.is("}") && !p.broken {
		label := p.label()
		if p.broken {
			return nil
		}
		p.expect("(", "after "+label)
		n := p.bound()
		p.expect(")", "after the number of "+label)
		if !p.broken {
			all = append(all, mib.Enum{Name: label, Value: n})
			p.comma("}", "an enumeration")
		}
	}
	p.labels = false
	p.accept("}")
	return all
}

// label reads the name of a number or of a bit.
func (p *parser) label() string {
	t := p.tok
	if !t.word() && t.kind != number {
		p.fail(t.at, "%s is not expected in an enumeration", t.show())
		return ""
	}
	p.next()
	if p.tok.is("(") || p.broken {
		if t.kind == number {
			p.remark(t.at, "%s is the name of a number, and a name begins with a letter (RFC 2578 section 7.1.1)", t.show())
		}
		return p.keep(t.text)
	}
	return p.oddLabel(t)
}

// oddLabel reads a label of several tokens, such as g.711 or half/full.
func (p *parser) oddLabel(t token) string {
	end := t.end
	for !p.tok.is("(") {
		if p.tok.start != end || p.tok.is(",") || p.tok.is("}") || p.tok.kind == eof {
			p.fail(p.tok.at, "%s is not expected in an enumeration: ( and a number are", p.tok.show())
			return ""
		}
		end = p.tok.end
		p.next()
	}
	label := p.keep(p.lex.src[t.start:end])
	p.remark(t.at, "%s has characters that no name may have (RFC 2578 section 3.1)", label)
	return label
}

// ranges reads 0..9 | 12 | 20..MAX) with its parenthesis.
func (p *parser) ranges() (all []mib.Range) {
	for !p.broken {
		r := mib.Range{Min: p.bound()}
		r.Max = r.Min
		if p.tok.kind == dots {
			p.next()
			r.Max = p.bound()
		}
		all = append(all, r)
		if p.accept(")") {
			return all
		}
		if p.tok.is(",") {
			p.slip(p.tok.at, "ranges are parted by |, not by a comma")
			p.next()
			continue
		}
		p.expect("|", "between ranges")
	}
	return nil
}

// bound reads a number, in decimals or as '…'H or '…'B. Beyond 64 bits with a sign it is the nearest one that fits.
func (p *parser) bound() int64 {
	t := p.tok
	switch {
	case t.kind == number:
		p.next()
		n, _ := strconv.ParseInt(t.text, 10, 64)
		return n
	case t.kind == octets:
		p.next()
		return octetsValue(t.text)
	case t.text == "MIN":
		p.next()
		return math.MinInt64
	case t.text == "MAX":
		p.next()
		return math.MaxInt64
	}
	p.fail(t.at, "%s is not expected where a number stands", t.show())
	return 0
}

func octetsValue(s string) int64 {
	base := 16
	if last := s[len(s)-1]; last == 'B' || last == 'b' {
		base = 2
	}
	digits := strings.Map(func(r rune) rune {
		if r == ' ' || r == '\t' {
			return -1
		}
		return r
	}, s[1:len(s)-2])
	n, _ := strconv.ParseInt(digits, base, 64)
	return n
}

package filter

import "strings"

// A lexer cuts an expression into tokens. Of the words that could start at a place the longest counts; of two equally
// long ones the first in the order of longest.
type lexer struct {
	text string
	at   int
}

func (l *lexer) next() token {
	for l.at < len(l.text) && strings.IndexByte(" \t\r\n", l.text[l.at]) >= 0 {
		l.at++
	}
	if l.at == len(l.text) {
		return token{at: l.at}
	}
	start, rest := l.at, l.text[l.at:]
	if t, ok := word(rest, start); ok {
		l.at += len(t.text)
		return t
	}
	t := operator(rest)
	if t.text == "" {
		fail(start, "the character %s has no meaning in a filter", firstRune(rest))
	}
	t.at = start
	l.at += len(t.text)
	return t
}

func firstRune(s string) string {
	for _, r := range s {
		return string(r)
	}
	return ""
}

// word reads what starts with a letter, a digit, a colon, $ or a backslash.
func word(s string, at int) (token, bool) {
	if s[0] == '\\' {
		n := 1 + span(s[1:], func(c byte) bool { return strings.IndexByte(" !()\n\t", c) < 0 })
		if n == 1 {
			fail(at, "a backslash makes a name of the keyword after it, and none follows")
		}
		return token{kind: kindName, text: s[:n], name: s[1:n], at: at}, true
	}
	if s[0] == '$' {
		if n := hexDigits(s[1:], 2); n > 0 {
			return token{kind: kindARCnet, text: s[:1+n], at: at}, true
		}
		return token{}, false
	}
	kind, n := longest(s)
	if n == 0 {
		return token{}, false
	}
	t := token{kind: kind, text: s[:n], at: at}
	switch kind {
	case kindNumber:
		t.num = number(t.text, at)
	case kindName:
		return classify(t), true
	case kindBadMAC:
		all := s[:span(s, func(c byte) bool { return hexDigit(c) || c == ':' })]
		fail(at, "%s is neither a MAC address, which has six parts, nor an IPv6 address", all)
	}
	return t, true
}

// kindBadMAC is something with colons that is no address.
const kindBadMAC kind = 300

func longest(s string) (kind, int) {
	best, length := kindEnd, 0
	try := func(k kind, n int) {
		if n > length {
			best, length = k, n
		}
	}
	try(kindMAC, macLength(s))
	try(kindNumber, numberLength(s))
	try(kindIPv4, dottedLength(s))
	try(kindIPv6, ipv6Length(s))
	try(kindBadMAC, colonsLength(s))
	try(kindName, nameLength(s))
	return best, length
}

// nameLength is the length of a name: letters, digits, dots, and inside it dashes and underscores.
func nameLength(s string) int {
	if !alphanumeric(s[0]) {
		return 0
	}
	n := 1 + span(s[1:], func(c byte) bool { return alphanumeric(c) || c == '-' || c == '_' || c == '.' })
	for n > 1 && (s[n-1] == '-' || s[n-1] == '_') {
		n--
	}
	return n
}

// operator reads an operator or a bracket; its text is empty when none stands there.
func operator(s string) token {
	if len(s) >= 2 {
		switch two := s[:2]; two {
		case "&&":
			return token{kind: kwAnd, text: two}
		case "||":
			return token{kind: kwOr, text: two}
		case ">=":
			return token{kind: kindGreaterEqual, text: two}
		case "<=":
			return token{kind: kindLessEqual, text: two}
		case "!=":
			return token{kind: kindNotEqual, text: two}
		case "==":
			return token{kind: '=', text: two}
		case "<<":
			return token{kind: kindShiftLeft, text: two}
		case ">>":
			return token{kind: kindShiftRight, text: two}
		}
	}
	if strings.IndexByte("+-*/%:[]!<>()&|^=", s[0]) < 0 {
		return token{}
	}
	return token{kind: kind(s[0]), text: s[:1]}
}

// number reads a decimal, octal (0...) or hexadecimal (0x...) number of 32 bits.
func number(s string, at int) uint32 {
	base, digits := uint64(10), s
	if s[0] == '0' && len(s) > 1 {
		base, digits = 8, s[1:]
		if s[1] == 'x' || s[1] == 'X' {
			base, digits = 16, s[2:]
		}
	}
	var n uint64
	for i := 0; i < len(digits); i++ {
		d := hexValue(digits[i])
		if d >= base {
			fail(at, "number %s starts with 0, so it is octal, and %c is no octal digit", s, digits[i])
		}
		if n = n*base + d; n > 0xffffffff {
			fail(at, "number %s does not fit in 32 bits", s)
		}
	}
	return uint32(n)
}

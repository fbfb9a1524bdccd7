package smi

import (
	"strings"
	"unicode/utf8"
)

// class is what a byte may begin or continue.
type class uint8

const (
	letter class = 1 << iota
	digit
	space
	single // a mark of its own
)

var classes = func() (c [256]class) {
	for b := 'a'; b <= 'z'; b++ {
		c[b], c[b-'a'+'A'] = letter, letter
	}
	for b := '0'; b <= '9'; b++ {
		c[b] = digit
	}
	for _, b := range " \t\r\n\v\f\x1a" { // page breaks and the end mark of CP/M are left by old editors
		c[b] = space
	}
	for _, b := range "{}()[],;|<>.:=-!" {
		c[b] = single
	}
	return c
}()

// lexer cuts a text into tokens. A comment runs from -- to the next -- or the end of the line (ITU-T X.208 section 8.6);
// with whole it always runs to the end of the line, as many authors think.
type lexer struct {
	src       string
	pos       int
	line      int32
	lineStart int
	whole     bool
	prose     bool // outside of modules: a quote is only a character there
	inner     bool // a comment ended before its line did
	odd       bool // a character that is no white space was passed over
}

func newLexer(src string) lexer {
	l := lexer{src: src, line: 1}
	l.pos = len(src) - len(strings.TrimPrefix(src, "\ufeff"))
	return l
}

// at is the place of an offset on the current line.
func (l *lexer) at(pos int) place { return place{l.line, int32(pos-l.lineStart) + 1} }

// next reads the next token into t; at the end it is eof for ever.
func (l *lexer) next(t *token) {
	l.skip()
	t.kind, t.slip, t.at, t.text = eof, noSlip, l.at(l.pos), ""
	t.start, t.end = int32(l.pos), int32(l.pos)
	if l.odd {
		t.slip, l.odd = oddSpace, false
	}
	if l.pos >= len(l.src) {
		return
	}
	c := l.src[l.pos]
	switch {
	case classes[c]&(letter|digit) != 0:
		l.name(t)
	case c == '"' && !l.prose:
		l.quoted(t)
	case c == '\'' && !l.prose:
		l.octets(t)
	case c == ':' && strings.HasPrefix(l.src[l.pos:], "::="):
		l.take(t, assign, 3)
	case c == '.' && strings.HasPrefix(l.src[l.pos:], ".."):
		l.take(t, dots, 2)
	case c == '-' && l.pos+1 < len(l.src) && classes[l.src[l.pos+1]] == digit:
		l.negative(t)
	case classes[c] == single:
		l.take(t, mark, 1)
	default:
		l.strange(t)
	}
}

// take makes the next n bytes a token.
func (l *lexer) take(t *token, k kind, n int) {
	t.kind, t.text = k, l.src[l.pos:l.pos+n]
	l.pos += n
	t.end = int32(l.pos)
}

// name reads a word or a number. Two hyphens in a row begin a comment, so they end it.
func (l *lexer) name(t *token) {
	i, digits := l.pos, true
	for ; i < len(l.src); i++ {
		c := l.src[i]
		switch {
		case classes[c] == digit:
		case classes[c] == letter:
			digits = false
		case c == '-' && (i+1 == len(l.src) || l.src[i+1] != '-'):
			digits = false
		case c == '_':
			digits, t.slip = false, underscore
		default:
			l.named(t, i, digits)
			return
		}
	}
	l.named(t, i, digits)
}

func (l *lexer) named(t *token, end int, digits bool) {
	first := l.src[l.pos]
	k := lower
	switch {
	case digits:
		k = number
	case classes[first] == digit:
		t.slip = digitFirst
	case first <= 'Z':
		k = upper
	}
	if l.src[end-1] == '-' {
		t.slip = hyphenLast
	}
	l.take(t, k, end-l.pos)
}

func (l *lexer) negative(t *token) {
	i := l.pos + 1
	for i < len(l.src) && classes[l.src[i]] == digit {
		i++
	}
	l.take(t, number, i-l.pos)
}

// strange reads what is neither a word nor a mark: typographic quotes around a text, or junk of one character.
func (l *lexer) strange(t *token) {
	if n := smartOpening(l.src[l.pos:]); n > 0 && !l.prose {
		l.smart(t, n)
		return
	}
	_, n := utf8.DecodeRuneInString(l.src[l.pos:])
	l.take(t, junk, n)
}

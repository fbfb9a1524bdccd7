package syntax

import (
	"fmt"
	"strings"

	"moonwire/host/vm/lua51/number"
)

// kind is a token's kind: a byte for one-character tokens, else one of the constants.
type kind int

const (
	tAnd kind = iota + 257
	tBreak
	tDo
	tElse
	tElseif
	tEnd
	tFalse
	tFor
	tFunction
	tIf
	tIn
	tLocal
	tNil
	tNot
	tOr
	tRepeat
	tReturn
	tThen
	tTrue
	tUntil
	tWhile
	tConcat
	tDots
	tEq
	tGe
	tLe
	tNe
	tLabel
	tNumber
	tName
	tString
	tEOF
)

// words are the tokens' spellings, from tAnd on.
var words = []string{"and", "break", "do", "else", "elseif", "end", "false", "for", "function", "if", "in", "local",
	"nil", "not", "or", "repeat", "return", "then", "true", "until", "while", "..", "...", "==", ">=", "<=", "~=", "::",
	"<number>", "<name>", "<string>", "<eof>"}

var reserved = func() map[string]kind {
	m := map[string]kind{}
	for k := tAnd; k <= tWhile; k++ {
		m[words[k-tAnd]] = k
	}
	return m
}()

func (k kind) String() string {
	switch {
	case k >= tAnd:
		return words[k-tAnd]
	case k < 32 || k == 127:
		return fmt.Sprintf("char(%d)", int(k))
	}
	return string([]byte{byte(k)})
}

type token struct {
	kind     kind
	text     string // a name, a number, or the value of a string
	spelling string // of names, numbers and strings, for messages
	line     int    // where it ends
}

// lexer cuts source into tokens.
type lexer struct {
	chunk string // as messages call it
	src   string
	pos   int
	line  int
	start int // of the token being read
}

const end = -1

func (x *lexer) peek(ahead int) int {
	if x.pos+ahead < len(x.src) {
		return int(x.src[x.pos+ahead])
	}
	return end
}

// fail stops parsing. near is the token the message names; "" names none.
func (x *lexer) fail(message string, near string) {
	message = fmt.Sprintf("%s:%d: %s", x.chunk, x.line, message)
	if near != "" {
		message += " near '" + near + "'"
	}
	panic(&Error{Message: message, Line: x.line, AtEOF: near == tEOF.String()})
}

// raw is the source of the token being read, so far.
func (x *lexer) raw() string {
	s, _, _ := strings.Cut(x.src[x.start:x.pos], "\x00")
	return s
}

func newline(c int) bool { return c == '\n' || c == '\r' }

// skipNewline passes \n, \r, \r\n or \n\r.
func (x *lexer) skipNewline() {
	c := x.peek(0)
	x.pos++
	if d := x.peek(0); newline(d) && d != c {
		x.pos++
	}
	x.line++
}

// next reads one token.
func (x *lexer) next() token {
	for {
		x.start = x.pos
		c := x.peek(0)
		switch {
		case c == end:
			return x.token(tEOF)
		case newline(c):
			x.skipNewline()
		case number.Space(byte(c)):
			x.pos++
		case c == '-' && x.peek(1) == '-':
			x.comment()
		default:
			return x.read(c)
		}
	}
}

func (x *lexer) token(k kind) token { return token{kind: k, line: x.line} }

// read reads the token that starts with c.
func (x *lexer) read(c int) token {
	switch {
	case letter(c):
		return x.name()
	case digit(c), c == '.' && digit(x.peek(1)):
		return x.numeral()
	case c == '"' || c == '\'':
		return x.quoted(byte(c))
	case c == '[':
		return x.bracket()
	}
	for _, k := range []kind{tDots, tConcat, tEq, tGe, tLe, tNe, tLabel} {
		if strings.HasPrefix(x.src[x.pos:], words[k-tAnd]) {
			x.pos += len(words[k-tAnd])
			return x.token(k)
		}
	}
	x.pos++
	return x.token(kind(c))
}

func letter(c int) bool { return c == '_' || c|0x20 >= 'a' && c|0x20 <= 'z' }

func digit(c int) bool { return c >= '0' && c <= '9' }

func (x *lexer) name() token {
	for c := x.peek(0); letter(c) || digit(c); c = x.peek(0) {
		x.pos++
	}
	t := x.token(tName)
	t.text = x.src[x.start:x.pos]
	t.spelling = t.text
	if k, ok := reserved[t.text]; ok {
		t.kind = k
	}
	return t
}

func (x *lexer) numeral() token {
	for c := x.peek(0); digit(c) || c == '.'; c = x.peek(0) {
		x.pos++
	}
	if c := x.peek(0); c == 'e' || c == 'E' {
		x.pos++
		if c := x.peek(0); c == '+' || c == '-' {
			x.pos++
		}
	}
	for c := x.peek(0); letter(c) || digit(c); c = x.peek(0) {
		x.pos++
	}
	t := x.token(tNumber)
	t.text = x.src[x.start:x.pos]
	t.spelling = t.text
	if _, ok := number.Parse(t.text); !ok {
		x.fail("malformed number", t.text)
	}
	return t
}

// bracket reads '[' or a long string.
func (x *lexer) bracket() token {
	level, ok := x.opening()
	if !ok {
		if level > 0 {
			x.pos += 1 + level
			x.fail("invalid long string delimiter", x.raw())
		}
		x.pos++
		return x.token('[')
	}
	text := x.long(level, "string")
	t := x.token(tString)
	t.text, t.spelling = text, x.raw()
	return t
}

// opening counts the equals signs after '[' and says whether a second '[' follows.
func (x *lexer) opening() (level int, ok bool) {
	for x.peek(1+level) == '=' {
		level++
	}
	return level, x.peek(1+level) == '['
}

// long reads the rest of a long string or comment; x.pos is at its first bracket.
func (x *lexer) long(level int, what string) string {
	x.pos += level + 2
	if newline(x.peek(0)) {
		x.skipNewline()
	}
	closing := "]" + strings.Repeat("=", level) + "]"
	var b strings.Builder
	for {
		switch c := x.peek(0); {
		case c == end:
			x.fail("unfinished long "+what, tEOF.String())
		case c == ']' && strings.HasPrefix(x.src[x.pos:], closing):
			x.pos += len(closing)
			return b.String()
		case c == '[' && level == 0 && x.peek(1) == '[':
			x.fail("nesting of [[...]] is deprecated", "[")
		case newline(c):
			x.skipNewline()
			b.WriteByte('\n')
		default:
			b.WriteByte(byte(c))
			x.pos++
		}
	}
}

func (x *lexer) comment() {
	x.pos += 2
	if x.peek(0) == '[' {
		if level, ok := x.opening(); ok {
			x.long(level, "comment")
			return
		}
	}
	for c := x.peek(0); c != end && !newline(c); c = x.peek(0) {
		x.pos++
	}
}

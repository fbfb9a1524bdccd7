package syntax

import (
	"strconv"
	"strings"
)

// quoted reads a string between quotes.
func (x *lexer) quoted(quote byte) token {
	x.pos++
	var b strings.Builder
	for {
		switch c := x.peek(0); {
		case c == end:
			x.fail("unfinished string", tEOF.String())
		case newline(c):
			x.fail("unfinished string", string(quote)+cstring(b.String()))
		case c == '\\':
			x.pos++
			x.escape(quote, &b)
		case c == int(quote):
			x.pos++
			t := x.token(tString)
			t.text = b.String()
			t.spelling = string(quote) + t.text + string(quote)
			return t
		default:
			b.WriteByte(byte(c))
			x.pos++
		}
	}
}

// cstring is s as C prints it: up to the first zero byte.
func cstring(s string) string {
	s, _, _ = strings.Cut(s, "\x00")
	return s
}

// plain maps the letters of one-character escapes to what they stand for.
var plain = map[int]byte{'a': '\a', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v'}

// escape reads what follows a backslash. \xFF is not in the manual: packet people write it.
func (x *lexer) escape(quote byte, b *strings.Builder) {
	c := x.peek(0)
	if p, ok := plain[c]; ok {
		b.WriteByte(p)
		x.pos++
		return
	}
	switch {
	case c == end:
	case newline(c):
		x.skipNewline()
		b.WriteByte('\n')
	case digit(c):
		n := 0
		for i := 0; i < 3 && digit(x.peek(0)); i++ {
			n = n*10 + x.peek(0) - '0'
			x.pos++
		}
		if n > 255 {
			x.fail("escape sequence too large", string(quote)+cstring(b.String()))
		}
		b.WriteByte(byte(n))
	case c == 'x' && x.pos+3 <= len(x.src):
		if n, err := strconv.ParseUint(x.src[x.pos+1:x.pos+3], 16, 8); err == nil {
			b.WriteByte(byte(n))
			x.pos += 3
			return
		}
		fallthrough
	default:
		b.WriteByte(byte(c))
		x.pos++
	}
}

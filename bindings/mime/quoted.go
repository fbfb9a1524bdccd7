package mime

import "strings"

const (
	crlf      = "\r\n"
	softBreak = "=\r\n" // a line break that is no part of the text
	hexDigits = "0123456789ABCDEF"
)

// encodeQuoted writes text as quoted-printable and puts marker for each CRLF. It returns what it can't tell yet: a CR,
// which may begin a CRLF, and a space or tab with less than two bytes behind it, which must be quoted before a CRLF.
func encodeQuoted(in, marker string) (out, rest string) {
	var b strings.Builder
	b.Grow(len(in))
	for in != "" {
		switch c := in[0]; {
		case c == '\r':
			if len(in) < 2 {
				return b.String(), in
			}
			if in[1] == '\n' {
				b.WriteString(marker)
				in = in[2:]
				continue
			}
			quote(&b, c)
		case c == ' ' || c == '\t':
			if len(in) < 3 {
				return b.String(), in
			}
			if in[1:3] == crlf {
				quote(&b, c)
				b.WriteString(marker)
				in = in[3:]
				continue
			}
			b.WriteByte(c)
		default:
			literal(&b, c)
		}
		in = in[1:]
	}
	return b.String(), ""
}

// endQuoted writes what encodeQuoted could not tell at the end of a stream, where nothing may look like white space.
func endQuoted(rest string) string {
	if rest == "" {
		return ""
	}
	var b strings.Builder
	for i := range len(rest) {
		literal(&b, rest[i])
	}
	b.WriteString(softBreak)
	return b.String()
}

// literal writes c as itself where RFC 2045 section 6.7 rule 2 allows it.
func literal(b *strings.Builder, c byte) {
	if c > ' ' && c <= '~' && c != '=' {
		b.WriteByte(c)
		return
	}
	quote(b, c)
}

func quote(b *strings.Builder, c byte) {
	b.WriteByte('=')
	b.WriteByte(hexDigits[c>>4])
	b.WriteByte(hexDigits[c&15])
}

// decodeQuoted reads quoted-printable. It returns what may be the beginning of an escape or of a CRLF. As in
// LuaSocket, bytes that have no place in such text are dropped, a CR with the byte behind it, and a wrong escape stays
// as it is.
func decodeQuoted(in string) (out, rest string) {
	var b strings.Builder
	b.Grow(len(in))
	for in != "" {
		n := 1
		switch c := in[0]; {
		case c == '=':
			if n = 3; len(in) < n {
				return b.String(), in
			}
			b.WriteString(unquote(in[:n]))
		case c == '\r':
			if n = 2; len(in) < n {
				return b.String(), in
			}
			if in[1] == '\n' {
				b.WriteString(crlf)
			}
		case c == '\t' || c >= ' ' && c <= '~':
			b.WriteByte(c)
		}
		in = in[n:]
	}
	return b.String(), ""
}

// unquote is what an escape of three bytes stands for.
func unquote(escape string) string {
	if escape == softBreak {
		return ""
	}
	high, ok1 := unhex(escape[1])
	low, ok2 := unhex(escape[2])
	if !ok1 || !ok2 {
		return escape
	}
	return string([]byte{high<<4 | low})
}

func unhex(c byte) (byte, bool) {
	switch {
	case '0' <= c && c <= '9':
		return c - '0', true
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10, true
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10, true
	}
	return 0, false
}

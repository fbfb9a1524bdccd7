package pretty

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// text writes a string that stands alone: as a literal, or as a hexdump when it holds bytes that are no text.
func (p Printer) text(s string) string {
	if isText(s) {
		return literal(s, len(s))
	}
	return p.hexdump(s)
}

// isText says whether s is UTF-8 that a terminal can show, with tabs and line ends.
func isText(s string) bool {
	for _, r := range s {
		if r == utf8.RuneError || !unicode.IsPrint(r) && r != '\n' && r != '\r' && r != '\t' {
			return false
		}
	}
	return true
}

var escapes = map[rune]string{'\n': `\n`, '\r': `\r`, '\t': `\t`, '"': `\"`, '\\': `\\`}

// literal writes s as a Lua string; what lies behind limit bytes is only counted.
func literal(s string, limit int) string {
	var b strings.Builder
	b.WriteByte('"')
	for rest := s[:min(len(s), limit)]; rest != ""; {
		r, size := utf8.DecodeRuneInString(rest)
		switch e, ok := escapes[r]; {
		case ok:
			b.WriteString(e)
		case r == utf8.RuneError || !unicode.IsPrint(r):
			for _, c := range []byte(rest[:size]) {
				fmt.Fprintf(&b, `\x%02x`, c)
			}
		default:
			b.WriteRune(r)
		}
		rest = rest[size:]
	}
	b.WriteByte('"')
	if len(s) > limit {
		fmt.Fprintf(&b, "... (%d bytes)", len(s))
	}
	return b.String()
}

// hexdump writes sixteen bytes to a line: offset, bytes, the same as text.
func (p Printer) hexdump(s string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d bytes", len(s))
	for at := 0; at < min(len(s), p.Bytes); at += 16 {
		row := s[at:min(at+16, len(s), p.Bytes)]
		fmt.Fprintf(&b, "\n  %04x  ", at)
		for i := range 16 {
			if i == 8 {
				b.WriteByte(' ')
			}
			if i < len(row) {
				fmt.Fprintf(&b, "%02x ", row[i])
			} else {
				b.WriteString("   ")
			}
		}
		b.WriteString(" |" + printable(row) + "|")
	}
	if len(s) > p.Bytes {
		fmt.Fprintf(&b, "\n  ... and %d bytes more", len(s)-p.Bytes)
	}
	return b.String()
}

func printable(row string) string {
	b := []byte(row)
	for i, c := range b {
		if c < ' ' || c > '~' {
			b[i] = '.'
		}
	}
	return string(b)
}

var reserved = strings.Fields("and break do else elseif end false for function goto if in local nil not or repeat " +
	"return then true until while")

// isName says whether s can stand as a key without brackets.
func isName(s string) bool {
	for i := range len(s) {
		c := s[i] | 0x20
		if letter := c >= 'a' && c <= 'z' || s[i] == '_'; !letter && (i == 0 || s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	for _, w := range reserved {
		if s == w {
			return false
		}
	}
	return s != ""
}

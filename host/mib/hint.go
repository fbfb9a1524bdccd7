package mib

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// An octetHint is one octet-format specification of a DISPLAY-HINT (RFC 2579 section 3.1).
type octetHint struct {
	repeat     bool // the value begins with a count, of how often the rest applies
	length     int  // octets that each application uses
	format     byte // x, d, o, a, t
	separator  byte // 0: none
	terminator byte // of the last repetition, in place of the separator; 0: none
}

// octetHints reads a DISPLAY-HINT for strings. A length that isn't there, which is a common fault, takes all that is left.
func octetHints(hint string) ([]octetHint, error) {
	var list []octetHint
	for rest := hint; rest != ""; {
		var h octetHint
		if h.repeat = rest[0] == '*'; h.repeat {
			rest = rest[1:]
		}
		digits := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
		h.length = maxOctets
		if digits > 0 {
			n, err := strconv.ParseUint(rest[:digits], 10, 16)
			if err != nil {
				return nil, fmt.Errorf("display hint %q: lengths up to %d expected", hint, maxOctets)
			}
			h.length = int(n)
		}
		rest = rest[digits:]
		if rest == "" || !strings.ContainsRune("xdoat", rune(rest[0])) {
			return nil, fmt.Errorf("display hint %q: x, d, o, a or t expected behind a length", hint)
		}
		h.format, rest = rest[0], rest[1:]
		h.separator, rest = mark(rest)
		if h.repeat && h.separator != 0 {
			h.terminator, rest = mark(rest)
		}
		list = append(list, h)
	}
	return list, nil
}

// maxOctets is the longest string that SNMP carries.
const maxOctets = 65535

// mark takes a separator or terminator from the head of a hint; 0 when there is none.
func mark(rest string) (byte, string) {
	if rest == "" || rest[0] == '*' || '0' <= rest[0] && rest[0] <= '9' {
		return 0, rest
	}
	return rest[0], rest[1:]
}

// hinted writes octets as a DISPLAY-HINT says. Hexadecimal has two digits for an octet, so that a MAC address looks like
// one. A separator that would end the text is left out.
func hinted(hint string, b []byte) (string, error) {
	list, err := octetHints(hint)
	if err != nil {
		return "", err
	}
	var text []byte
	last := 0 // length of text without what parts it from nothing
	for i := 0; len(b) > 0; i++ {
		h, again := list[min(i, len(list)-1)], i >= len(list)
		count := 1
		if h.repeat {
			count, b = int(b[0]), b[1:]
		}
		if again && count*h.length == 0 && !h.repeat {
			break // the last specification uses nothing up
		}
		for n := 1; n <= count && (len(b) > 0 || h.length == 0); n++ {
			used := min(h.length, len(b))
			text = h.write(text, b[:used])
			b, last = b[used:], len(text)
			if h.separator != 0 {
				text = append(text, h.separator)
			}
			if h.terminator != 0 && n == count {
				text = append(text, h.terminator)
			}
			if h.length == 0 {
				last = len(text) // brackets and the like, which belong to the text
			}
		}
	}
	if last < len(text) && len(b) == 0 {
		text = text[:last]
	}
	return string(text), nil
}

// write appends octets in the hint's format.
func (h octetHint) write(text, octets []byte) []byte {
	switch h.format {
	case 'a', 't':
		return append(text, printable(octets)...)
	case 'x':
		for _, c := range octets {
			text = fmt.Appendf(text, "%02x", c)
		}
		return text
	}
	n := bigEndian(octets)
	if h.format == 'o' {
		return n.Append(text, 8)
	}
	return n.Append(text, 10)
}

// printable is text for people: what is neither UTF-8 nor a printable character becomes a dot.
func printable(b []byte) []byte {
	var text []byte
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if r == utf8.RuneError && size == 1 || !shown(r) {
			text = append(text, '.')
		} else {
			text = append(text, b[:size]...)
		}
		b = b[size:]
	}
	return text
}

package mime

import "strings"

// wrap breaks text into lines of at most length bytes. left is the room in the first line; the room in the last is
// returned. CR is dropped, LF ends a line.
func wrap(left int, text string, length int) (string, int) {
	var b strings.Builder
	for i := range len(text) {
		switch c := text[i]; c {
		case '\r':
		case '\n':
			b.WriteString(crlf)
			left = length
		default:
			if left <= 0 {
				b.WriteString(crlf)
				left = length
			}
			b.WriteByte(c)
			left--
		}
	}
	return b.String(), left
}

// wrapQuoted is wrap for quoted-printable text: it uses soft breaks and keeps escapes whole.
func wrapQuoted(left int, text string, length int) (string, int) {
	var b strings.Builder
	for i := range len(text) {
		need := 2 // the byte, and the '=' of a soft break
		switch c := text[i]; c {
		case '\r':
			continue
		case '\n':
			b.WriteString(crlf)
			left = length
			continue
		case '=':
			need = 4
		}
		if left < need {
			b.WriteString(softBreak)
			left = length
		}
		b.WriteByte(text[i])
		left--
	}
	return b.String(), left
}

// endLines puts marker for each CR, LF, CRLF or LFCR. last is the byte before text when it is a CR or LF whose partner
// may follow, else 0; the same is returned for the next piece.
func endLines(last int, text, marker string) (string, int) {
	var b strings.Builder
	for i := range len(text) {
		c := int(text[i])
		if c != '\r' && c != '\n' {
			b.WriteByte(text[i])
			last = 0
			continue
		}
		partner := last == '\r' || last == '\n'
		if !partner || c == last {
			b.WriteString(marker)
		}
		if partner {
			c = 0 // two bytes of one kind are two line ends, and neither has a partner left
		}
		last = c
	}
	return b.String(), last
}

// stuff doubles each dot at the beginning of a line. seen is how much of a CRLF came before text, 0 to 2; the same is
// returned for the next piece.
func stuff(seen int, text string) (string, int) {
	var b strings.Builder
	for i := range len(text) {
		c := text[i]
		b.WriteByte(c)
		switch {
		case c == '\r':
			seen = 1
		case c == '\n' && seen == 1:
			seen = 2
		case c == '.' && seen == 2:
			b.WriteByte('.')
			seen = 0
		default:
			seen = 0
		}
	}
	return b.String(), seen
}

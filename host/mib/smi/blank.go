package smi

import "strings"

// skip passes over white space and comments.
func (l *lexer) skip() {
	for l.pos < len(l.src) {
		c := l.src[l.pos]
		switch {
		case c == '\n':
			l.pos++
			l.newline()
		case classes[c] == space:
			l.pos++
		case c == '-' && strings.HasPrefix(l.src[l.pos:], "--"):
			l.comment()
		case c == 0xa0: // a no-break space of Latin-1
			l.pos++
			l.odd = true
		case strings.HasPrefix(l.src[l.pos:], "\u00a0"):
			l.pos += len("\u00a0")
			l.odd = true
		default:
			return
		}
	}
}

// newline notes that a line begins at pos.
func (l *lexer) newline() {
	l.line++
	l.lineStart = l.pos
}

// comment passes over a comment. A run of hyphens is a ruler and opens or closes one as a whole.
func (l *lexer) comment() {
	rest := l.src[l.pos:]
	end := strings.IndexByte(rest, '\n')
	if end < 0 {
		end = len(rest)
	}
	line := rest[:end]
	i := ruler(line, 0)
	for !l.whole && i < len(line) {
		closing := strings.Index(line[i:], "--")
		if closing < 0 {
			break
		}
		after := ruler(line, i+closing)
		if n := after - i - closing; n == 2 || n == 3 {
			l.pos += after
			l.inner = l.inner || strings.TrimLeft(line[after:], " \t\r-") != ""
			return
		}
		i = after
	}
	l.pos += end
}

// ruler is where a run of hyphens ends.
func ruler(line string, i int) int {
	for i < len(line) && line[i] == '-' {
		i++
	}
	return i
}

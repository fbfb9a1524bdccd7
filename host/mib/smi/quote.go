package smi

import "strings"

// quoted reads "…". A quote is doubled inside (ITU-T X.208 section 8.11). Some write \" instead.
func (l *lexer) quoted(t *token) {
	from := l.pos + 1
	i := from
	for {
		n := strings.IndexByte(l.src[i:], '"')
		if n < 0 {
			t.slip = openQuote
			l.textTo(t, from, len(l.src), len(l.src))
			return
		}
		i += n + 1
		if i < len(l.src) && l.src[i] == '"' {
			i++
			continue
		}
		l.textTo(t, from, i-1, i)
		return
	}
}

// textTo makes src[from:to] the token's text and goes on at next. It counts the lines.
func (l *lexer) textTo(t *token, from, to, next int) {
	t.kind, t.text, t.end = text, l.src[from:to], int32(next)
	for i := from; ; {
		n := strings.IndexByte(l.src[i:next], '\n')
		if n < 0 {
			break
		}
		i += n + 1
		l.line++
		l.lineStart = i
	}
	l.pos = next
}

// smartQuotes are the typographic quotes of UTF-8 and of Windows' code page 1252.
var smartQuotes = []string{"\u201c", "\u201d", "\u201e", "\x93", "\x94"}

// smartOpening is the length of the typographic quote that s begins with; 0 when it begins with none.
func smartOpening(s string) int {
	for _, q := range smartQuotes {
		if strings.HasPrefix(s, q) {
			return len(q)
		}
	}
	return 0
}

// smart reads a text in typographic quotes, the first of which has n bytes. A plain quote may close it.
func (l *lexer) smart(t *token, n int) {
	t.slip = smartQuote
	from := l.pos + n
	for i := from; i < len(l.src); i++ {
		closing := smartOpening(l.src[i:])
		if l.src[i] == '"' {
			closing = 1
		}
		if closing > 0 {
			l.textTo(t, from, i, i+closing)
			return
		}
	}
	t.kind, t.text, t.end = junk, l.src[l.pos:from], int32(from)
	l.pos = from
}

// octets reads '…'H or '…'B; without its end it is junk.
func (l *lexer) octets(t *token) {
	for i := l.pos + 1; i < len(l.src) && l.src[i] != '\n'; i++ {
		if l.src[i] != '\'' {
			continue
		}
		if i+1 < len(l.src) && strings.IndexByte("HhBb", l.src[i+1]) >= 0 {
			l.take(t, octets, i+2-l.pos)
			return
		}
		break
	}
	l.take(t, junk, 1)
}

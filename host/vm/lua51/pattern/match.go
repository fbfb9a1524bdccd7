package pattern

import "strings"

// MaxCaptures is how many captures a pattern may have (LUA_MAXCAPTURES).
const MaxCaptures = 32

// Lengths of captures that are no text.
const (
	unfinished = -1
	position   = -2
)

// pollEvery is the number of steps between two polls.
const pollEvery = 1 << 14

// Error is what is wrong with a pattern, in the reference library's words. Match panics with it.
type Error string

func (e Error) Error() string { return string(e) }

// Misuse says that the caller's pattern is to blame.
func (Error) Misuse() {}

// Matcher matches one pattern against one subject.
type Matcher struct {
	Subject, Pattern string
	Poll             func() // called now and then; may panic to give up

	level    int
	captures [MaxCaptures]capture
	steps    int
}

type capture struct{ start, length int }

// Match matches the pattern from offset p on at position s of the subject, and returns the end of the match, -1 for
// none.
func (m *Matcher) Match(s, p int) int {
	m.level = 0
	return m.match(s, p)
}

func (m *Matcher) match(s, p int) int {
	for p < len(m.Pattern) {
		if m.steps++; m.steps%pollEvery == 0 && m.Poll != nil {
			m.Poll()
		}
		switch m.Pattern[p] {
		case '(':
			if p+1 < len(m.Pattern) && m.Pattern[p+1] == ')' {
				return m.open(s, p+2, position)
			}
			return m.open(s, p+1, unfinished)
		case ')':
			return m.close(s, p+1)
		case '$':
			if p+1 == len(m.Pattern) {
				if s == len(m.Subject) {
					return s
				}
				return -1
			}
		case '%':
			if p+1 < len(m.Pattern) {
				switch c := m.Pattern[p+1]; {
				case c == 'b':
					if s = m.balanced(s, p+2); s < 0 {
						return -1
					}
					p += 4
					continue
				case c == 'f':
					end, ok := m.frontier(s, p+2)
					if !ok {
						return -1
					}
					p = end
					continue
				case c >= '0' && c <= '9':
					if s = m.back(s, c); s < 0 {
						return -1
					}
					p += 2
					continue
				}
			}
		}
		end := m.itemEnd(p)
		suffix := byte(0)
		if end < len(m.Pattern) {
			suffix = m.Pattern[end]
		}
		switch suffix {
		case '?':
			if m.single(s, p, end) {
				if e := m.match(s+1, end+1); e >= 0 {
					return e
				}
			}
			p = end + 1
		case '*':
			return m.most(s, p, end, 0)
		case '+':
			return m.most(s, p, end, 1)
		case '-':
			return m.least(s, p, end)
		default:
			if !m.single(s, p, end) {
				return -1
			}
			s++
			p = end
		}
	}
	return s
}

// itemEnd is where the single-character item at p ends.
func (m *Matcher) itemEnd(p int) int {
	c := m.Pattern[p]
	p++
	switch c {
	case '%':
		if p == len(m.Pattern) {
			panic(Error("malformed pattern (ends with '%')"))
		}
		return p + 1
	case '[':
		if p < len(m.Pattern) && m.Pattern[p] == '^' {
			p++
		}
		for first := true; first || p >= len(m.Pattern) || m.Pattern[p] != ']'; first = false {
			if p >= len(m.Pattern) {
				panic(Error("malformed pattern (missing ']')"))
			}
			if m.Pattern[p] == '%' {
				p++
			}
			p++
		}
		return p + 1
	}
	return p
}

// single says whether the item from p to end matches the character at s.
func (m *Matcher) single(s, p, end int) bool {
	if s >= len(m.Subject) {
		return false
	}
	c := m.Subject[s]
	switch m.Pattern[p] {
	case '.':
		return true
	case '%':
		return inClass(c, m.Pattern[p+1])
	case '[':
		return m.inSet(c, p, end-1)
	}
	return m.Pattern[p] == c
}

// inSet says whether c is in the set from p, its opening bracket, to end, its closing one.
func (m *Matcher) inSet(c byte, p, end int) bool {
	in := true
	p++
	if m.Pattern[p] == '^' {
		in = false
		p++
	}
	for ; p < end; p++ {
		switch x := m.Pattern[p]; {
		case x == '%':
			p++
			if inClass(c, m.Pattern[p]) {
				return in
			}
		case p+2 < end && m.Pattern[p+1] == '-':
			if x <= c && c <= m.Pattern[p+2] {
				return in
			}
			p += 2
		case x == c:
			return in
		}
	}
	return !in
}

// most matches an item as often as it can, and then less often until the rest matches too.
func (m *Matcher) most(s, p, end, least int) int {
	n := 0
	for m.single(s+n, p, end) {
		n++
	}
	if end+1 == len(m.Pattern) && n >= least { // nothing follows: no need to look back
		return s + n
	}
	for ; n >= least; n-- {
		if e := m.match(s+n, end+1); e >= 0 {
			return e
		}
	}
	return -1
}

// least matches an item as seldom as it can.
func (m *Matcher) least(s, p, end int) int {
	for {
		if e := m.match(s, end+1); e >= 0 {
			return e
		}
		if !m.single(s, p, end) {
			return -1
		}
		s++
	}
}

func (m *Matcher) open(s, p, length int) int {
	if m.level == MaxCaptures {
		panic(Error("too many captures"))
	}
	m.captures[m.level] = capture{s, length}
	m.level++
	e := m.match(s, p)
	if e < 0 {
		m.level--
	}
	return e
}

func (m *Matcher) close(s, p int) int {
	for l := m.level - 1; l >= 0; l-- {
		if m.captures[l].length == unfinished {
			m.captures[l].length = s - m.captures[l].start
			e := m.match(s, p)
			if e < 0 {
				m.captures[l].length = unfinished
			}
			return e
		}
	}
	panic(Error("invalid pattern capture"))
}

// balanced matches %bxy.
func (m *Matcher) balanced(s, p int) int {
	if p+1 >= len(m.Pattern) {
		panic(Error("unbalanced pattern"))
	}
	first, last := m.Pattern[p], m.Pattern[p+1]
	if s >= len(m.Subject) || m.Subject[s] != first {
		return -1
	}
	depth := 1
	for i := s + 1; i < len(m.Subject); i++ {
		switch m.Subject[i] {
		case last:
			if depth--; depth == 0 {
				return i + 1
			}
		case first:
			depth++
		}
	}
	return -1
}

// frontier matches %f[set] and returns where the set ends.
func (m *Matcher) frontier(s, p int) (end int, ok bool) {
	if p >= len(m.Pattern) || m.Pattern[p] != '[' {
		panic(Error("missing '[' after '%f' in pattern"))
	}
	end = m.itemEnd(p)
	before, after := byte(0), byte(0)
	if s > 0 {
		before = m.Subject[s-1]
	}
	if s < len(m.Subject) {
		after = m.Subject[s]
	}
	return end, !m.inSet(before, p, end-1) && m.inSet(after, p, end-1)
}

// back matches what capture %1 to %9 matched.
func (m *Matcher) back(s int, digit byte) int {
	l := int(digit) - '1'
	if l < 0 || l >= m.level || m.captures[l].length == unfinished {
		panic(Error("invalid capture index"))
	}
	c := m.captures[l]
	if c.length == position {
		return -1
	}
	text := m.Subject[c.start : c.start+c.length]
	if !strings.HasPrefix(m.Subject[s:], text) {
		return -1
	}
	return s + len(text)
}

// Captures is how many captures the last match made.
func (m *Matcher) Captures() int { return m.level }

// Capture is capture i, from 0 on: a text, or with isPosition the offset of ().
func (m *Matcher) Capture(i int) (text string, offset int, isPosition bool) {
	if i >= m.level {
		panic(Error("invalid capture index"))
	}
	switch c := m.captures[i]; c.length {
	case unfinished:
		panic(Error("unfinished capture"))
	case position:
		return "", c.start, true
	default:
		return m.Subject[c.start : c.start+c.length], 0, false
	}
}

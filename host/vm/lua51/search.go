package lua51

import (
	"strings"

	"moonwire/host/vm/lua51/machine"
	"moonwire/host/vm/lua51/pattern"

	lua "github.com/yuin/gopher-lua"
)

// matcher prepares a match whose errors are raised and whose length is polled.
func (l *library) matcher(L *lua.LState, s, p string) *pattern.Matcher {
	return &pattern.Matcher{Subject: s, Pattern: p, Poll: func() { l.Poll(L) }}
}

func captureValue(m *pattern.Matcher, i int) lua.LValue {
	text, offset, isPosition := m.Capture(i)
	if isPosition {
		return lua.LNumber(offset + 1)
	}
	return lua.LString(text)
}

// pushCaptures pushes all captures, or the whole match from s to e when there are none.
func pushCaptures(L *lua.LState, m *pattern.Matcher, s, e int) int {
	if m.Captures() == 0 {
		return ret(L, lua.LString(m.Subject[s:e]))
	}
	for i := range m.Captures() {
		L.Push(captureValue(m, i))
	}
	return m.Captures()
}

func (l *library) stringFind(L *lua.LState) int { return l.search(L, true) }

func (l *library) stringMatch(L *lua.LState) int { return l.search(L, false) }

func (l *library) search(L *lua.LState, find bool) int {
	s, p := checkString(L, 1), checkString(L, 2)
	start := min(max(position(optInt(L, 3, 1), len(s))-1, 0), len(s))
	if find && (lua.LVAsBool(L.Get(4)) || !pattern.Special(p)) {
		at := strings.Index(s[start:], p)
		if at < 0 {
			return ret(L, lua.LNil)
		}
		return ret(L, lua.LNumber(start+at+1), lua.LNumber(start+at+len(p)))
	}
	m := l.matcher(L, s, p)
	anchor := strings.HasPrefix(p, "^")
	from := 0
	if anchor {
		from = 1
	}
	for ; start <= len(s); start++ {
		if e := m.Match(start, from); e >= 0 {
			if !find {
				return pushCaptures(L, m, start, e)
			}
			L.Push(lua.LNumber(start + 1))
			L.Push(lua.LNumber(e))
			if m.Captures() == 0 {
				return 2
			}
			return 2 + pushCaptures(L, m, start, e)
		}
		if anchor {
			break
		}
	}
	return ret(L, lua.LNil)
}

func (l *library) stringGmatch(L *lua.LState) int {
	m := l.matcher(L, checkString(L, 1), checkString(L, 2))
	at := 0
	return ret(L, L.NewFunction(func(L *lua.LState) int {
		m.Poll = func() { l.Poll(L) }
		for s := at; s <= len(m.Subject); s++ {
			if e := m.Match(s, 0); e >= 0 {
				at = e
				if e == s {
					at++
				}
				return pushCaptures(L, m, s, e)
			}
		}
		at = len(m.Subject) + 1
		return 0
	}))
}

func (l *library) stringGsub(L *lua.LState) int {
	s, p := checkString(L, 1), checkString(L, 2)
	value := L.Get(3)
	switch value.(type) {
	case lua.LNumber, lua.LString, *lua.LTable, *lua.LFunction:
	default:
		machine.ArgError(L, 3, "string/function/table expected")
	}
	most := optInt(L, 4, len(s)+1)
	m := l.matcher(L, s, p)
	anchor := strings.HasPrefix(p, "^")
	from := 0
	if anchor {
		from = 1
	}
	var b []byte
	at, n := 0, 0
	for n < most {
		e := m.Match(at, from)
		if e >= 0 {
			n++
			b = l.replace(L, b, m, at, e, value)
			l.checkSize(L, len(b), 1)
		}
		if e > at {
			at = e
		} else if at < len(s) {
			b = append(b, s[at])
			at++
		} else {
			break
		}
		if anchor {
			break
		}
	}
	b = append(b, s[min(at, len(s)):]...)
	return ret(L, lua.LString(b), lua.LNumber(n))
}

// replace appends what stands for the match from s to e.
func (l *library) replace(L *lua.LState, b []byte, m *pattern.Matcher, s, e int, value lua.LValue) []byte {
	var v lua.LValue
	switch value := value.(type) {
	case *lua.LTable:
		v = machine.Index(L, value, firstCapture(m, s, e))
	case *lua.LFunction:
		L.Push(value)
		n := pushCaptures(L, m, s, e)
		machine.Call(L, n, 1)
		v = L.Get(-1)
		L.Pop(1)
	default:
		text, _ := toString(value)
		return expand(b, m, s, e, text)
	}
	if !lua.LVAsBool(v) {
		return append(b, m.Subject[s:e]...)
	}
	text, ok := toString(v)
	if !ok {
		machine.Error(L, 1, "invalid replacement value (a %s)", v.Type())
	}
	return append(b, text...)
}

func firstCapture(m *pattern.Matcher, s, e int) lua.LValue {
	if m.Captures() == 0 {
		return lua.LString(m.Subject[s:e])
	}
	return captureValue(m, 0)
}

// expand appends a replacement text, with %0 to %9 filled in.
func expand(b []byte, m *pattern.Matcher, s, e int, text string) []byte {
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c != '%' {
			b = append(b, c)
			continue
		}
		if i++; i == len(text) {
			return append(b, 0)
		}
		switch c := text[i]; {
		case c < '0' || c > '9':
			b = append(b, c)
		case c == '0' || c == '1' && m.Captures() == 0:
			b = append(b, m.Subject[s:e]...)
		default:
			v, _ := toString(captureValue(m, int(c-'1')))
			b = append(b, v...)
		}
	}
	return b
}

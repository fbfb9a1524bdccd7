package lua51

import (
	"errors"
	"io"
	"strings"

	"moonwire/host/vm/lua51/machine"
	"moonwire/host/vm/lua51/number"

	lua "github.com/yuin/gopher-lua"
)

// read answers io.read and file:read: formats stand in the arguments from first on. It returns the number of results.
func (s *stream) read(L *lua.LState, first int) int {
	top := L.GetTop()
	if err := s.reading(L); err != nil {
		return outcome(L, err, "")
	}
	s.busy = true
	defer func() { s.busy, s.state = false, nil }()
	if top < first {
		v, err := s.line()
		return s.answer(L, 0, v, err)
	}
	for n := first; n <= top; n++ {
		v, err := s.format(L, n)
		if v == lua.LNil || err != nil {
			return s.answer(L, n-first, v, err)
		}
		L.Push(v)
	}
	return top - first + 1
}

// answer ends a read with its last value; before it n results were pushed.
func (s *stream) answer(L *lua.LState, n int, v lua.LValue, err error) int {
	if err != nil && !errors.Is(err, io.EOF) {
		return outcome(L, err, "")
	}
	L.Push(v)
	return n + 1
}

// format reads one item by the format in argument n; nil at the end of the file.
func (s *stream) format(L *lua.LState, n int) (lua.LValue, error) {
	if size, ok := L.Get(n).(lua.LNumber); ok {
		return s.bytes(truncate(float64(size)))
	}
	f, ok := L.Get(n).(lua.LString)
	if !ok || !strings.HasPrefix(string(f), "*") {
		machine.ArgError(L, n, "invalid option")
	}
	switch (string(f) + "*")[1] {
	case 'n':
		return s.number()
	case 'l':
		return s.line()
	case 'a':
		return s.all()
	}
	machine.ArgError(L, n, "invalid format")
	return nil, nil
}

func (s *stream) line() (lua.LValue, error) {
	var b []byte
	for {
		part, err := s.r.ReadSlice('\n')
		b = append(b, part...)
		switch {
		case err == nil:
			return lua.LString(b[:len(b)-1]), nil
		case errors.Is(err, bufferFull):
		case len(b) > 0 && errors.Is(err, io.EOF):
			return lua.LString(b), nil
		default:
			return lua.LNil, err
		}
	}
}

func (s *stream) all() (lua.LValue, error) {
	b, err := io.ReadAll(s.r)
	return lua.LString(b), err
}

func (s *stream) bytes(n int) (lua.LValue, error) {
	if n <= 0 {
		if _, err := s.r.Peek(1); err != nil {
			return lua.LNil, err
		}
		return lua.LString(""), nil
	}
	var b strings.Builder
	_, err := io.CopyN(&b, s.r, int64(n))
	if b.Len() == 0 {
		return lua.LNil, err
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return lua.LString(b.String()), err
}

// longestNumeral is how far number looks ahead.
const longestNumeral = 200

// number reads a numeral as fscanf's %lf does: the longest text that could become one is consumed, even if it doesn't.
func (s *stream) number() (lua.LValue, error) {
	for {
		c, err := s.r.ReadByte()
		if err != nil {
			return lua.LNil, err
		}
		if !number.Space(c) {
			s.r.UnreadByte()
			break
		}
	}
	var b []byte
	for len(b) < longestNumeral {
		c, err := s.r.ReadByte()
		if err != nil {
			break
		}
		if !number.Begins(string(append(b, c))) {
			s.r.UnreadByte()
			break
		}
		b = append(b, c)
	}
	f, n := number.Prefix(string(b))
	if n == 0 {
		return lua.LNil, nil
	}
	return lua.LNumber(f), nil
}

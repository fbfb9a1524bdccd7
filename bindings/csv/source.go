package csv

import (
	"fmt"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// A source gives rows as Lua has them.
type source struct {
	L      *lua.LState // who reads now
	reader *Reader
	header []string
	keyed  bool
}

// open reads the arguments of parse and rows.
func open(L *lua.LState, name string) *source {
	o := readDefaults
	decl.Options(L, name, 2, &o)
	s := &source{L: L, keyed: o.Header}
	text := L.Get(1)
	if fn, ok := text.(*lua.LFunction); ok {
		s.reader = NewReader(separator(L, name, o.Separator), func() (string, bool) { return piece(s.L, name, fn) })
		return s
	}
	rest := decl.String(L, name, 1)
	s.reader = NewReader(separator(L, name, o.Separator), func() (string, bool) {
		text := rest
		rest = ""
		return text, text != ""
	})
	return s
}

// piece calls the function that gives text.
func piece(L *lua.LState, name string, fn *lua.LFunction) (string, bool) {
	L.Push(fn)
	L.Call(0, 1)
	v := L.Get(-1)
	L.Pop(1)
	switch v := v.(type) {
	case lua.LString:
		return string(v), true
	case *lua.LNilType:
		return "", false
	}
	decl.Raisef(L, "%s: source gave a %s, not a string", name, decl.TypeName(v))
	return "", false
}

// next is the next row, nil at the end.
func (s *source) next(L *lua.LState) (*lua.LTable, error) {
	s.L = L
	if s.keyed && s.header == nil {
		header, err := s.reader.Row()
		if err != nil || header == nil {
			return nil, err
		}
		s.header = header
	}
	row, err := s.reader.Row()
	if err != nil || row == nil {
		return nil, err
	}
	if !s.keyed {
		t := L.CreateTable(len(row), 0)
		for i, field := range row {
			t.RawSetInt(i+1, lua.LString(field))
		}
		return t, nil
	}
	if len(row) != len(s.header) {
		return nil, decl.Refuse(decl.Malformed, fmt.Errorf("csv: line %d: %d fields under a header of %d", s.reader.Line(), len(row), len(s.header)))
	}
	t := L.CreateTable(0, len(row))
	for i, field := range row {
		t.RawSetString(s.header[i], lua.LString(field))
	}
	return t, nil
}

func parse(L *lua.LState) int {
	s, list := open(L, "csv.parse"), L.CreateTable(0, 0)
	for n := 1; ; n++ {
		row, err := s.next(L)
		switch {
		case err != nil:
			return decl.Fail(L, err)
		case row == nil:
			L.Push(list)
			return 1
		case n%1024 == 0:
			decl.HostOf(L).Poll(L)
		}
		list.RawSetInt(n, row)
	}
}

func rows(L *lua.LState) int {
	s := open(L, "csv.rows")
	L.Push(L.NewFunction(func(L *lua.LState) int {
		row, err := s.next(L)
		switch {
		case err != nil:
			decl.RaiseFailure(L, err)
		case row == nil:
			L.Push(lua.LNil)
		default:
			L.Push(row)
		}
		return 1
	}))
	return 1
}

package machine

import (
	"strings"

	lua "github.com/yuin/gopher-lua"
)

// Hook is what debug.sethook sets: a function called at calls ("c" in Mask), returns ("r"), new lines ("l") and after
// every Count instructions.
type Hook struct {
	Mask  string
	Count int
	Call  func(L *lua.LState, event string, line int) // line is -1 but for lines

	left  int
	frame *frame // of the last instruction, and where it stood
	pc    int
}

// SetHook sets L's hook; nil removes it.
func SetHook(L *lua.LState, h *Hook) {
	m := Of(L)
	defer m.watch()
	if h == nil {
		delete(m.hook, L)
		if len(m.hook) == 0 {
			m.hook = nil
		}
		return
	}
	if m.hook == nil {
		m.hook = map[*lua.LState]*Hook{}
	}
	h.left = h.Count
	m.hook[L] = h
}

// HookOf is L's hook, nil when it has none.
func HookOf(L *lua.LState) *Hook { return Of(L).hook[L] }

// fire calls a hook, without hooks, and leaves the stack as it was.
func (m *Machine) fire(L *lua.LState, s *state, h *Hook, event string, line int) {
	m.tracing = L
	defer func() { m.tracing = nil }()
	top := s.reg.top
	h.Call(L, event, line)
	s.reg.setTop(L, top)
}

// trace tells who is told of lines, and runs L's hook, before the instruction that f.Pc has just passed.
func (m *Machine) trace(L *lua.LState, s *state, f *frame) {
	if m.lines != nil {
		m.line(L, f)
	}
	h := m.hook[L]
	if h == nil || m.tracing == L {
		return
	}
	if h.Count > 0 {
		if h.left--; h.left <= 0 {
			h.left = h.Count
			m.fire(L, s, h, "count", -1)
		}
	}
	if !strings.Contains(h.Mask, "l") {
		return
	}
	pc, before := f.Pc-1, h.pc
	if h.frame != f {
		before = f.Pc - 2 // back from a call
	}
	lines := f.Fn.Proto.DbgSourcePositions
	if pc == 0 || pc <= before || lines[pc] != lines[before] {
		m.fire(L, s, h, "line", lines[pc])
	}
	h.frame, h.pc = f, pc
}

// called and returning run L's hook for a call or a return of the top frame; a frame that tail calls have taken over
// returns once for each of them, too.
func (m *Machine) called(L *lua.LState, s *state) {
	if h := m.hook[L]; h != nil && m.tracing != L && strings.Contains(h.Mask, "c") {
		m.fire(L, s, h, "call", -1)
	}
}

func (m *Machine) returning(L *lua.LState, s *state, f *frame) {
	h := m.hook[L]
	if h == nil || m.tracing == L || !strings.Contains(h.Mask, "r") {
		return
	}
	m.fire(L, s, h, "return", -1)
	if f.Fn.IsG {
		return
	}
	for range f.TailCall {
		m.fire(L, s, h, "tail return", -1)
	}
}

package machine

import (
	lua "github.com/yuin/gopher-lua"
)

// Hook is what debug.sethook sets: a function called for each new line, and after every Count instructions.
type Hook struct {
	Mask             string
	Line             bool
	OnCall, OnReturn bool
	Count            int
	Call             func(L *lua.LState, event string, line int)

	left     int
	running  bool
	lastFn   *lua.FunctionProto
	lastLine int
	lastPc   int
}

// SetHook sets L's hook; nil removes it.
func SetHook(L *lua.LState, h *Hook) {
	m := Of(L)
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

// trace runs L's hook before an instruction.
func (m *Machine) trace(L *lua.LState, s *state, f *frame) {
	h := m.hook[L]
	if h == nil || h.running {
		return
	}
	h.running = true
	defer func() { h.running = false }()
	top := s.reg.top
	if h.Count > 0 {
		if h.left--; h.left <= 0 {
			h.left = h.Count
			h.Call(L, "count", -1)
		}
	}
	if line := f.line(); h.Line {
		if f.Fn.Proto != h.lastFn || line != h.lastLine || f.Pc <= h.lastPc {
			h.Call(L, "line", line)
		}
		h.lastFn, h.lastLine, h.lastPc = f.Fn.Proto, line, f.Pc
	}
	s.reg.setTop(L, top)
}

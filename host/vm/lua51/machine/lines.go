package machine

import lua "github.com/yuin/gopher-lua"

// Lines is told of a line before its first instruction runs. begins is false where a line goes on: after a call, or
// after another thread's turn.
type Lines func(at Level, line int, begins bool)

// OnLine sets who is told of the lines that all threads run; nil: nobody, which costs nothing.
func (m *Machine) OnLine(f Lines) {
	m.lines = f
	m.watch()
}

// watch says whether the loop has to look for hooks at all.
func (m *Machine) watch() { m.watched = m.hook != nil || m.lines != nil }

// line tells of the instruction that f.Pc has just passed, if a line begins or goes on there.
func (m *Machine) line(L *lua.LState, f *frame) {
	pc, before, entered := f.Pc-1, m.linePc, m.lineFrame != f
	m.lineFrame, m.linePc = f, pc
	if entered {
		before = pc - 1 // back from a call, or another thread's turn
	}
	lines := f.Fn.Proto.DbgSourcePositions
	begins := pc == 0 || pc <= before || lines[pc] != lines[before]
	if begins || entered {
		m.lines(Level{Fn: f.Fn, f: f, L: L}, lines[pc], begins)
	}
}

package machine

import (
	"fmt"
	"strings"

	lua "github.com/yuin/gopher-lua"
)

// Level is one level of the call stack, as debug.getinfo counts them: 0 is the running function, 1 its caller. A call
// that gave its frame to a tail call still counts; all that is known of it is Lost.
type Level struct {
	Fn   *lua.LFunction // nil when lost
	Lost bool
	f    *frame
	L    *lua.LState
}

// At finds a level; ok is false beyond the stack's bottom.
func At(L *lua.LState, level int) (l Level, ok bool) {
	for f := stateOf(L).currentFrame; f != nil; f = f.Parent {
		if level == 0 {
			return Level{Fn: f.Fn, f: f, L: L}, true
		}
		level--
		if !f.Fn.IsG {
			if level < f.TailCall {
				return Level{Lost: true, L: L}, true
			}
			level -= f.TailCall
		}
	}
	return Level{}, false
}

// Same says whether two levels are of one call.
func (l Level) Same(o Level) bool { return l.f == o.f && l.Fn == o.Fn && l.L == o.L }

// Caller is the level below, from which the function was called; ok is false at the bottom.
func (l Level) Caller() (below Level, ok bool) {
	if l.f == nil || l.f.Parent == nil {
		return Level{}, false
	}
	return Level{Fn: l.f.Parent.Fn, f: l.f.Parent, L: l.L}, true
}

// Line is the line being executed, -1 when there is none.
func (l Level) Line() int {
	if l.f == nil {
		return -1
	}
	return l.f.line()
}

// Name is what the caller calls the function, and which kind of name that is; both "" when not known.
func (l Level) Name() (name, kind string) {
	if l.f == nil {
		return "", ""
	}
	return calledName(l.f)
}

// Local is the n-th local of the level: its name and value; name is "" when there is none.
func (l Level) Local(n int) (name string, value lua.LValue) {
	r, name := l.local(n)
	if name == "" {
		return "", lua.LNil
	}
	reg := stateOf(l.L).reg
	reg.whole(l.L, r)
	if v := reg.array[r]; v != nil {
		return name, v
	}
	return name, lua.LNil
}

// SetLocal assigns to the n-th local and returns its name.
func (l Level) SetLocal(n int, v lua.LValue) string {
	r, name := l.local(n)
	if name != "" {
		reg := stateOf(l.L).reg
		reg.whole(l.L, r+1) // it may have been for the function that stood here
		reg.array[r] = v
	}
	return name
}

func (l Level) local(n int) (register int, name string) {
	if l.f == nil || n < 1 {
		return 0, ""
	}
	register = l.f.LocalBase + n - 1
	if !l.f.Fn.IsG {
		if name, ok := localName(l.f.Fn.Proto, n, l.f.Pc-1); ok {
			return register, name
		}
	}
	if register < l.limit() {
		return register, "(*temporary)"
	}
	return 0, ""
}

// limit is where the level's registers end: at the frame above, or the top.
func (l Level) limit() int {
	s := stateOf(l.L)
	above := s.currentFrame
	if above == l.f {
		return s.reg.top
	}
	for above != nil && above.Parent != l.f {
		above = above.Parent
	}
	if above == nil {
		return 0
	}
	return above.Base
}

// Where is the place of a level as messages begin with it, "" for Go functions and lost calls.
func Where(L *lua.LState, level int) string {
	l, ok := At(L, level)
	if !ok || l.f == nil {
		return ""
	}
	return l.f.place()
}

// Error raises a message with the place of a level; level 0 adds none.
func Error(L *lua.LState, level int, format string, args ...any) {
	message := fmt.Sprintf(format, args...)
	if level > 0 {
		message = Where(L, level) + message
	}
	Throw(lua.LString(message))
}

// ArgError refuses argument n of the running Go function.
func ArgError(L *lua.LState, n int, reason string) {
	l, _ := At(L, 0)
	name, kind := l.Name()
	if kind == "" {
		name = "?"
	}
	if kind == "method" {
		if n--; n == 0 {
			Error(L, 1, "calling '%s' on bad self (%s)", name, reason)
		}
	}
	Error(L, 1, "bad argument #%d to '%s' (%s)", n, name, reason)
}

// TypeError refuses argument n because it is no such value as expected.
func TypeError(L *lua.LState, n int, expected string) {
	got := "no value"
	if n <= L.GetTop() {
		got = L.Get(n).Type().String()
	}
	ArgError(L, n, expected+" expected, got "+got)
}

// A long traceback shows the levels below shownFirst, and the last shownLast.
const shownFirst, shownLast = 12, 10

// Traceback lists the call stack from level on, as debug.traceback does; message, if any, stands above it.
func Traceback(L *lua.LState, message string, level int) string {
	var b strings.Builder
	if message != "" {
		b.WriteString(message + "\n")
	}
	b.WriteString("stack traceback:")
	lines := stackLines(L, level)
	first, last := max(shownFirst-level, 0), len(lines)-shownLast
	for i, line := range lines {
		switch {
		case last-first < 2 || i < first || i >= last:
			b.WriteString("\n\t" + line())
		case i == first:
			b.WriteString("\n\t...")
		}
	}
	return b.String()
}

// stackLines are the levels from level on; their text is made when asked for.
func stackLines(L *lua.LState, level int) (lines []func() string) {
	n := 0
	for f := stateOf(L).currentFrame; f != nil; f = f.Parent {
		if n >= level {
			lines = append(lines, f.describe)
		}
		n++
		if f.Fn.IsG {
			continue
		}
		for range f.TailCall {
			if n >= level {
				lines = append(lines, func() string { return "(tail call): ?" })
			}
			n++
		}
	}
	return lines
}

// describe is a frame's line in a traceback.
func (f *frame) describe() string {
	name, kind := calledName(f)
	switch {
	case f.Fn.IsG && kind != "":
		return "[C]: in function '" + name + "'"
	case f.Fn.IsG:
		return "[C]: ?"
	case kind != "":
		return f.place() + "in function '" + name + "'"
	case f.Fn.Proto.LineDefined == 0:
		return f.place() + "in main chunk"
	}
	return fmt.Sprintf("%sin function <%s:%d>", f.place(), f.Fn.Proto.SourceName, f.Fn.Proto.LineDefined)
}

package vm

import (
	"strconv"

	"moonwire/host/vm/lua51/machine"

	lua "github.com/yuin/gopher-lua"
)

// site is a line of Lua.
type site struct {
	file string
	line int
}

func (s site) String() string {
	if s.file == "" {
		return "?"
	}
	return s.file + ":" + strconv.Itoa(s.line)
}

// prefix is the site as an error message starts with it.
func (s site) prefix() string {
	if s.file == "" {
		return ""
	}
	return s.String() + ": "
}

// siteOf is the innermost Lua line at or above a level of the call stack.
func siteOf(L *lua.LState, level int) site {
	for ; ; level++ {
		l, ok := machine.At(L, level)
		if !ok {
			return site{}
		}
		if line := l.Line(); line > 0 {
			return site{l.Fn.Proto.SourceName, line}
		}
	}
}

// callerOf is where the running function was called, if that is in Lua.
func callerOf(L *lua.LState) site {
	if l, ok := machine.At(L, 1); ok && l.Line() > 0 {
		return site{l.Fn.Proto.SourceName, l.Line()}
	}
	return site{}
}

// functionAt says what Lua is doing, as "in receive at FILE:LINE", or "at FILE:LINE" between calls.
func functionAt(L *lua.LState) string {
	at := "at " + siteOf(L, 0).String()
	if l, ok := machine.At(L, 0); ok && l.Fn != nil && l.Fn.IsG {
		if name, _ := l.Name(); name != "" {
			return "in " + name + " " + at
		}
	}
	return at
}

// traceback is the call stack in the reference interpreter's form, its middle left out when it is deep.
func traceback(L *lua.LState) string { return machine.Traceback(L, "", 0) }

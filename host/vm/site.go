package vm

import (
	"io/fs"
	"strconv"
	"strings"

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

// ownLine is the innermost line of the script that runs: what a module of the library makes is made by who called it.
func (rt *Runtime) ownLine(L *lua.LState) site {
	for level := 1; ; level++ {
		l, ok := machine.At(L, level)
		if !ok {
			return siteOf(L, 1)
		}
		if line := l.Line(); line > 0 && !rt.library(l.Fn.Proto.SourceName) {
			return site{l.Fn.Proto.SourceName, line}
		}
	}
}

// library says whether a source is a module of Options.Lib.
func (rt *Runtime) library(source string) bool {
	file, ok := strings.CutPrefix(source, "stdlib/")
	if !ok || rt.opt.Lib == nil {
		return false
	}
	_, err := fs.Stat(rt.opt.Lib, file)
	return err == nil
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

package vm

import (
	"strconv"
	"strings"

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
		d, ok := L.GetStack(level)
		if !ok {
			return site{}
		}
		if _, err := L.GetInfo("Sl", d, lua.LNil); err == nil && d.CurrentLine > 0 {
			return site{chunkName(d.Source), d.CurrentLine}
		}
	}
}

// callerOf is where the running function was called, if that is in Lua.
func callerOf(L *lua.LState) site {
	d, ok := L.GetStack(1)
	if !ok {
		return site{}
	}
	L.GetInfo("Sl", d, lua.LNil)
	if d.CurrentLine <= 0 {
		return site{}
	}
	return site{chunkName(d.Source), d.CurrentLine}
}

// chunkName drops the mark that says what a chunk's name is.
func chunkName(source string) string { return strings.TrimLeft(source, "@=") }

// functionAt says what Lua is doing, as "in receive at FILE:LINE", or "at FILE:LINE" between calls.
func functionAt(L *lua.LState) string {
	at := "at " + siteOf(L, 0).String()
	if d, ok := L.GetStack(0); ok {
		if L.GetInfo("nS", d, lua.LNil); d.What == "G" && d.Name != "" {
			return "in " + d.Name + " " + at
		}
	}
	return at
}

// traceback is the call stack in the reference interpreter's form, its middle left out when it is deep.
func traceback(L *lua.LState) string {
	const first, last = 12, 10
	lines := []string{"stack traceback:"}
	depth := stackDepth(L)
	for i := 0; i < depth; i++ {
		if i == first && depth > first+last {
			lines = append(lines, "\t...")
			i = depth - last
		}
		lines = append(lines, "\t"+frameText(L, i))
	}
	return strings.Join(append(lines, "\t[C]: ?"), "\n")
}

// stackDepth finds the number of levels by halving: each look at a level walks there from the top.
func stackDepth(L *lua.LState) int {
	low, high := 0, 1
	for has(L, high) {
		low, high = high, high*2
	}
	for low+1 < high {
		if mid := (low + high) / 2; has(L, mid) {
			low = mid
		} else {
			high = mid
		}
	}
	if !has(L, 0) {
		return 0
	}
	return low + 1
}

func has(L *lua.LState, level int) bool {
	_, ok := L.GetStack(level)
	return ok
}

func frameText(L *lua.LState, level int) string {
	d, _ := L.GetStack(level)
	L.GetInfo("nSl", d, lua.LNil)
	at, in := "[C]", "?"
	if d.What != "G" && d.Source != "" {
		at = site{chunkName(d.Source), d.CurrentLine}.String()
	}
	switch name := d.Name; {
	case name == "main chunk" || name == "corountine":
		in = "in main chunk"
		if d.LineDefined > 0 {
			in = "in function <" + chunkName(d.Source) + ":" + strconv.Itoa(d.LineDefined) + ">"
		}
	case strings.HasPrefix(name, "<"):
		in = "in function <" + chunkName(d.Source) + ":" + strconv.Itoa(d.LineDefined) + ">"
	case name != "" && name != "?" && !strings.HasPrefix(name, "("):
		in = "in function '" + name + "'"
	}
	return at + ": " + in
}

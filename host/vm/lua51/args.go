package lua51

import (
	"math"
	"strings"

	"moonwire/host/vm/lua51/machine"
	"moonwire/host/vm/lua51/number"

	lua "github.com/yuin/gopher-lua"
)

// The functions below read argument n of the running Go function, converting as Lua's API does, and refuse it in Lua's
// words.

func missing(L *lua.LState, n int) bool { return L.Get(n) == lua.LNil }

func checkAny(L *lua.LState, n int) lua.LValue {
	if n > L.GetTop() {
		machine.ArgError(L, n, "value expected")
	}
	return L.Get(n)
}

func toString(v lua.LValue) (string, bool) {
	switch v := v.(type) {
	case lua.LString:
		return string(v), true
	case lua.LNumber:
		return number.Format(float64(v)), true
	}
	return "", false
}

func toNumber(v lua.LValue) (float64, bool) {
	switch v := v.(type) {
	case lua.LNumber:
		return float64(v), true
	case lua.LString:
		return number.Parse(string(v))
	}
	return 0, false
}

func checkString(L *lua.LState, n int) string {
	s, ok := toString(L.Get(n))
	if !ok {
		machine.TypeError(L, n, "string")
	}
	return s
}

func optString(L *lua.LState, n int, otherwise string) string {
	if missing(L, n) {
		return otherwise
	}
	return checkString(L, n)
}

func checkNumber(L *lua.LState, n int) float64 {
	f, ok := toNumber(L.Get(n))
	if !ok {
		machine.TypeError(L, n, "number")
	}
	return f
}

func optNumber(L *lua.LState, n int, otherwise float64) float64 {
	if missing(L, n) {
		return otherwise
	}
	return checkNumber(L, n)
}

func checkInt(L *lua.LState, n int) int { return truncate(checkNumber(L, n)) }

func optInt(L *lua.LState, n, otherwise int) int {
	if missing(L, n) {
		return otherwise
	}
	return checkInt(L, n)
}

// truncate is C's conversion to a 64-bit integer: what doesn't fit is the least integer.
func truncate(f float64) int {
	if f >= -0x1p63 && f < 0x1p63 {
		return int(f)
	}
	return math.MinInt64
}

func checkTable(L *lua.LState, n int) *lua.LTable {
	t, ok := L.Get(n).(*lua.LTable)
	if !ok {
		machine.TypeError(L, n, "table")
	}
	return t
}

func checkFunction(L *lua.LState, n int) *lua.LFunction {
	f, ok := L.Get(n).(*lua.LFunction)
	if !ok {
		machine.TypeError(L, n, "function")
	}
	return f
}

// checkOption is the index of a word in a list.
func checkOption(L *lua.LState, n int, otherwise string, words ...string) int {
	s := ""
	if otherwise != "" {
		s = optString(L, n, otherwise)
	} else {
		s = checkString(L, n)
	}
	for i, w := range words {
		if w == s {
			return i
		}
	}
	machine.ArgError(L, n, "invalid option '"+cstring(s)+"'")
	return 0
}

// cstring is s as C prints it: up to the first zero byte.
func cstring(s string) string {
	s, _, _ = strings.Cut(s, "\x00")
	return s
}

// library is what the functions of one state share.
type library struct {
	Env
	machine *machine.Machine
}

// entry is one function of a library table.
type entry struct {
	name string
	fn   lua.LGFunction
}

// register adds functions to a table, which is made and made global when there is none yet.
func (l *library) register(L *lua.LState, name string, entries ...entry) *lua.LTable {
	t, ok := L.G.Global.RawGetString(name).(*lua.LTable)
	if !ok {
		t = L.CreateTable(0, len(entries))
		L.G.Global.RawSetString(name, t)
	}
	fill(L, t, entries)
	return t
}

func fill(L *lua.LState, t *lua.LTable, entries []entry) {
	for _, e := range entries {
		t.RawSetString(e.name, L.NewFunction(e.fn))
	}
}

// ret pushes values and returns their number.
func ret(L *lua.LState, values ...lua.LValue) int {
	for _, v := range values {
		L.Push(v)
	}
	return len(values)
}

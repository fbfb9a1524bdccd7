package socket

import (
	"fmt"
	"strconv"
	"strings"

	lua "github.com/yuin/gopher-lua"
)

// The checks of Lua's auxiliary library (lauxlib), with its words.

// checkString is luaL_checkstring: a string, or a number as text.
func checkString(L *lua.LState, n int) string {
	switch v := L.Get(n).(type) {
	case lua.LString:
		return string(v)
	case lua.LNumber:
		return v.String()
	}
	typeError(L, n, "string")
	return ""
}

// optString is luaL_optstring.
func optString(L *lua.LState, n int, def string) string {
	if L.Get(n) == lua.LNil {
		return def
	}
	return checkString(L, n)
}

// toNumber is lua_tonumber: a number, or text that reads as one.
func toNumber(v lua.LValue) (float64, bool) {
	switch v := v.(type) {
	case lua.LNumber:
		return float64(v), true
	case lua.LString:
		s := strings.TrimSpace(string(v))
		if n, err := strconv.ParseFloat(s, 64); err == nil {
			return n, true
		}
		if n, err := strconv.ParseUint(s, 0, 64); err == nil {
			return float64(n), true
		}
	}
	return 0, false
}

// checkNumber is luaL_checknumber.
func checkNumber(L *lua.LState, n int) float64 {
	v, ok := toNumber(L.Get(n))
	if !ok {
		typeError(L, n, "number")
	}
	return v
}

// optNumber is luaL_optnumber.
func optNumber(L *lua.LState, n int, def float64) float64 {
	if L.Get(n) == lua.LNil {
		return def
	}
	return checkNumber(L, n)
}

// checkBoolean wants true or false itself.
func checkBoolean(L *lua.LState, n int) bool {
	b, ok := L.Get(n).(lua.LBool)
	if !ok {
		typeError(L, n, "boolean")
	}
	return bool(b)
}

// checkTable is luaL_checktype for tables.
func checkTable(L *lua.LState, n int) *lua.LTable {
	t, ok := L.Get(n).(*lua.LTable)
	if !ok {
		typeError(L, n, "table")
	}
	return t
}

// checkOption is luaL_checkoption: the index of the word among choices.
func checkOption(L *lua.LState, n int, def string, choices ...string) int {
	word := optString(L, n, def)
	for i, c := range choices {
		if word == c {
			return i
		}
	}
	argError(L, n, fmt.Sprintf("invalid option '%s'", word))
	return 0
}

func typeError(L *lua.LState, n int, want string) {
	got := "no value"
	if n <= L.GetTop() {
		got = L.Get(n).Type().String()
	}
	argError(L, n, want+" expected, got "+got)
}

// argError is luaL_argerror: in a method call the receiver doesn't count.
func argError(L *lua.LState, n int, message string) {
	name, isMethod := calledAs(L)
	if isMethod {
		n--
		if n == 0 {
			raise(L, fmt.Sprintf("calling '%s' on bad self (%s)", name, message))
		}
	}
	raise(L, fmt.Sprintf("bad argument #%d to '%s' (%s)", n, name, message))
}

// raise is luaL_error: the message with the position of the Lua function that called.
func raise(L *lua.LState, message string) { raiseAt(L, 1, message) }

// raiseAt is error(message, level): 1 is the function that called.
func raiseAt(L *lua.LState, level int, message string) {
	where := L.Where(level)
	if where == "" || strings.HasPrefix(where, "[") {
		L.Error(lua.LString(message), 0)
	}
	L.Error(lua.LString(where+" "+message), 0)
}

// calledAs is the name by which the running function was called, and whether it was called as a method. Lua finds it
// in the instruction of the call; "?" when Go called.
func calledAs(L *lua.LState) (name string, isMethod bool) {
	caller, ok := L.GetStack(1)
	if !ok {
		return "?", false
	}
	fn, err := L.GetInfo("fl", caller, lua.LNil)
	f, ok := fn.(*lua.LFunction)
	if err != nil || !ok || f.IsG {
		return "?", false
	}
	running, _ := L.GetStack(0)
	if _, err := L.GetInfo("n", running, lua.LNil); err != nil || running.Name == "" {
		return "?", false
	}
	for _, call := range f.Proto.DbgCalls {
		if call.Name == running.Name && f.Proto.DbgSourcePositions[call.Pc] == caller.CurrentLine {
			return call.Name, selfCall(f.Proto.Code, call.Pc)
		}
	}
	return running.Name, false
}

// selfCall says whether the function that instruction pc calls was fetched by object:name.
func selfCall(code []uint32, pc int) bool {
	register := code[pc] >> 18 & 0xff
	for pc--; pc >= 0; pc-- {
		if code[pc]>>18&0xff == register && int(code[pc]>>26) == lua.OP_SELF {
			return true
		}
		if code[pc]>>18&0xff == register {
			return false
		}
	}
	return false
}

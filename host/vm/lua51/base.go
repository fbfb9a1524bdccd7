package lua51

import (
	"math"
	"strconv"
	"strings"

	"moonwire/host/decl"
	"moonwire/host/vm/lua51/machine"
	"moonwire/host/vm/lua51/number"

	lua "github.com/yuin/gopher-lua"
)

func (l *library) openBase(L *lua.LState) {
	g := L.G.Global
	g.RawSetString("_G", g)
	g.RawSetString("_VERSION", lua.LString("Lua 5.1"))
	next := L.NewFunction(baseNext)
	l.machine.SetNext(next)
	g.RawSetString("next", next)
	fill(L, g, []entry{
		{"assert", baseAssert}, {"collectgarbage", l.baseCollect}, {"dofile", l.baseDofile}, {"error", baseError},
		{"gcinfo", baseGcinfo}, {"getfenv", baseGetfenv}, {"getmetatable", baseGetmetatable}, {"load", l.baseLoad},
		{"loadfile", l.baseLoadfile}, {"loadstring", l.baseLoadstring}, {"pcall", basePcall}, {"print", l.basePrint},
		{"rawequal", baseRawequal}, {"rawget", baseRawget}, {"rawset", baseRawset}, {"select", baseSelect},
		{"setfenv", l.baseSetfenv}, {"setmetatable", baseSetmetatable}, {"tonumber", baseTonumber},
		{"tostring", baseTostring}, {"type", baseType}, {"unpack", baseUnpack}, {"xpcall", baseXpcall}})
	g.RawSetString("newproxy", newproxy(L))
	g.RawSetString("pairs", L.NewFunction(func(L *lua.LState) int {
		return ret(L, next, checkTable(L, 1), lua.LNil)
	}))
	ipairs := L.NewFunction(baseInext)
	g.RawSetString("ipairs", L.NewFunction(func(L *lua.LState) int {
		return ret(L, ipairs, checkTable(L, 1), lua.LNumber(0))
	}))
}

func baseInext(L *lua.LState) int {
	i := checkInt(L, 2) + 1
	v := item(checkTable(L, 1), i)
	if v == lua.LNil {
		return 0
	}
	return ret(L, lua.LNumber(i), v)
}

func baseNext(L *lua.LState) int {
	k, v, ok := machine.Next(checkTable(L, 1), L.Get(2))
	if !ok {
		machine.Throw(lua.LString("invalid key to 'next'"))
	}
	if k == lua.LNil {
		return ret(L, lua.LNil)
	}
	return ret(L, k, v)
}

func (l *library) basePrint(L *lua.LState) int {
	var b []byte
	tostring := L.G.Global.RawGetString("tostring")
	for i := 1; i <= L.GetTop(); i++ {
		L.Push(tostring)
		L.Push(L.Get(i))
		machine.Call(L, 1, 1)
		s, ok := toString(L.Get(-1))
		L.Pop(1)
		if !ok {
			machine.Error(L, 1, "'tostring' must return a string to 'print'")
		}
		if i > 1 {
			b = append(b, '\t')
		}
		b = append(b, s...)
	}
	l.Stdout.Write(append(b, '\n'))
	return 0
}

func baseTostring(L *lua.LState) int { return ret(L, tostring(L, checkAny(L, 1))) }

// tostring is a value as text, by its __tostring if it has one.
func tostring(L *lua.LState, v lua.LValue) lua.LValue {
	if h := machine.Metamethod(L, v, "__tostring"); h != lua.LNil {
		L.Push(h)
		L.Push(v)
		machine.Call(L, 1, 1)
		defer L.Pop(1)
		return L.Get(-1)
	}
	switch v := v.(type) {
	case lua.LString:
		return v
	case lua.LNumber:
		return lua.LString(number.Format(float64(v)))
	case *lua.LTable:
		return lua.LString("table: " + decl.Address(L, v))
	case *lua.LFunction:
		return lua.LString("function: " + decl.Address(L, v))
	case *lua.LUserData:
		return lua.LString("userdata: " + decl.Address(L, v))
	case *lua.LState:
		return lua.LString("thread: " + decl.Address(L, v))
	}
	return lua.LString(v.String())
}

func baseTonumber(L *lua.LState) int {
	base := optInt(L, 2, 10)
	if base == 10 {
		if f, ok := toNumber(checkAny(L, 1)); ok {
			return ret(L, lua.LNumber(f))
		}
		return ret(L, lua.LNil)
	}
	s := checkString(L, 1)
	if base < 2 || base > 36 {
		machine.ArgError(L, 2, "base out of range")
	}
	if n, ok := parseBase(cstring(s), base); ok {
		return ret(L, lua.LNumber(n))
	}
	return ret(L, lua.LNil)
}

// parseBase reads a whole number as C's strtoul does, white space round it.
func parseBase(s string, base int) (float64, bool) {
	s = strings.Trim(s, " \t\n\v\f\r")
	negative := strings.HasPrefix(s, "-")
	s = strings.TrimPrefix(strings.TrimPrefix(s, "-"), "+")
	if base == 16 && len(s) > 2 && strings.EqualFold(s[:2], "0x") {
		s = s[2:]
	}
	if s == "" || s[0] == '+' || s[0] == '-' || strings.Contains(s, "_") {
		return 0, false
	}
	n, err := strconv.ParseUint(s, base, 64)
	if err != nil && err.(*strconv.NumError).Err != strconv.ErrRange {
		return 0, false
	}
	if negative && err == nil {
		n = -n
	}
	return float64(n), true
}

func baseType(L *lua.LState) int { return ret(L, lua.LString(checkAny(L, 1).Type().String())) }

func baseAssert(L *lua.LState) int {
	if lua.LVAsBool(checkAny(L, 1)) {
		return L.GetTop()
	}
	if missing(L, 2) {
		machine.Error(L, 1, "assertion failed!")
	}
	if s, ok := toString(L.Get(2)); ok {
		machine.Error(L, 1, "%s", s)
	}
	machine.Throw(L.Get(2))
	return 0
}

func baseError(L *lua.LState) int {
	v, level := L.Get(1), optInt(L, 2, 1)
	if s, ok := toString(v); ok && level > 0 {
		v = lua.LString(machine.Where(L, level) + s)
	}
	machine.Throw(v)
	return 0
}

func basePcall(L *lua.LState) int {
	checkAny(L, 1)
	if err := machine.PCall(L, L.GetTop()-1, lua.MultRet, nil); err != nil {
		return ret(L, lua.LFalse, err.(*lua.ApiError).Object)
	}
	L.Insert(lua.LTrue, 1)
	return L.GetTop()
}

// baseXpcall passes further arguments to the function, which Lua 5.1 drops.
func baseXpcall(L *lua.LState) int {
	if L.GetTop() < 2 {
		machine.ArgError(L, 2, "value expected")
	}
	handler, f := L.Get(2), L.Get(1)
	L.Remove(2)
	L.Replace(1, f)
	if err := machine.PCall(L, L.GetTop()-1, lua.MultRet, handlerOf(L, handler)); err != nil {
		return ret(L, lua.LFalse, err.(*lua.ApiError).Object)
	}
	L.Insert(lua.LTrue, 1)
	return L.GetTop()
}

// handlerOf is a message handler as a function; what can't be called fails when it is needed.
func handlerOf(L *lua.LState, h lua.LValue) *lua.LFunction {
	if fn, ok := h.(*lua.LFunction); ok {
		return fn
	}
	return L.NewFunction(func(L *lua.LState) int {
		L.Insert(h, 1)
		machine.Call(L, L.GetTop()-1, 1)
		return 1
	})
}

func baseRawequal(L *lua.LState) int {
	return ret(L, lua.LBool(checkAny(L, 1) == checkAny(L, 2)))
}

func baseRawget(L *lua.LState) int {
	t := checkTable(L, 1)
	return ret(L, t.RawGet(checkAny(L, 2)))
}

func baseRawset(L *lua.LState) int {
	t, k, v := checkTable(L, 1), checkAny(L, 2), checkAny(L, 3)
	machine.RawSet(L, t, k, v)
	return ret(L, t)
}

func baseSelect(L *lua.LState) int {
	n := L.GetTop()
	if s, ok := L.Get(1).(lua.LString); ok && strings.HasPrefix(string(s), "#") {
		return ret(L, lua.LNumber(n-1))
	}
	i := checkInt(L, 1)
	if i < 0 {
		i += n
	} else {
		i = min(i, n)
	}
	if i < 1 {
		machine.ArgError(L, 1, "index out of range")
	}
	return n - i
}

func baseUnpack(L *lua.LState) int {
	t := checkTable(L, 1)
	from := optInt(L, 2, 1)
	to := optInt(L, 3, machine.Length(t))
	if missing(L, 3) {
		to = machine.Length(t)
	}
	if from > to {
		return 0
	}
	if n := uint64(to) - uint64(from); n >= maxUnpack {
		machine.Error(L, 1, "too many results to unpack")
	}
	machine.Reserve(L, to-from+1)
	for i := from; i <= to; i++ {
		L.Push(item(t, i))
	}
	return to - from + 1
}

// maxUnpack bounds what unpack pushes; the stack's own limit may come first.
const maxUnpack = 1 << 20

func baseGetmetatable(L *lua.LState) int {
	v := checkAny(L, 1)
	if h := machine.Metamethod(L, v, "__metatable"); h != lua.LNil {
		return ret(L, h)
	}
	return ret(L, machine.Metatable(L, v))
}

func baseSetmetatable(L *lua.LState) int {
	t := checkTable(L, 1)
	mt := L.Get(2)
	if _, ok := mt.(*lua.LTable); !ok && (mt != lua.LNil || L.GetTop() < 2) {
		machine.ArgError(L, 2, "nil or table expected")
	}
	if machine.Metamethod(L, t, "__metatable") != lua.LNil {
		machine.Error(L, 1, "cannot change a protected metatable")
	}
	t.Metatable = mt
	return ret(L, t)
}

// baseCollect answers collectgarbage. Memory is the whole process's; tuning has no meaning here and answers with the
// reference interpreter's defaults.
func (l *library) baseCollect(L *lua.LState) int {
	option := checkOption(L, 1, "collect", "collect", "stop", "restart", "count", "step", "setpause", "setstepmul")
	optInt(L, 2, 0)
	switch option {
	case 0, 4:
		l.collect()
		if option == 4 {
			return ret(L, lua.LTrue)
		}
	case 3:
		return ret(L, lua.LNumber(heapKilobytes()))
	case 5, 6:
		return ret(L, lua.LNumber(200))
	}
	return ret(L, lua.LNumber(0))
}

func baseGcinfo(L *lua.LState) int { return ret(L, lua.LNumber(math.Floor(heapKilobytes()))) }

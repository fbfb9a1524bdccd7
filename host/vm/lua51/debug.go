package lua51

import (
	"fmt"
	"strings"

	"moonwire/host/vm/lua51/code"
	"moonwire/host/vm/lua51/machine"
	"moonwire/host/vm/lua51/syntax"

	lua "github.com/yuin/gopher-lua"
)

func (l *library) openDebug(L *lua.LState) {
	l.register(L, "debug", entry{"debug", l.debugDebug}, entry{"getfenv", debugGetfenv}, entry{"gethook", debugGethook},
		entry{"getinfo", l.debugGetinfo}, entry{"getlocal", debugGetlocal}, entry{"getmetatable", debugGetmetatable},
		entry{"getregistry", debugGetregistry}, entry{"getupvalue", debugGetupvalue}, entry{"setfenv", debugSetfenv},
		entry{"sethook", debugSethook}, entry{"setlocal", debugSetlocal}, entry{"setmetatable", debugSetmetatable},
		entry{"setupvalue", debugSetupvalue}, entry{"traceback", debugTraceback})
}

// Running finds the state that runs a coroutine's value: what Lua holds may only stand for it.
type Running interface{ Running() *lua.LState }

// threadArg is the thread that a debug function is about: its first argument, or the one that calls. shift is how many
// arguments that took.
func threadArg(L *lua.LState) (about *lua.LState, shift int) {
	th, ok := L.Get(1).(*lua.LState)
	if !ok {
		return L, 0
	}
	return running(th), 1
}

func running(th *lua.LState) *lua.LState {
	if r, ok := th.Context().(Running); ok {
		return r.Running()
	}
	return th
}

func (l *library) debugGetinfo(L *lua.LState) int {
	about, shift := threadArg(L)
	what := optString(L, shift+2, "flnSu")
	var level machine.Level
	onStack := false
	switch v := L.Get(shift + 1).(type) {
	case *lua.LFunction:
		level = machine.Level{Fn: v}
	default:
		n, ok := toNumber(v)
		if !ok {
			machine.ArgError(L, shift+1, "function or level expected")
		}
		if level, onStack = machine.At(about, truncate(n)); !onStack || n < 0 {
			return ret(L, lua.LNil)
		}
	}
	if strings.Trim(what, "SlnufL") != "" {
		machine.ArgError(L, shift+2, "invalid option")
	}
	t := L.CreateTable(0, 12)
	if strings.Contains(what, "S") {
		sourceInfo(t, level)
	}
	if strings.Contains(what, "l") {
		line := -1
		if onStack {
			line = level.Line()
		}
		t.RawSetString("currentline", lua.LNumber(line))
	}
	if strings.Contains(what, "u") {
		n := 0
		if level.Fn != nil {
			n = len(level.Fn.Upvalues)
		}
		t.RawSetString("nups", lua.LNumber(n))
	}
	if strings.Contains(what, "n") {
		name, kind := level.Name()
		if kind != "" {
			t.RawSetString("name", lua.LString(name))
		}
		t.RawSetString("namewhat", lua.LString(kind))
	}
	if strings.Contains(what, "L") && level.Fn != nil && !level.Fn.IsG {
		lines := L.CreateTable(0, 8)
		for _, line := range level.Fn.Proto.DbgSourcePositions {
			lines.RawSet(lua.LNumber(line), lua.LTrue)
		}
		t.RawSetString("activelines", lines)
	}
	if strings.Contains(what, "f") && level.Fn != nil && !l.Restricted {
		t.RawSetString("func", level.Fn)
	}
	return ret(L, t)
}

// sourceInfo fills in where a function comes from.
func sourceInfo(t *lua.LTable, level machine.Level) {
	source, short, what, first, last := "=[C]", "[C]", "C", -1, -1
	switch {
	case level.Lost:
		source, short, what = "=(tail call)", "(tail call)", "tail"
	case !level.Fn.IsG:
		p := level.Fn.Proto
		source, what, first, last = code.ChunkName(p), "Lua", p.LineDefined, p.LastLineDefined
		short = syntax.ShortSource(source)
		if first == 0 {
			what = "main"
		}
	}
	t.RawSetString("source", lua.LString(source))
	t.RawSetString("short_src", lua.LString(short))
	t.RawSetString("linedefined", lua.LNumber(first))
	t.RawSetString("lastlinedefined", lua.LNumber(last))
	t.RawSetString("what", lua.LString(what))
}

func levelArg(L *lua.LState, about *lua.LState, n int) machine.Level {
	level := checkInt(L, n)
	at, ok := machine.At(about, level)
	if !ok || level < 0 {
		machine.ArgError(L, n, "level out of range")
	}
	return at
}

func debugGetlocal(L *lua.LState) int {
	about, shift := threadArg(L)
	name, v := levelArg(L, about, shift+1).Local(checkInt(L, shift+2))
	if name == "" {
		return ret(L, lua.LNil)
	}
	return ret(L, lua.LString(name), v)
}

func debugSetlocal(L *lua.LState) int {
	about, shift := threadArg(L)
	level := levelArg(L, about, shift+1)
	n := checkInt(L, shift+2)
	name := level.SetLocal(n, checkAny(L, shift+3))
	if name == "" {
		return ret(L, lua.LNil)
	}
	return ret(L, lua.LString(name))
}

func debugGetupvalue(L *lua.LState) int {
	f, n := checkFunction(L, 1), checkInt(L, 2)
	if f.IsG || n < 1 || n > len(f.Upvalues) {
		return 0
	}
	return ret(L, lua.LString(f.Proto.DbgUpvalues[n-1]), f.Upvalues[n-1].Value())
}

func debugSetupvalue(L *lua.LState) int {
	f, n, v := checkFunction(L, 1), checkInt(L, 2), checkAny(L, 3)
	if f.IsG || n < 1 || n > len(f.Upvalues) {
		return 0
	}
	f.Upvalues[n-1].SetValue(v)
	return ret(L, lua.LString(f.Proto.DbgUpvalues[n-1]))
}

func debugGetmetatable(L *lua.LState) int { return ret(L, machine.Metatable(L, checkAny(L, 1))) }

func debugSetmetatable(L *lua.LState) int {
	mt := L.Get(2)
	if _, ok := mt.(*lua.LTable); !ok && (mt != lua.LNil || L.GetTop() < 2) {
		machine.ArgError(L, 2, "nil or table expected")
	}
	L.SetMetatable(L.Get(1), mt)
	return ret(L, lua.LTrue)
}

func debugGetregistry(L *lua.LState) int { return ret(L, L.G.Registry) }

func debugGetfenv(L *lua.LState) int {
	switch v := checkAny(L, 1).(type) {
	case *lua.LFunction:
		return ret(L, v.Env)
	case *lua.LUserData:
		return ret(L, v.Env)
	case *lua.LState:
		return ret(L, running(v).Env)
	}
	return ret(L, lua.LNil)
}

func debugSetfenv(L *lua.LState) int {
	env := checkTable(L, 2)
	switch v := L.Get(1).(type) {
	case *lua.LFunction:
		v.Env = env
	case *lua.LUserData:
		v.Env = env
	case *lua.LState:
		running(v).Env = env
	default:
		machine.Error(L, 1, "'setfenv' cannot change environment of given object")
	}
	return ret(L, L.Get(1))
}

func debugTraceback(L *lua.LState) int {
	about, shift := threadArg(L)
	message := L.Get(shift + 1)
	text, ok := toString(message)
	if !ok && L.GetTop() > shift {
		return ret(L, message)
	}
	level := 1
	if shift > 0 {
		level = 0
	}
	trace := machine.Traceback(about, "", optInt(L, shift+2, level))
	if ok {
		trace = text + "\n" + trace
	}
	return ret(L, lua.LString(trace))
}

// hookKey is where the registry keeps hook functions by thread.
const hookKey = "moonwire.hook"

func debugSethook(L *lua.LState) int {
	about, shift := threadArg(L)
	hooks, ok := L.G.Registry.RawGetString(hookKey).(*lua.LTable)
	if !ok {
		hooks = L.CreateTable(0, 1)
		L.G.Registry.RawSetString(hookKey, hooks)
	}
	if missing(L, shift+1) {
		hooks.RawSet(about, lua.LNil)
		machine.SetHook(about, nil)
		return 0
	}
	f, mask, count := checkFunction(L, shift+1), checkString(L, shift+2), optInt(L, shift+3, 0)
	hooks.RawSet(about, f)
	machine.SetHook(about, &machine.Hook{
		Mask: mask, Count: count,
		Call: func(L *lua.LState, event string, line int) {
			ret(L, f, lua.LString(event), lua.LNil)
			if line >= 0 {
				L.Pop(1)
				L.Push(lua.LNumber(line))
			}
			machine.Call(L, 2, 0)
		},
	})
	return 0
}

func debugGethook(L *lua.LState) int {
	about, _ := threadArg(L)
	h := machine.HookOf(about)
	if h == nil {
		return ret(L, lua.LNil, lua.LString(""), lua.LNumber(0))
	}
	f := L.G.Registry.RawGetString(hookKey).(*lua.LTable).RawGet(about)
	return ret(L, f, lua.LString(h.Mask), lua.LNumber(h.Count))
}

// debugDebug runs lines of the standard input until one says cont.
func (l *library) debugDebug(L *lua.LState) int {
	stdin := streamOf(L.GetField(L.G.Global.RawGetString("io"), "stdin"))
	for {
		fmt.Fprint(l.Stderr, "lua_debug> ")
		L.SetTop(0)
		if stdin.read(L, 1) != 1 || L.Get(-1) == lua.LNil || L.Get(-1).String() == "cont" {
			return 0
		}
		source := L.Get(-1).String()
		if l.load(L, source, "=(debug command)") == 2 {
			fmt.Fprintln(l.Stderr, L.Get(-1))
		} else if err := machine.PCall(L, 0, 0, nil); err != nil {
			fmt.Fprintln(l.Stderr, err.(*lua.ApiError).Object)
		}
	}
}

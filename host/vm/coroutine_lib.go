package vm

import (
	"moonwire/host/vm/lua51/machine"

	lua "github.com/yuin/gopher-lua"
)

// openCoroutine puts the coroutine library into a state.
func openCoroutine(L *lua.LState) {
	lib := L.CreateTable(0, 7)
	for name, f := range map[string]lua.LGFunction{
		"create": coCreate, "resume": coResume, "running": coRunning, "status": coStatus,
		"wrap": coWrap, "yield": coYield, "isyieldable": coIsYieldable,
	} {
		lib.RawSetString(name, L.NewFunction(f))
	}
	L.SetGlobal("coroutine", lib)
	L.GetField(L.GetGlobal("package"), "loaded").(*lua.LTable).RawSetString("coroutine", lib)
}

func coCreate(L *lua.LState) int {
	L.Push(threadOf(L).newCoroutine(checkLua(L)))
	return 1
}

func coResume(L *lua.LState) int {
	co := checkCoroutine(L)
	values, err := co.resumeFrom(L, rest(L, 2))
	if err != nil {
		L.Push(lua.LFalse)
		L.Push(err.Value)
		return 2
	}
	L.Push(lua.LTrue)
	return 1 + push(L, values)
}

func coWrap(L *lua.LState) int {
	shell := threadOf(L).newCoroutine(checkLua(L))
	L.Push(L.NewClosure(func(L *lua.LState) int {
		co := coroutineOf(L.Get(lua.UpvalueIndex(1)))
		values, err := co.resumeFrom(L, rest(L, 1))
		if err == nil {
			return push(L, values)
		}
		if s, ok := err.Value.(lua.LString); ok {
			err.Value = lua.LString(callerOf(L).prefix()) + s
		}
		err.Task = "a coroutine"
		threadOf(L).task.rethrow(L, err)
		return 0
	}, shell))
	return 1
}

func coYield(L *lua.LState) int {
	h := threadOf(L)
	if h.co == nil {
		L.Error(lua.LString(callerOf(L).prefix()+"attempt to yield from outside a coroutine"), 0)
	}
	values := h.co.leave(rest(L, 1))
	h.Poll(L)
	return push(L, values)
}

func coStatus(L *lua.LState) int {
	L.Push(lua.LString(checkCoroutine(L).state.String()))
	return 1
}

func coRunning(L *lua.LState) int {
	if co := threadOf(L).co; co != nil {
		L.Push(co.shell.Value())
		return 1
	}
	L.Push(lua.LNil)
	return 1
}

func coIsYieldable(L *lua.LState) int {
	L.Push(lua.LBool(threadOf(L).co != nil))
	return 1
}

// resumeFrom resumes the coroutine unless it is dead, or some task has it in hand.
func (co *coroutine) resumeFrom(L *lua.LState, args []lua.LValue) ([]lua.LValue, *Error) {
	h := threadOf(L)
	switch {
	case co.state != suspended:
		return nil, &Error{Value: lua.LString("cannot resume " + co.state.String() + " coroutine")}
	case h.depth() >= maxNesting:
		return nil, &Error{Value: lua.LString("C stack overflow")}
	}
	values, err := co.enter(h, args)
	h.Poll(L)
	return values, err
}

// coroutineOf is what a thread value stands for; nil for a task's own thread.
func coroutineOf(v lua.LValue) *coroutine {
	if th, ok := v.(*lua.LState); ok {
		if s, ok := th.Context().(shellContext); ok {
			return s.co
		}
	}
	return nil
}

func checkCoroutine(L *lua.LState) *coroutine {
	co := coroutineOf(L.Get(1))
	if co == nil {
		machine.ArgError(L, 1, "coroutine expected")
	}
	return co
}

// checkLua is the function of a new coroutine. One written in Go will do, as in LuaJIT.
func checkLua(L *lua.LState) *lua.LFunction {
	fn, ok := L.Get(1).(*lua.LFunction)
	if !ok {
		machine.ArgError(L, 1, "Lua function expected")
	}
	return fn
}

// rest copies the arguments from n on.
func rest(L *lua.LState, n int) []lua.LValue {
	values := make([]lua.LValue, 0, max(0, L.GetTop()-n+1))
	for ; n <= L.GetTop(); n++ {
		values = append(values, L.Get(n))
	}
	return values
}

func push(L *lua.LState, values []lua.LValue) int {
	for _, v := range values {
		L.Push(v)
	}
	return len(values)
}

package socket

import (
	"errors"

	lua "github.com/yuin/gopher-lua"
)

// failureMeta is the metatable of the tables in which try carries its message to protect.
func failureMeta(L *lua.LState) *lua.LTable {
	const key = "moonwire socket failure"
	if t, ok := L.G.Registry.RawGetString(key).(*lua.LTable); ok {
		return t
	}
	t := L.CreateTable(0, 1)
	t.RawSetString("__metatable", lua.LFalse)
	L.G.Registry.RawSetString(key, t)
	return t
}

// newtry is socket.newtry([finalizer]): a function that returns its arguments, or, when the first is false, calls the
// finalizer and raises the second for protect to catch.
func newtry(L *lua.LState) int {
	finalizer := L.Get(1)
	L.Push(L.NewFunction(func(L *lua.LState) int { return try(L, finalizer) }))
	return 1
}

// tryFunc is socket.try.
func tryFunc(L *lua.LState) int { return try(L, lua.LNil) }

func try(L *lua.LState, finalizer lua.LValue) int {
	if lua.LVAsBool(L.Get(1)) {
		return L.GetTop()
	}
	message := L.Get(2)
	if finalizer != lua.LNil {
		L.Push(finalizer)
		L.Call(0, 0)
	}
	carrier := L.CreateTable(1, 0)
	carrier.Append(message)
	carrier.Metatable = failureMeta(L)
	L.Error(carrier, 0)
	return 0
}

// protect is socket.protect(f): f that returns nil and the message where a try in it failed. Other errors pass.
func protect(L *lua.LState) int {
	f := L.Get(1)
	L.Push(L.NewFunction(func(L *lua.LState) int {
		if f.Type() != lua.LTFunction && L.GetMetaField(f, "__call") == lua.LNil {
			L.Error(lua.LString("attempt to call a "+f.Type().String()+" value"), 0)
		}
		n := L.GetTop()
		L.Insert(f, 1)
		err := L.PCall(n, lua.MultRet, nil)
		if err == nil {
			return L.GetTop()
		}
		var raised *lua.ApiError
		if errors.As(err, &raised) {
			if t, ok := raised.Object.(*lua.LTable); ok && t.Metatable == lua.LValue(failureMeta(L)) {
				L.Push(lua.LNil)
				L.Push(t.RawGetInt(1))
				return 2
			}
		}
		panic(err) // as it was, with its traceback
	}))
	return 1
}

// skip is socket.skip(n, ...): the arguments after the first n.
func skip(L *lua.LState) int {
	n := int(checkNumber(L, 1))
	return max(L.GetTop()-n-1, 0)
}

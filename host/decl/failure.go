package decl

import lua "github.com/yuin/gopher-lua"

// RaiseFailure raises the world's refusal where there is no return value for it: an iterator that can't go on. The
// error is a table with message and kind that prints as its message.
func RaiseFailure(L *lua.LState, err error) {
	t := L.CreateTable(0, 2)
	t.RawSetString("message", lua.LString(Words(err)))
	if k := KindOf(err); k != "" {
		t.RawSetString("kind", lua.LString(k))
	}
	t.Metatable = failureMeta(L)
	L.Error(t, 1)
}

// failureMeta is the state's metatable of such errors.
func failureMeta(L *lua.LState) *lua.LTable {
	const key = "moonwire.failure"
	if t, ok := L.G.Registry.RawGetString(key).(*lua.LTable); ok {
		return t
	}
	t := L.CreateTable(0, 1)
	t.RawSetString("__tostring", L.NewFunction(func(L *lua.LState) int {
		L.Push(L.CheckTable(1).RawGetString("message"))
		return 1
	}))
	L.G.Registry.RawSetString(key, t)
	return t
}

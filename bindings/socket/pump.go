package socket

import (
	"fmt"

	lua "github.com/yuin/gopher-lua"
)

// Sources and sinks as LTN12 has them, over anything with a socket's methods. Each is a table that can be called, and
// that select takes in the socket's place.

// installPumps puts sourcet and sinkt into the module.
func installPumps(L *lua.LState, module *lua.LTable) {
	sources := functionTable(L, map[string]lua.LGFunction{
		"by-length":    newPump(sourceByLength),
		"until-closed": newPump(sourceUntilClosed),
	})
	sources.RawSetString("default", sources.RawGetString("until-closed"))
	sinks := functionTable(L, map[string]lua.LGFunction{
		"close-when-done": newPump(sinkCloseWhenDone),
		"keep-open":       newPump(sinkKeepOpen),
	})
	sinks.RawSetString("default", sinks.RawGetString("keep-open"))
	module.RawSetString("sourcet", sources)
	module.RawSetString("sinkt", sinks)
}

// choosing is socket.source and socket.sink: what choose makes of the module's table of that name.
func choosing(table string) lua.LGFunction {
	return func(L *lua.LState) int {
		t, ok := libraryOf(L).module.RawGetString(table).(*lua.LTable)
		if !ok {
			raise(L, table+" is no table")
		}
		return pick(L, t)
	}
}

func functionTable(L *lua.LState, functions map[string]lua.LGFunction) *lua.LTable {
	t := L.CreateTable(0, len(functions))
	for name, f := range functions {
		t.RawSetString(name, L.NewFunction(f))
	}
	return t
}

// choose is socket.choose(table): a function that calls the entry its first argument names, or the one called default.
func choose(L *lua.LState) int {
	table := checkTable(L, 1)
	L.Push(L.NewFunction(func(L *lua.LState) int { return pick(L, table) }))
	return 1
}

// pick calls the entry of table that the first argument names, with the next two.
func pick(L *lua.LState, table *lua.LTable) int {
	name, first := lua.LValue(lua.LString("default")), 1
	if s, ok := L.Get(1).(lua.LString); ok {
		name, first = s, 2
	}
	f, one, two := L.GetTable(table, name), L.Get(first), L.Get(first+1)
	if !lua.LVAsBool(f) {
		raiseAt(L, 2, fmt.Sprintf("unknown key (%s)", name))
	}
	base := L.GetTop()
	L.Push(f)
	L.Push(one)
	L.Push(two)
	L.Call(2, lua.MultRet)
	return L.GetTop() - base
}

// A pump is what a source or sink does when called.
type pump func(L *lua.LState, sock lua.LValue) int

// newPump makes the Lua function that makes a source or sink of a socket and one more argument.
func newPump(make func(L *lua.LState, extra lua.LValue) pump) lua.LGFunction {
	return func(L *lua.LState) int {
		sock := L.Get(1)
		run := make(L, L.Get(2))
		t := functionTable(L, map[string]lua.LGFunction{
			"getfd": func(L *lua.LState) int { return call(L, sock, "getfd", 1) },
			"dirty": func(L *lua.LState) int { return call(L, sock, "dirty", 1) },
		})
		t.Metatable = functionTable(L, map[string]lua.LGFunction{
			"__call": func(L *lua.LState) int { return run(L, sock) },
		})
		L.Push(t)
		return 1
	}
}

// call calls a method and leaves its results on the stack.
func call(L *lua.LState, object lua.LValue, method string, results int, args ...lua.LValue) int {
	base := L.GetTop()
	L.Push(L.GetField(object, method))
	L.Push(object)
	for _, a := range args {
		L.Push(a)
	}
	L.Call(1+len(args), results)
	return L.GetTop() - base
}

func sinkKeepOpen(*lua.LState, lua.LValue) pump {
	return func(L *lua.LState, sock lua.LValue) int {
		if chunk := L.Get(2); lua.LVAsBool(chunk) {
			return call(L, sock, "send", lua.MultRet, chunk)
		}
		return done(L)
	}
}

func sinkCloseWhenDone(*lua.LState, lua.LValue) pump {
	return func(L *lua.LState, sock lua.LValue) int {
		if chunk := L.Get(2); lua.LVAsBool(chunk) {
			return call(L, sock, "send", lua.MultRet, chunk)
		}
		call(L, sock, "close", 0)
		return done(L)
	}
}

// blockSize is socket.BLOCKSIZE, which scripts may change.
func blockSize(L *lua.LState) lua.LNumber {
	n, _ := toNumber(libraryOf(L).module.RawGetString("BLOCKSIZE"))
	return lua.LNumber(n)
}

func sourceByLength(L *lua.LState, length lua.LValue) pump {
	left, ok := toNumber(length)
	if !ok {
		typeError(L, 2, "number")
	}
	return func(L *lua.LState, sock lua.LValue) int {
		if left <= 0 {
			L.Push(lua.LNil)
			return 1
		}
		base := L.GetTop()
		call(L, sock, "receive", 2, min(blockSize(L), lua.LNumber(left)))
		if err := L.Get(base + 2); lua.LVAsBool(err) {
			L.Push(lua.LNil)
			L.Push(err)
			return 2
		}
		chunk := L.Get(base + 1)
		left -= float64(len(chunk.String()))
		L.Push(chunk)
		return 1
	}
}

func sourceUntilClosed(*lua.LState, lua.LValue) pump {
	ended := false
	return func(L *lua.LState, sock lua.LValue) int {
		if ended {
			L.Push(lua.LNil)
			return 1
		}
		base := L.GetTop()
		call(L, sock, "receive", 3, blockSize(L))
		switch err := L.Get(base + 2); err {
		case lua.LNil:
			L.Push(L.Get(base + 1))
			return 1
		case lua.LString(msgClosed):
			call(L, sock, "close", 0)
			ended = true
			L.Push(L.Get(base + 3))
			return 1
		default:
			L.Push(lua.LNil)
			L.Push(err)
			return 2
		}
	}
}

package lua51

import (
	"context"
	"fmt"
	"io"
	"strings"

	"moonwire/host/decl"

	lua "github.com/yuin/gopher-lua"
)

// Open fills L with the standard library, the coroutine library left out: it is the scheduler's.
func Open(L *lua.LState, env Env) {
	env = env.withDefaults()
	for _, lib := range []struct {
		name string
		open lua.LGFunction
	}{
		{lua.LoadLibName, lua.OpenPackage},
		{lua.BaseLibName, lua.OpenBase},
		{lua.TabLibName, lua.OpenTable},
		{lua.StringLibName, lua.OpenString},
		{lua.MathLibName, lua.OpenMath},
		{lua.DebugLibName, lua.OpenDebug},
		{lua.OsLibName, lua.OpenOs},
		{lua.IoLibName, lua.OpenIo},
	} {
		L.Push(L.NewFunction(lib.open))
		L.Push(lua.LString(lib.name))
		L.Call(1, 0)
	}
	L.SetGlobal("print", L.NewFunction(func(L *lua.LState) int { return printTo(env.Stdout, L) }))
	decl.Preload(L, env.Preload)
}

func printTo(w io.Writer, L *lua.LState) int {
	words := make([]string, L.GetTop())
	for i := range words {
		words[i] = L.ToStringMeta(L.Get(i + 1)).String()
	}
	fmt.Fprintln(w, strings.Join(words, "\t"))
	return 0
}

func blockOnHost(L *lua.LState, f func() error) error {
	return decl.HostOf(L).Block(L, func(context.Context) error { return f() })
}

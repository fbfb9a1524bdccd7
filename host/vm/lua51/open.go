package lua51

import (
	"context"

	"moonwire/host/decl"
	"moonwire/host/vm/lua51/machine"

	lua "github.com/yuin/gopher-lua"
)

// Open fills L with the standard library, the coroutine library left out: it is the scheduler's.
func Open(L *lua.LState, env Env) {
	l := &library{Env: env.withDefaults(), machine: machine.Attach(L)}
	l.machine.MaxString = l.MaxString
	l.openPackage(L)
	l.openBase(L)
	l.openTable(L)
	l.openString(L)
	l.openMath(L)
	l.openOS(L)
	l.openIO(L)
	l.openDebug(L)
	l.restrict(L)
	loaded := L.G.Registry.RawGetString("_LOADED").(*lua.LTable)
	for _, name := range []string{"_G", "package", "table", "string", "math", "os", "io", "debug"} {
		loaded.RawSetString(name, L.G.Global.RawGetString(name))
	}
	decl.Preload(L, env.Preload)
}

func blockOnHost(L *lua.LState, f func() error) error {
	return decl.HostOf(L).Block(L, func(context.Context) error { return f() })
}

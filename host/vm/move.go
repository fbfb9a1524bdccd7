package vm

import (
	"context"

	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

// Move runs f as a task. What runs after it lives in the network that f returns, and finds lab by script.lab(). Daemons
// that f starts live as long as the script.
func (rt *Runtime) Move(ctx context.Context, name string, f func(L *lua.LState) (n network.Network, lab lua.LValue)) error {
	return rt.Do(ctx, name, func(L *lua.LState) int {
		n, lab := f(L)
		rt.opt.Network, rt.opt.Script.Lab = n, func(*lua.LState) lua.LValue { return lab }
		rt.values = rt.within(context.Background())
		return 0
	})
}

// Lab is what script.lab() gives.
func (rt *Runtime) Lab(L *lua.LState) lua.LValue {
	if lab := rt.opt.Script.Lab; lab != nil {
		return lab(L)
	}
	return lua.LNil
}

package decl

import (
	"fmt"
	"runtime"

	lua "github.com/yuin/gopher-lua"
)

// function makes f a Lua function. A fault of ours in it, such as an index out of range, becomes a Lua error that
// names it: no script ends with a stack of Go's.
func function(L *lua.LState, name string, f lua.LGFunction) *lua.LFunction {
	return L.NewFunction(func(L *lua.LState) int {
		defer explain(L, name)
		return f(L)
	})
}

func explain(L *lua.LState, name string) {
	switch r := recover().(type) {
	case nil:
	case runtime.Error:
		Raise(L, fmt.Sprintf("moonwire is at fault in '%s': %v", name, r))
	default:
		panic(r)
	}
}

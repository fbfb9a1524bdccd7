package hosttest

import (
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// Fuzz feeds a decoder through its Lua function. The source gets each input as its argument, has the modules as
// globals, and asserts what must hold; try calls a function as pcall does, but lets faults of ours through.
func Fuzz(f *testing.F, source string, modules ...*decl.Module) {
	f.Helper()
	L := lua.NewState()
	f.Cleanup(L.Close)
	decl.Preload(L, modules)
	for _, m := range modules {
		L.SetGlobal(m.Name, m.Table(L))
	}
	if err := L.DoString(try); err != nil {
		f.Fatal(err)
	}
	fn, err := L.Load(strings.NewReader(source), "fuzz")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data string) {
		if err := L.CallByParam(lua.P{Fn: fn, Protect: true}, lua.LString(data)); err != nil {
			t.Fatal(err)
		}
	})
}

const try = `function try(f, ...)
	local ok, a, b, c = pcall(f, ...)
	if not ok and tostring(a):find("at fault", 1, true) then error(a, 0) end
	return ok, a, b, c
end`

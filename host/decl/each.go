package decl

import lua "github.com/yuin/gopher-lua"

// Each calls f for each entry of t, in the order of Lua's pairs. (LTable.ForEach takes another order each time.)
func Each(t *lua.LTable, f func(k, v lua.LValue)) {
	for k, v := t.Next(lua.LNil); k != lua.LNil; k, v = t.Next(k) {
		f(k, v)
	}
}

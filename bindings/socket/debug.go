package socket

import (
	lua "github.com/yuin/gopher-lua"
)

// pushElapsed pushes how long the call took in seconds, as LuaSocket's debug build does; it returns how many values
// it pushed.
func (s *stream) pushElapsed(L *lua.LState, lim *limit) int {
	if !s.lib.debug {
		return 0
	}
	L.Push(lua.LNumber(lim.elapsed().Seconds()))
	return 1
}

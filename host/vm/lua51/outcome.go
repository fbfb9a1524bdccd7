package lua51

import (
	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

// outcome is how io and os functions answer: true, or nil, message and number. The message begins with name, if any.
func outcome(L *lua.LState, err error, name string) int {
	if err == nil {
		return ret(L, lua.LTrue)
	}
	code, text := network.Strerror(err)
	if name != "" {
		text = name + ": " + text
	}
	return ret(L, lua.LNil, lua.LString(text), lua.LNumber(code))
}

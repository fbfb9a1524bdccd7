package socket

import (
	"syscall"

	lua "github.com/yuin/gopher-lua"
)

// pushFailure pushes option "error": the words for a socket's pending error, nil when there is none.
func pushFailure(L *lua.LState, v any) {
	switch v := v.(type) {
	case int:
		if v != 0 {
			L.Push(lua.LString(text(syscall.Errno(v))))
			return
		}
	case error:
		L.Push(lua.LString(text(v)))
		return
	}
	L.Push(lua.LNil)
}

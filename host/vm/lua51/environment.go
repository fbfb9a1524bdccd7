package lua51

import (
	"moonwire/host/vm/lua51/machine"

	lua "github.com/yuin/gopher-lua"
)

// functionAt is the function that argument 1 of getfenv and setfenv means: itself, or the one at a stack level.
func functionAt(L *lua.LState, optional bool) *lua.LFunction {
	if f, ok := L.Get(1).(*lua.LFunction); ok {
		return f
	}
	level := 1
	if !optional || !missing(L, 1) {
		level = checkInt(L, 1)
	}
	if level < 0 {
		machine.ArgError(L, 1, "level must be non-negative")
	}
	at, ok := machine.At(L, level)
	if !ok {
		machine.ArgError(L, 1, "invalid level")
	}
	if at.Lost {
		machine.Error(L, 1, "no function environment for tail call at level %d", level)
	}
	return at.Fn
}

func baseGetfenv(L *lua.LState) int {
	f := functionAt(L, true)
	if f.IsG {
		return ret(L, L.Env)
	}
	return ret(L, f.Env)
}

func (l *library) baseSetfenv(L *lua.LState) int {
	env := checkTable(L, 2)
	if n, ok := L.Get(1).(lua.LNumber); ok && n == 0 {
		L.Env = env
		return 0
	}
	f := functionAt(L, false)
	if f.IsG || l.Restricted && fromLib(f) {
		machine.Error(L, 1, "'setfenv' cannot change environment of given object")
	}
	f.Env = env
	return ret(L, f)
}

// newproxy makes empty userdata, bare, with a metatable of its own, or with another proxy's.
func newproxy(L *lua.LState) *lua.LFunction {
	known := map[*lua.LTable]bool{}
	return L.NewFunction(func(L *lua.LState) int {
		ud := L.NewUserData()
		switch v := L.Get(1).(type) {
		case *lua.LUserData:
			mt, ok := v.Metatable.(*lua.LTable)
			if !ok || !known[mt] {
				machine.ArgError(L, 1, "boolean or proxy expected")
			}
			ud.Metatable = mt
		default:
			if lua.LVAsBool(v) {
				if v != lua.LTrue {
					machine.ArgError(L, 1, "boolean or proxy expected")
				}
				mt := L.CreateTable(0, 0)
				known[mt] = true
				ud.Metatable = mt
			}
		}
		return ret(L, ud)
	})
}

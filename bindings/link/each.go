package link

import (
	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// nested is how deep lists of packets may stand in each other.
const nested = 16

// each calls f with v or, where that is a list, with what is in it and in the lists there, until f fails.
func each(L *lua.LState, v lua.LValue, f func(lua.LValue) error) error {
	e := eacher{host: decl.HostOf(L), L: L, f: f}
	return e.below(v, nested)
}

type eacher struct {
	host decl.Host
	L    *lua.LState
	f    func(lua.LValue) error
	seen int
}

func (e *eacher) below(v lua.LValue, depth int) error {
	if e.seen++; e.seen%pollEvery == 0 { // lists that share lists have no end
		e.host.Poll(e.L)
	}
	t, ok := v.(*lua.LTable)
	if !ok {
		return e.f(v)
	}
	if depth == 0 {
		return decl.BadArg("packets", "lists of packets stand in each other more than %d deep", nested)
	}
	for i := 1; i <= t.Len(); i++ {
		if err := e.below(t.RawGetInt(i), depth-1); err != nil {
			return err
		}
	}
	return nil
}

package vm

import (
	"moonwire/host/decl"

	lua "github.com/yuin/gopher-lua"
)

func foundFunction() decl.Raw {
	return decl.Raw{Name: "found", Run: scriptFound, Why: "keeps any value",
		Doc: "Name what is to be the script's result if it is interrupted, or its time is over, before it returns one. " +
			"A table may still grow: call it once, before the search begins.",
		Params:  []decl.Param{{Name: "result", Type: "any", Doc: "a list of records, say"}},
		Example: "script.found({}) --> "}
}

func scriptFound(L *lua.LState) int {
	rt := threadOf(L).rt
	v := L.Get(1)
	if v == lua.LNil {
		decl.RaiseArg(L, 1, "script.found", decl.Expected(L, 1, "value"))
	}
	if rt.found == nil && rt.main != nil {
		last := cleanup{fn: rt.base.NewFunction(deliverFound)} // what the script defers comes before it
		rt.main.cleanups = append([]cleanup{last}, rt.main.cleanups...)
	}
	rt.found = v
	return 0
}

// deliverFound runs when the main task has ended.
func deliverFound(L *lua.LState) int {
	rt := threadOf(L).rt
	failed, why := rt.root.outcome()
	if rt.deliver != nil && failed == nil && why != nil && (why.kind == stopInterrupt || why.kind == stopLimit) {
		_ = rt.deliver(L, []lua.LValue{rt.found}) // the run has failed already
	}
	return 0
}

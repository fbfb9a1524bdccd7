package machine_test

import (
	"testing"

	"moonwire/host/decl"
	"moonwire/host/vm/lua51"

	lua "github.com/yuin/gopher-lua"
)

// listings are calls of take, and whether it gets a listing of so many fields, or a table.
var listings = map[string]string{
	"return take{a=1, b=2}": "listing 2",
	"local n = 1 return take{a=n + 1, b=-n, c=n .. n, d=#'x'}": "listing 4",
	"return take{a=take{b=take{c=1}}, d={1, 2}}":               "listing 2",
	"return (take{a=tostring(1)})":                             "listing 1",
	"return take{a=true, b=false}":                             "listing 2",
	"return take{['a b']=1}":                                   "listing 1",
	"return take{}":                                            "table",
	"return take{1, 2}":                                        "table",
	"return take{a=1, 2}":                                      "table",
	"return take{[1]=2}":                                       "table",
	"local k = 'a' return take{[k]=2}":                         "table",
	"return take{a=x and 1 or 2}":                              "table",
	"return take{a=1 == 2}":                                    "table",
	"return take{a=function() end}":                            "table",
	"return take({a=1}, 2)":                                    "table",
	"local f = take local t = {a=1} return f(t)":               "table",
	"local f, t = take, {a=1} t.b = t return f(t)":             "table",
	"return keep({a=1})":                                       "table",
	"debug.sethook(function() end, 'c') return take{a=1}":      "table",
}

// TestListing calls a function that takes listings.
func TestListing(t *testing.T) {
	for source, want := range listings {
		L := lua.NewState(states["fixed"])
		lua51.Open(L, lua51.Env{})
		say := func(L *lua.LState) int {
			v := L.Get(1)
			list := decl.ListingOf(v)
			if list == nil {
				L.Push(lua.LString(v.Type().String()))
				return 1
			}
			L.Push(lua.LString("listing " + lua.LNumber(list.Len()).String()))
			list.End()
			return 1
		}
		L.SetGlobal("take", decl.NewTaker(L, say))
		L.SetGlobal("keep", L.NewFunction(say))
		if got := eval(t, L, source); got != want {
			t.Errorf("%s: got a %s, want a %s", source, got, want)
		}
		L.Close()
	}
}

package decl

import lua "github.com/yuin/gopher-lua"

// documented are the records of functions that were made while a script ran; it lives in the state's registry.
type documented map[*lua.LFunction]*Record

const documentedKey = "moonwire.documented"

// Document ties a record to a function that a script made: a layer's maker. r.Name is the whole name.
func Document(L *lua.LState, fn *lua.LFunction, r *Record) {
	ud, ok := L.G.Registry.RawGetString(documentedKey).(*lua.LUserData)
	if !ok {
		ud = &lua.LUserData{Value: documented{}}
		L.G.Registry.RawSetString(documentedKey, ud)
	}
	ud.Value.(documented)[fn] = r
}

// Documented is the record of a function that a script made; nil when there is none.
func Documented(L *lua.LState, fn *lua.LFunction) *Record {
	if ud, ok := L.G.Registry.RawGetString(documentedKey).(*lua.LUserData); ok {
		return ud.Value.(documented)[fn]
	}
	return nil
}

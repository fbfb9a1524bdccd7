package json

import (
	"reflect"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// A marker is a value that JSON has and Lua has not: null, or an array that is empty.
type marker string

const (
	null       marker = "null"
	emptyArray marker = "[]"
)

// markerClass gives markers a text.
func markerClass() *decl.Class {
	return &decl.Class{
		Name: "marker",
		Doc:  "What JSON has and Lua has not: json.null and json.empty_array.",
		Type: reflect.TypeFor[marker](),
		Plain: func(L *lua.LState, self any) lua.LValue {
			if self == emptyArray {
				return L.CreateTable(0, 0)
			}
			return lua.LNil
		},
		Meta: map[string]lua.LGFunction{"__tostring": func(L *lua.LState) int {
			L.Push(lua.LString(L.CheckUserData(1).Value.(marker)))
			return 1
		}},
	}
}

// value is the state's one userdata for m, so that == finds it.
func (m marker) value(L *lua.LState) *lua.LUserData {
	key := "moonwire.json " + string(m)
	if ud, ok := L.G.Registry.RawGetString(key).(*lua.LUserData); ok {
		return ud
	}
	ud := decl.NewUserData(L, m)
	L.G.Registry.RawSetString(key, ud)
	return ud
}

// arrayMeta is the state's one metatable that marks a table as an array.
func arrayMeta(L *lua.LState) *lua.LTable {
	const key = "moonwire.json array"
	if t, ok := L.G.Registry.RawGetString(key).(*lua.LTable); ok {
		return t
	}
	t := L.CreateTable(0, 1)
	t.RawSetString("__name", lua.LString("json array"))
	L.G.Registry.RawSetString(key, t)
	return t
}

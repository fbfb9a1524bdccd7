package decl

import (
	"maps"
	"slices"

	lua "github.com/yuin/gopher-lua"
)

// A Reading is one field of a class's values: what is known of it, and how it is read. Nothing is made before Lua asks.
type Reading[T any] struct {
	Param
	Get func(L *lua.LState, v T) lua.LValue
}

// Reads gives a class of values of type T its fields, and raises for those that there are not.
func Reads[T any](c *Class, fields []Reading[T]) *Class {
	getters := map[string]func(*lua.LState, T) lua.LValue{}
	for _, f := range fields {
		c.Fields = append(c.Fields, f.Param)
		getters[f.Name] = f.Get
	}
	c.Index = func(L *lua.LState, self any, key string) (lua.LValue, bool) {
		get, ok := getters[key]
		if !ok {
			RaiseUnknown(L, c.Name, key, slices.Collect(maps.Keys(getters)))
		}
		return get(L, self.(T)), true
	}
	return c
}

package decl

import (
	"reflect"
	"slices"
	"strings"
	"sync"

	lua "github.com/yuin/gopher-lua"
)

// shapePusher converts what is made of other values, and classes.
func shapePusher(t reflect.Type) pusher {
	switch {
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8:
		return pushBytes
	case t.Kind() == reflect.Slice, t.Kind() == reflect.Array:
		return pushList(t)
	case t.Kind() == reflect.Map:
		return pushMap(t)
	case t.Kind() == reflect.Pointer && isOptionalPointer(t), t.Kind() == reflect.Pointer && isTable(t.Elem()):
		return pushPointer(t)
	case isTable(t):
		return pushStruct(t)
	}
	return pushClass
}

func pushLua(_ *lua.LState, v reflect.Value) lua.LValue {
	if lv, ok := v.Interface().(lua.LValue); ok && !(v.Kind() == reflect.Pointer && v.IsNil()) {
		return lv
	}
	return lua.LNil
}

func pushList(t reflect.Type) pusher {
	push := lazily(t.Elem())
	return func(L *lua.LState, v reflect.Value) lua.LValue {
		list := L.CreateTable(v.Len(), 0)
		for i := range v.Len() {
			list.RawSetInt(i+1, push(L, v.Index(i)))
		}
		return list
	}
}

// pushMap makes a table in the order of its keys, so that pairs gives the same order each time.
func pushMap(t reflect.Type) pusher {
	pushKey, push := pusherOf(t.Key()), lazily(t.Elem())
	return func(L *lua.LState, v reflect.Value) lua.LValue {
		list := L.CreateTable(0, v.Len())
		keys := v.MapKeys()
		slices.SortFunc(keys, compareKeys)
		for _, k := range keys {
			list.RawSet(pushKey(L, k), push(L, v.MapIndex(k)))
		}
		return list
	}
}

func compareKeys(a, b reflect.Value) int {
	switch {
	case a.CanInt():
		return int(a.Int() - b.Int())
	case a.CanUint():
		return int(a.Uint()) - int(b.Uint())
	}
	return strings.Compare(a.String(), b.String())
}

func pushPointer(t reflect.Type) pusher {
	push := lazily(t.Elem())
	return func(L *lua.LState, v reflect.Value) lua.LValue {
		if v.IsNil() {
			return lua.LNil
		}
		return push(L, v.Elem())
	}
}

// lazily finds the pusher at the first value, so that a type may contain itself.
func lazily(t reflect.Type) pusher {
	find := sync.OnceValue(func() pusher { return pusherOf(t) })
	return func(L *lua.LState, v reflect.Value) lua.LValue { return find()(L, v) }
}

func pushStruct(t reflect.Type) pusher {
	fields := resultFields(t, "")
	return func(L *lua.LState, v reflect.Value) lua.LValue {
		record := L.CreateTable(0, len(fields))
		for i := range fields {
			if value := fields[i].value(L, v); value != lua.LNil {
				record.RawSetString(fields[i].Name, value)
			}
		}
		return record
	}
}

// pushClass wraps a class's value in userdata; one that says it is not valid is nil. A handle belongs to the current task from here on.
func pushClass(L *lua.LState, v reflect.Value) lua.LValue {
	if v.Kind() == reflect.Pointer && v.IsNil() {
		return lua.LNil
	}
	x := v.Interface()
	if o, ok := x.(interface{ IsValid() bool }); ok && !o.IsValid() {
		return lua.LNil
	}
	if h, ok := x.(Handle); ok {
		HostOf(L).Own(L, h)
	}
	return NewUserData(L, x)
}

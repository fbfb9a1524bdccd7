package decl

import (
	"fmt"
	"reflect"

	lua "github.com/yuin/gopher-lua"
)

// isTable says whether a struct travels as a Lua table: one with lua tags does, any other is a class.
func isTable(t reflect.Type) bool {
	if t.Kind() != reflect.Struct {
		return false
	}
	for i := range t.NumField() {
		if _, ok := t.Field(i).Tag.Lookup("lua"); ok {
			return true
		}
	}
	return false
}

// isOptionalPointer says whether *T only means that T may be missing.
func isOptionalPointer(t reflect.Type) bool {
	e := t.Elem()
	_, special := specialCheckers[e]
	return special || e.Kind() != reflect.Struct || isTable(e)
}

func pointerChecker(t reflect.Type) checker {
	check := checkerOf(t.Elem())
	return func(L *lua.LState, v lua.LValue, dst reflect.Value) error {
		p := reflect.New(t.Elem())
		if err := check(L, v, p.Elem()); err != nil {
			return err
		}
		dst.Set(p)
		return nil
	}
}

func sliceChecker(t reflect.Type) checker {
	check := checkerOf(t.Elem())
	want := "list of " + luaType(t.Elem())
	return func(L *lua.LState, v lua.LValue, dst reflect.Value) error {
		list, ok := v.(*lua.LTable)
		if !ok {
			return expected(want, v)
		}
		n := list.Len()
		s := reflect.MakeSlice(t, n, n)
		for i := range n {
			if err := check(L, list.RawGetInt(i+1), s.Index(i)); err != nil {
				return fmt.Errorf("item %d: %w", i+1, err)
			}
		}
		dst.Set(s)
		return nil
	}
}

func mapChecker(t reflect.Type) checker {
	checkKey, checkValue := checkerOf(t.Key()), checkerOf(t.Elem())
	return func(L *lua.LState, v lua.LValue, dst reflect.Value) error {
		list, ok := v.(*lua.LTable)
		if !ok {
			return expected("table", v)
		}
		m, err := reflect.MakeMap(t), error(nil)
		Each(list, func(k, v lua.LValue) {
			key, value := reflect.New(t.Key()).Elem(), reflect.New(t.Elem()).Elem()
			if err == nil {
				err = checkKey(L, k, key)
			}
			if err == nil {
				if err = checkValue(L, v, value); err != nil {
					err = fmt.Errorf("entry '%s': %w", k, err)
				}
			}
			if err == nil {
				m.SetMapIndex(key, value)
			}
		})
		dst.Set(m)
		return err
	}
}

// structChecker reads a table with known names.
func structChecker(t reflect.Type) checker {
	return func(L *lua.LState, v lua.LValue, dst reflect.Value) error {
		opts, ok := v.(*lua.LTable)
		if !ok {
			return expected("table", v)
		}
		if bad := tableOf(t).entries(L, opts, dst); bad != nil {
			return bad
		}
		return nil
	}
}

// classChecker reads userdata of a class.
func classChecker(t reflect.Type) checker {
	want := luaType(t)
	return func(_ *lua.LState, v lua.LValue, dst reflect.Value) error {
		ud, ok := v.(*lua.LUserData)
		if !ok {
			return expected(want, v)
		}
		rv := reflect.ValueOf(ud.Value)
		if !rv.IsValid() || !rv.Type().AssignableTo(t) {
			return expected(want, v)
		}
		dst.Set(rv)
		return nil
	}
}

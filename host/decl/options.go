package decl

import (
	"reflect"
	"slices"

	lua "github.com/yuin/gopher-lua"
)

// Options reads the table in stack slot n into opts, a pointer to a struct with lua tags, for Raw functions: checked
// as Fn checks its options. A table that is not there leaves opts as it is.
func Options(L *lua.LState, name string, n int, opts any) {
	a := reflect.ValueOf(opts).Elem()
	tableOf(a.Type()).read(L, name, n, n, a)
}

// Read reads a table into to, a pointer to a struct with lua tags.
func Read(L *lua.LState, v lua.LValue, to any) error {
	a := reflect.ValueOf(to).Elem()
	return checkerOf(a.Type())(L, v, a)
}

// OptionParams documents the struct that Options reads, with its defaults.
func OptionParams(defaults any) []Param {
	a := reflect.ValueOf(defaults)
	fields := tableOf(a.Type()).fields
	params := make([]Param, len(fields))
	for i, f := range fields {
		params[i] = f.Param
		if def := a.FieldByIndex(f.index); !def.IsZero() {
			params[i].Default = Literal(def.Interface())
		}
	}
	return params
}

// Check converts argument n to a T, or raises as Fn does. name is the function's in messages, param the parameter's.
func Check[T any](L *lua.LState, name string, n int, param string) T {
	var x T
	v := L.Get(n)
	if err := checkerOf(reflect.TypeFor[T]())(L, v, reflect.ValueOf(&x).Elem()); err != nil {
		raiseArg(L, n, name, param, err, n > L.GetTop())
	}
	return x
}

// CheckOr is Check with a value for when the argument is nil.
func CheckOr[T any](L *lua.LState, name string, n int, param string, otherwise T) T {
	if L.Get(n) == lua.LNil {
		return otherwise
	}
	return Check[T](L, name, n, param)
}

// String is argument n as a string, or raises: Check without reflection, for Raw functions.
func String(L *lua.LState, name string, n int) string {
	switch v := L.Get(n).(type) {
	case lua.LString:
		return string(v)
	case lua.LNumber:
		return FormatNumber(float64(v))
	}
	RaiseArg(L, n, name, Expected(L, n, "string"))
	return ""
}

// Number is argument n as a number, or raises.
func Number(L *lua.LState, name string, n int) float64 {
	f, ok := ToNumber(L.Get(n))
	if !ok {
		RaiseArg(L, n, name, Expected(L, n, "number"))
	}
	return f
}

// OneOf is argument n as one of some words, or raises with the nearest of them.
func OneOf(L *lua.LState, name string, n int, words []string) string {
	word := String(L, name, n)
	if !slices.Contains(words, word) {
		RaiseArg(L, n, name, notOneOf(word, words).Error())
	}
	return word
}

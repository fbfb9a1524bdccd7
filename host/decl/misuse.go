package decl

import (
	"errors"
	"fmt"
	"strings"

	lua "github.com/yuin/gopher-lua"
)

// ArgError is misuse of a function: it raises at the caller's line. Param names the parameter or option at fault, ""
// when it is the call as a whole; Index counts from 0 within a variadic one.
type ArgError struct {
	Param   string
	Index   int
	Message string
}

func (e *ArgError) Error() string { return e.Message }

// BadArg is the error a Run returns when the parameter or option of that name makes no sense.
func BadArg(param, format string, args ...any) error {
	return &ArgError{Param: param, Message: fmt.Sprintf(format, args...)}
}

// Misuse is the error a Run returns when the call makes no sense.
func Misuse(format string, args ...any) error { return BadArg("", format, args...) }

func asMisuse(err error) (*ArgError, bool) {
	var bad *ArgError
	ok := errors.As(err, &bad)
	return bad, ok
}

// Raise raises message with the position of the nearest Lua caller.
func Raise(L *lua.LState, message string) {
	for level := 1; ; level++ {
		switch where := L.Where(level); where {
		case "":
			L.Error(lua.LString(message), 0)
		case "[G]:":
		default:
			L.Error(lua.LString(strings.TrimLeft(where, "@=")+" "+message), 0)
		}
	}
}

// Raisef is Raise with a format.
func Raisef(L *lua.LState, format string, args ...any) { Raise(L, fmt.Sprintf(format, args...)) }

// Self is argument 1 of a method that takes raw Lua values; class names what it must be.
func Self[T any](L *lua.LState, method, class string) T {
	if ud, ok := L.Get(1).(*lua.LUserData); ok {
		if v, ok := ud.Value.(T); ok {
			return v
		}
	}
	Raisef(L, "calling '%s' on bad self (%s)", method, Expected(L, 1, class))
	panic("unreachable")
}

// RaiseArg raises "bad argument #n to 'name' (message)".
func RaiseArg(L *lua.LState, n int, name, message string) {
	Raise(L, fmt.Sprintf("bad argument #%d to '%s' (%s)", n, name, message))
}

// RaiseUnknown raises that what has no field of that name, and names the nearest that it has.
func RaiseUnknown(L *lua.LState, what, name string, known []string) {
	if near := Nearest(name, known); near != "" {
		Raisef(L, "%s has no field '%s': did you mean '%s'?", what, name, near)
	}
	Raisef(L, "%s has no field '%s'", what, name)
}

// Expected is what RaiseArg says when argument n is of the wrong type.
func Expected(L *lua.LState, n int, want string) string {
	if n > L.GetTop() {
		return want + " expected, got no value"
	}
	return expected(want, L.Get(n)).Error()
}

// raiseArg raises "bad argument"; absent says that the caller gave none.
func raiseArg(L *lua.LState, arg int, name, param string, err error, absent bool) {
	var m *mismatch
	if absent && errors.As(err, &m) {
		m.got = "no value"
	}
	Raise(L, badArgument(arg, name, param, err.Error()))
}

func badArgument(arg int, name, param, message string) string {
	return fmt.Sprintf("bad argument #%d to '%s' (%s: %s)", arg, name, param, message)
}

// A mismatch is a value of the wrong type.
type mismatch struct{ want, got string }

func (m *mismatch) Error() string { return m.want + " expected, got " + m.got }

// expected is the error for a value that is not what was wanted.
func expected(want string, v lua.LValue) error { return &mismatch{want, TypeName(v)} }

// TypeName is the type of v as error messages call it: the class's name for userdata that have one.
func TypeName(v lua.LValue) string {
	if ud, ok := v.(*lua.LUserData); ok {
		if meta, ok := ud.Metatable.(*lua.LTable); ok {
			if name, ok := meta.RawGetString("__name").(lua.LString); ok {
				return string(name)
			}
		}
	}
	return v.Type().String()
}

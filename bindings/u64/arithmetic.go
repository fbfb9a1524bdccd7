package u64

import (
	"fmt"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// metamethods are the operators. Numbers may stand on one side of arithmetic; Lua 5.1 compares only values of one
// type, so comparing with a number needs u64.lt and its like.
func metamethods() map[string]lua.LGFunction {
	return map[string]lua.LGFunction{
		"__add":      operator(func(a, b uint64) uint64 { return a + b }),
		"__sub":      operator(func(a, b uint64) uint64 { return a - b }),
		"__mul":      operator(func(a, b uint64) uint64 { return a * b }),
		"__div":      divider(func(a, b uint64) uint64 { return a / b }),
		"__mod":      divider(func(a, b uint64) uint64 { return a % b }),
		"__pow":      operator(power),
		"__unm":      negate,
		"__eq":       comparer(func(a, b uint64) bool { return a == b }),
		"__lt":       comparer(func(a, b uint64) bool { return a < b }),
		"__le":       comparer(func(a, b uint64) bool { return a <= b }),
		"__concat":   decl.Concat,
		"__tostring": decl.ToString,
	}
}

func operator(f func(a, b uint64) uint64) lua.LGFunction {
	return func(L *lua.LState) int {
		L.Push(decl.NewUserData(L, f(operand(L, 1), operand(L, 2))))
		return 1
	}
}

func negate(L *lua.LState) int {
	L.Push(decl.NewUserData(L, -operand(L, 1)))
	return 1
}

func divider(f func(a, b uint64) uint64) lua.LGFunction {
	return func(L *lua.LState) int {
		a, b := operand(L, 1), operand(L, 2)
		if b == 0 {
			decl.Raise(L, "attempt to divide a u64 by zero")
		}
		L.Push(decl.NewUserData(L, f(a, b)))
		return 1
	}
}

func comparer(f func(a, b uint64) bool) lua.LGFunction {
	return func(L *lua.LState) int {
		L.Push(lua.LBool(f(operand(L, 1), operand(L, 2))))
		return 1
	}
}

// operand is argument n of an operator.
func operand(L *lua.LState, n int) uint64 {
	switch v := L.Get(n).(type) {
	case *lua.LUserData:
		if u, ok := v.Value.(uint64); ok {
			return u
		}
	case lua.LNumber:
		u, ok := FromNumber(float64(v))
		if !ok {
			decl.Raise(L, fmt.Sprintf("attempt to use %s with a u64: numbers must be whole, from 0 to 2^53",
				decl.FormatNumber(float64(v))))
		}
		return u
	}
	decl.Raise(L, fmt.Sprintf("attempt to perform arithmetic on a u64 and a %s", decl.TypeName(L.Get(n))))
	return 0
}

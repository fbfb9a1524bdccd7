package decl

import (
	"fmt"

	lua "github.com/yuin/gopher-lua"
)

// ToString is the metamethod __tostring of classes whose Go value prints as it should.
func ToString(L *lua.LState) int {
	L.Push(lua.LString(fmt.Sprint(L.CheckUserData(1).Value)))
	return 1
}

// Concat is the metamethod __concat of classes that join strings by their text.
func Concat(L *lua.LState) int {
	text := ""
	for i := 1; i <= 2; i++ {
		switch v := L.Get(i).(type) {
		case *lua.LUserData:
			text += L.ToStringMeta(v).String()
		case lua.LNumber:
			text += FormatNumber(float64(v))
		case lua.LString:
			text += string(v)
		default:
			Raisef(L, "attempt to concatenate a %s value", TypeName(v))
		}
	}
	L.Push(lua.LString(text))
	return 1
}

// PlainText is Class.Plain for values that are data as they print.
func PlainText(_ *lua.LState, self any) lua.LValue {
	return lua.LString(self.(fmt.Stringer).String())
}

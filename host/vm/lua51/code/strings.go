package code

import (
	"reflect"
	"unsafe"

	lua "github.com/yuin/gopher-lua"
)

// setStringConstants fills the one table of a prototype that gopher-lua doesn't export: the constants once more, as
// strings. Its own interpreter needs it.
func setStringConstants(p *lua.FunctionProto) {
	list := make([]string, len(p.Constants))
	for i, c := range p.Constants {
		if s, ok := c.(lua.LString); ok {
			list[i] = string(s)
		}
	}
	field := reflect.ValueOf(p).Elem().FieldByName("stringConstants")
	*(*[]string)(unsafe.Pointer(field.UnsafeAddr())) = list
}

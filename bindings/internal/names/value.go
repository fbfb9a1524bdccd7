package names

import (
	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/snmp/message"
)

// Lua is a variable's value as scripts get it: a number, a u64 for what has 64 bits, a string of bytes, the text of an
// address or of an OID in dotted numbers; nil for null and for exceptions.
func Lua(L *lua.LState, v message.Value) lua.LValue {
	switch {
	case v.Malformed():
		return lua.LString(v.Bytes())
	case v.Type.Exception(), v.Type == message.TypeNull:
		return lua.LNil
	}
	switch v.Type {
	case message.TypeInteger, message.TypeOpaqueInteger64:
		return lua.LNumber(v.Int())
	case message.TypeCounter64, message.TypeOpaqueCounter64, message.TypeOpaqueUnsigned64:
		return decl.Push(L, v.Uint())
	case message.TypeCounter32, message.TypeGauge32, message.TypeTimeTicks:
		return lua.LNumber(v.Uint())
	case message.TypeOpaqueFloat, message.TypeOpaqueDouble:
		return lua.LNumber(v.Float())
	case message.TypeIPAddress:
		return lua.LString(v.Addr().String())
	case message.TypeObjectIdentifier:
		return lua.LString(v.OID().String())
	}
	return lua.LString(v.Bytes())
}

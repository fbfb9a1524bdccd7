package decl

import (
	"fmt"
	"net"
	"net/netip"
	"reflect"
	"time"

	lua "github.com/yuin/gopher-lua"
)

// A pusher converts a Go value to Lua.
type pusher func(L *lua.LState, v reflect.Value) lua.LValue

// Push converts any Go value by the rules of results; the type decides, never the size.
func Push(L *lua.LState, v any) lua.LValue {
	if v == nil {
		return lua.LNil
	}
	rv := reflect.ValueOf(v)
	return pusherOf(rv.Type())(L, rv)
}

// pusherOf is the conversion that results of type t get.
func pusherOf(t reflect.Type) pusher {
	if p, ok := specialPushers[t]; ok {
		return p
	}
	if t.Implements(luaValue) {
		return pushLua
	}
	switch t.Kind() {
	case reflect.Bool:
		return func(_ *lua.LState, v reflect.Value) lua.LValue { return lua.LBool(v.Bool()) }
	case reflect.String:
		return func(_ *lua.LState, v reflect.Value) lua.LValue { return lua.LString(v.String()) }
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(_ *lua.LState, v reflect.Value) lua.LValue { return lua.LNumber(v.Int()) }
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32:
		return func(_ *lua.LState, v reflect.Value) lua.LValue { return lua.LNumber(v.Uint()) }
	case reflect.Uint64:
		return func(L *lua.LState, v reflect.Value) lua.LValue { return NewUserData(L, v.Uint()) }
	case reflect.Float32, reflect.Float64:
		return func(_ *lua.LState, v reflect.Value) lua.LValue { return lua.LNumber(v.Float()) }
	case reflect.Interface:
		return func(L *lua.LState, v reflect.Value) lua.LValue { return Push(L, v.Interface()) }
	}
	return shapePusher(t)
}

// specialPushers are types that Lua writes in a way of their own; an invalid, empty or zero one is nil.
var specialPushers = map[reflect.Type]pusher{
	reflect.TypeFor[[]byte]():           pushBytes,
	reflect.TypeFor[Done]():             pushDone,
	reflect.TypeFor[time.Duration]():    pushDuration,
	reflect.TypeFor[time.Time]():        pushTime,
	reflect.TypeFor[netip.Addr]():       asText(netip.Addr.IsValid),
	reflect.TypeFor[netip.AddrPort]():   asText(netip.AddrPort.IsValid),
	reflect.TypeFor[netip.Prefix]():     asText(netip.Prefix.IsValid),
	reflect.TypeFor[net.HardwareAddr](): asText(hasMAC),
}

// asText pushes what String says of a value that is valid.
func asText[T fmt.Stringer](valid func(T) bool) pusher {
	return func(_ *lua.LState, v reflect.Value) lua.LValue {
		if x := v.Interface().(T); valid(x) {
			return lua.LString(x.String())
		}
		return lua.LNil
	}
}

func pushBytes(_ *lua.LState, v reflect.Value) lua.LValue { return lua.LString(v.Bytes()) }
func pushDone(*lua.LState, reflect.Value) lua.LValue      { return lua.LTrue }

func pushDuration(_ *lua.LState, v reflect.Value) lua.LValue {
	return lua.LNumber(time.Duration(v.Int()).Seconds())
}

func pushTime(_ *lua.LState, v reflect.Value) lua.LValue {
	t := v.Interface().(time.Time)
	if t.IsZero() {
		return lua.LNil
	}
	return lua.LNumber(float64(t.Unix()) + float64(t.Nanosecond())/1e9)
}

func hasMAC(m net.HardwareAddr) bool { return len(m) > 0 }

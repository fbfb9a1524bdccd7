package decl

import (
	"fmt"
	"math"
	"net"
	"net/netip"
	"reflect"
	"time"

	lua "github.com/yuin/gopher-lua"
)

var luaValue = reflect.TypeFor[lua.LValue]()

// specialCheckers are types that Lua writes in a way of their own.
var specialCheckers = map[reflect.Type]checker{
	reflect.TypeFor[[]byte]():           checkBytes,
	reflect.TypeFor[time.Duration]():    checkDuration,
	reflect.TypeFor[time.Time]():        checkTime,
	reflect.TypeFor[netip.Addr]():       fromText("ip address", netip.ParseAddr),
	reflect.TypeFor[netip.AddrPort]():   fromText("ip:port", netip.ParseAddrPort),
	reflect.TypeFor[netip.Prefix]():     fromText("prefix as ip/bits", netip.ParsePrefix),
	reflect.TypeFor[net.HardwareAddr](): fromText("mac address", ParseMAC),
}

// fromText reads a type that Lua writes as a string; userdata of a type made of T will do too.
func fromText[T any](want string, parse func(string) (T, error)) checker {
	t := reflect.TypeFor[T]()
	return func(_ *lua.LState, v lua.LValue, dst reflect.Value) error {
		switch v := v.(type) {
		case lua.LString:
			x, err := parse(string(v))
			if err != nil {
				return fmt.Errorf("%s expected, got %s", want, quote(string(v)))
			}
			dst.Set(reflect.ValueOf(x))
			return nil
		case *lua.LUserData:
			if rv := reflect.ValueOf(v.Value); rv.IsValid() && rv.CanConvert(t) {
				dst.Set(rv.Convert(t))
				return nil
			}
		}
		return expected(want, v)
	}
}

// quote shows a wrong text in a message, cut when it is long.
func quote(s string) string {
	if len(s) > 64 {
		s = s[:61] + "..."
	}
	return "'" + s + "'"
}

// checkDuration reads seconds; math.huge and what is near it is the longest there is.
func checkDuration(_ *lua.LState, v lua.LValue, dst reflect.Value) error {
	n, ok := ToNumber(v)
	if !ok {
		return expected("number of seconds", v)
	}
	if math.IsNaN(n) {
		return fmt.Errorf("number of seconds expected, got nan")
	}
	dst.SetInt(int64(Seconds(n)))
	return nil
}

// Seconds is a number of seconds as a duration, kept within what a duration can hold.
func Seconds(n float64) time.Duration {
	ns := n * float64(time.Second)
	switch {
	case ns >= math.MaxInt64:
		return math.MaxInt64
	case ns <= math.MinInt64:
		return math.MinInt64
	}
	return time.Duration(math.Round(ns))
}

// checkTime reads seconds since 1970.
func checkTime(_ *lua.LState, v lua.LValue, dst reflect.Value) error {
	n, ok := ToNumber(v)
	if !ok || math.IsNaN(n) || math.IsInf(n, 0) {
		return expected("seconds since 1970", v)
	}
	whole := math.Floor(n)
	dst.Set(reflect.ValueOf(time.Unix(int64(whole), int64((n-whole)*1e9))))
	return nil
}

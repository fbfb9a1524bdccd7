// Package several reads options that are one value or a list of them.
package several

import (
	"fmt"
	"net/netip"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// Words are a string, or the strings of a list, or what Text takes for such; none where v is nil.
func Words(v lua.LValue) (list []string, err error) {
	t, isList := v.(*lua.LTable)
	if isList && t.Len() == 0 {
		return nil, nil
	}
	for i, item := range Items(v) {
		text, ok := Text(item)
		switch {
		case ok:
			list = append(list, text)
		case isList:
			return nil, fmt.Errorf("item %d: string expected, got %s", i+1, decl.TypeName(item))
		default:
			return nil, fmt.Errorf("string or list of strings expected, got %s", decl.TypeName(v))
		}
	}
	return list, nil
}

// Text is a string, or a value that prints as one: an address of module addr.
func Text(v lua.LValue) (string, bool) {
	switch v := v.(type) {
	case lua.LString:
		return string(v), true
	case *lua.LUserData:
		if s, ok := v.Value.(fmt.Stringer); ok {
			return s.String(), true
		}
	}
	return "", false
}

// Items are what a list has, or the value that is none; a table without items is a value.
func Items(v lua.LValue) (list []lua.LValue) {
	t, ok := v.(*lua.LTable)
	switch {
	case v == nil || v == lua.LNil:
	case !ok || t.Len() == 0:
		list = []lua.LValue{v}
	default:
		for i := 1; i <= t.Len(); i++ {
			list = append(list, t.RawGetInt(i))
		}
	}
	return list
}

// Addresses are ip or ip:port, one or several; port is of those without one.
func Addresses(v lua.LValue, port uint16) ([]netip.AddrPort, error) {
	words, err := Words(v)
	var list []netip.AddrPort
	for _, w := range words {
		if a, err := netip.ParseAddr(strings.Trim(w, "[]")); err == nil {
			list = append(list, netip.AddrPortFrom(a, port))
			continue
		}
		a, err := netip.ParseAddrPort(w)
		if err != nil {
			return nil, fmt.Errorf("ip or ip:port expected, got '%s'", w)
		}
		list = append(list, a)
	}
	return list, err
}

// Package several reads options that are one value or a list of them.
package several

import (
	"fmt"
	"net/netip"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// Words are a string, or the strings of a list; none where v is nil.
func Words(v lua.LValue) ([]string, error) {
	switch v := v.(type) {
	case nil, *lua.LNilType:
		return nil, nil
	case lua.LString:
		return []string{string(v)}, nil
	case *lua.LTable:
		var list []string
		for i := 1; i <= v.Len(); i++ {
			s, ok := v.RawGetInt(i).(lua.LString)
			if !ok {
				return nil, fmt.Errorf("item %d: string expected, got %s", i, decl.TypeName(v.RawGetInt(i)))
			}
			list = append(list, string(s))
		}
		return list, nil
	}
	return nil, fmt.Errorf("string or list of strings expected, got %s", decl.TypeName(v))
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

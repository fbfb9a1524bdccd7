package pretty

import (
	"cmp"
	"slices"

	lua "github.com/yuin/gopher-lua"
)

// sortedKeys are a table's keys: numbers by value, then strings by bytes, then the rest as it comes.
func sortedKeys(t *lua.LTable) []lua.LValue {
	var keys []lua.LValue
	t.ForEach(func(k, _ lua.LValue) { keys = append(keys, k) })
	slices.SortStableFunc(keys, func(a, b lua.LValue) int {
		if c := cmp.Compare(rank(a), rank(b)); c != 0 {
			return c
		}
		switch a := a.(type) {
		case lua.LNumber:
			return cmp.Compare(a, b.(lua.LNumber))
		case lua.LString:
			return cmp.Compare(a, b.(lua.LString))
		}
		return 0
	})
	return keys
}

func rank(v lua.LValue) int {
	switch v.(type) {
	case lua.LNumber:
		return 0
	case lua.LString:
		return 1
	case lua.LBool:
		return 2
	}
	return 3
}

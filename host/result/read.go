package result

import (
	"fmt"
	"math"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// What a result may have: data that goes on beyond is no result, or one that refers to itself in a roundabout way.
const (
	maxDepth  = 200
	maxValues = 10_000_000
)

// Of reads the values that a chunk returned: one is the result itself, several are a list, none is nil. It calls Lua
// where objects answer for their fields, so it runs in a task.
func Of(L *lua.LState, values []lua.LValue) (any, error) { return read(L, values, maxValues) }

func read(L *lua.LState, values []lua.LValue, most int) (any, error) {
	r := &reader{L: L, above: map[*lua.LTable]bool{}, most: most}
	var v any
	switch len(values) {
	case 0:
	case 1:
		v = r.value(values[0])
	default:
		list := make(List, len(values))
		for i := range values {
			list[i] = r.value(values[i])
		}
		v = list
	}
	if r.count > most {
		return nil, fmt.Errorf("the result has more than %d values", most)
	}
	return v, nil
}

// A reader turns Lua values into data.
type reader struct {
	L     *lua.LState
	above map[*lua.LTable]bool // tables around the value that is read
	count int                  // values so far
	most  int
}

func (r *reader) value(v lua.LValue) any {
	if r.count++; r.count%4096 == 0 {
		decl.HostOf(r.L).Poll(r.L)
	}
	switch v := v.(type) {
	case *lua.LNilType:
		return nil
	case lua.LBool:
		return bool(v)
	case lua.LNumber:
		return float64(v)
	case lua.LString:
		return string(v)
	case *lua.LTable:
		return r.table(v)
	case *lua.LUserData:
		return r.object(v)
	}
	return Foreign{"a " + v.Type().String()}
}

func (r *reader) table(t *lua.LTable) any {
	switch {
	case r.above[t]:
		return Foreign{"a table within itself"}
	case len(r.above) >= maxDepth:
		return Foreign{"nested too deep"}
	case r.count > r.most:
		return nil // Of fails
	}
	r.above[t] = true
	defer delete(r.above, t)
	if n, is := listLength(t); is {
		list := make(List, n)
		for i := range list {
			list[i] = r.value(t.RawGetInt(i + 1))
		}
		return list
	}
	record := Record{}
	decl.Each(t, func(k, v lua.LValue) {
		record = append(record, Field{r.key(k), r.value(v)})
	})
	return record
}

// key is a table's key as a name.
func (r *reader) key(k lua.LValue) string {
	switch k := k.(type) {
	case lua.LString:
		return string(k)
	case lua.LNumber:
		return decl.FormatNumber(float64(k))
	case *lua.LUserData:
		return textOf(r.L, k)
	}
	return k.String()
}

// listLength is how long a list is. Lists may have holes, but not more holes than values.
func listLength(t *lua.LTable) (length int, is bool) {
	most, count := 0, 0
	is = true
	decl.Each(t, func(k, _ lua.LValue) {
		n, number := k.(lua.LNumber)
		if !number || n < 1 || n > math.MaxInt32 || float64(n) != math.Trunc(float64(n)) {
			is = false
			return
		}
		most, count = max(most, int(n)), count+1
	})
	return most, is && most <= 2*count
}

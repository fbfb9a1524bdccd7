package vm

import (
	"fmt"

	"moonwire/host/decl"

	lua "github.com/yuin/gopher-lua"
)

// deepestCopy bounds tables inside tables.
const deepestCopy = 200

// copier copies values for another state: nil, booleans, numbers, strings, and tables of them, whose metatables stay
// behind. A table that occurs twice is copied once.
type copier struct {
	L    *lua.LState
	seen map[*lua.LTable]*lua.LTable
}

// copyValue returns v's copy, or an error that says what can't be copied.
func copyValue(L *lua.LState, v lua.LValue) (lua.LValue, error) {
	if v.Type() != lua.LTTable {
		return plain(v)
	}
	c := copier{L, make(map[*lua.LTable]*lua.LTable)}
	return c.table(v.(*lua.LTable), 0)
}

func plain(v lua.LValue) (lua.LValue, error) {
	switch v.Type() {
	case lua.LTNil, lua.LTBool, lua.LTNumber, lua.LTString:
		return v, nil
	}
	return nil, fmt.Errorf("can't copy a %s to another state", v.Type())
}

func (c *copier) value(v lua.LValue, depth int) (lua.LValue, error) {
	if t, ok := v.(*lua.LTable); ok {
		return c.table(t, depth+1)
	}
	return plain(v)
}

func (c *copier) table(t *lua.LTable, depth int) (lua.LValue, error) {
	if known, ok := c.seen[t]; ok {
		return known, nil
	}
	if depth > deepestCopy {
		return nil, fmt.Errorf("can't copy tables nested more than %d deep", deepestCopy)
	}
	out := c.L.CreateTable(t.Len(), 0)
	c.seen[t] = out
	var failed error
	decl.Each(t, func(k, v lua.LValue) {
		if failed != nil {
			return
		}
		if len(c.seen)%pollEvery == 0 {
			decl.HostOf(c.L).Poll(c.L)
		}
		key, err := c.value(k, depth)
		value, err2 := c.value(v, depth)
		if failed = firstOf(err, err2); failed == nil {
			out.RawSet(key, value)
		}
	})
	return out, failed
}

// pollEvery is how many tables are copied between two looks at the task's end.
const pollEvery = 1000

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

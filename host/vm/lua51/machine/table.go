package machine

import (
	lua "github.com/yuin/gopher-lua"
)

func newTable(L *lua.LState, items, fields int) *lua.LTable { return L.CreateTable(items, fields) }

func (t *table) getString(key string) lua.LValue {
	if v, ok := t.strdict[key]; ok {
		return v
	}
	return lua.LNil
}

func (t *table) get(key lua.LValue) lua.LValue {
	switch key := key.(type) {
	case lua.LString:
		if v, ok := t.strdict[string(key)]; ok {
			return v
		}
		return lua.LNil
	case lua.LNumber:
		if i := int(key) - 1; uint(i) < uint(len(t.array)) && lua.LNumber(i+1) == key {
			return t.array[i]
		}
	}
	if t.dict == nil {
		return lua.LNil
	}
	if v, ok := t.dict[key]; ok {
		return v
	}
	return lua.LNil
}

// setRaw is rawset with the messages for bad keys.
func setRaw(L *lua.LState, t *lua.LTable, key, value lua.LValue) {
	x := tableOf(t)
	switch k := key.(type) {
	case lua.LString:
		changed(L, string(k))
		if value != lua.LNil {
			if _, ok := x.strdict[string(k)]; ok {
				x.strdict[string(k)] = value
				return
			}
		}
	case lua.LNumber:
		if i := int(k) - 1; uint(i) <= uint(len(x.array)) && lua.LNumber(i+1) == k && i < lua.MaxArrayIndex-1 {
			x.setItem(i, value)
			return
		}
		if k != k {
			fail(L, "table index is NaN")
		}
		if value == lua.LNil && x.get(key) == lua.LNil {
			return // RawSet would stretch the list
		}
		if i := int(k) - 1; i > len(x.array) && i < lua.MaxArrayIndex {
			CheckLarge(L, (i-len(x.array))*slot) // as it does now
		}
	case *lua.LNilType:
		fail(L, "table index is nil")
	}
	x.compact()
	t.RawSet(key, value)
}

// slot is how many bytes one item of a list takes.
const slot = 16

// setItem stores into the list part, at index i or just after its end. The list never ends in nil.
func (t *table) setItem(i int, value lua.LValue) {
	switch {
	case value == lua.LNil && i >= len(t.array)-1:
		if i == len(t.array)-1 {
			for i > 0 && t.array[i-1] == lua.LNil {
				i--
			}
			clear(t.array[i:])
			t.array = t.array[:i]
		}
	case i == len(t.array):
		t.array = append(t.array, value)
	default:
		t.array[i] = value
	}
}

// compact forgets the keys of removed fields when they outnumber the live ones. It is called when a field is set, and
// adding fields during a traversal isn't allowed.
func (t *table) compact() {
	live := len(t.strdict) + len(t.dict)
	if len(t.keys) < 2*live+64 {
		return
	}
	keys := make([]lua.LValue, 0, live+1)
	clear(t.k2i)
	for _, key := range t.keys {
		if t.get(key) != lua.LNil {
			t.k2i[key] = len(keys)
			keys = append(keys, key)
		}
	}
	t.keys = keys
}

// length is the border of the list part.
func (t *table) length() int {
	n := len(t.array)
	for n > 0 && t.array[n-1] == lua.LNil {
		n--
	}
	return n
}

// setList stores a constructor's items.
func setList(t *lua.LTable, offset int, values []lua.LValue) {
	for i, v := range values {
		t.RawSetInt(offset+i+1, v)
	}
}

// next is the field after key: first the list part, then the others in the order they came. ok is false for a key that
// was never there.
func next(t *lua.LTable, key lua.LValue) (k, v lua.LValue, ok bool) {
	x := tableOf(t)
	i := 0
	switch n, isNumber := key.(lua.LNumber); {
	case key == lua.LNil:
		i = x.item(0)
	case isNumber && n > 0 && n == lua.LNumber(int(n)) && n < lua.LNumber(lua.MaxArrayIndex):
		i = x.item(int(n))
	default:
		at, found := x.k2i[key]
		if !found {
			return nil, nil, false
		}
		return x.field(at + 1)
	}
	if i > 0 {
		return lua.LNumber(i), x.array[i-1], true
	}
	return x.field(0)
}

// item is the index of the first non-nil item after index i, 0 when there is none.
func (t *table) item(i int) int {
	for ; i < len(t.array); i++ {
		if t.array[i] != lua.LNil {
			return i + 1
		}
	}
	return 0
}

// field is the first live field at or after position i of the keys.
func (t *table) field(i int) (k, v lua.LValue, ok bool) {
	for ; i < len(t.keys); i++ {
		if v := t.get(t.keys[i]); v != lua.LNil {
			return t.keys[i], v, true
		}
	}
	return lua.LNil, lua.LNil, true
}

// Next is next(t, key); ok is false for a key that was never there.
func Next(t *lua.LTable, key lua.LValue) (k, v lua.LValue, ok bool) { return next(t, key) }

// Length is #t.
func Length(t *lua.LTable) int { return tableOf(t).length() }

// RawSet is rawset(t, key, value).
func RawSet(L *lua.LState, t *lua.LTable, key, value lua.LValue) { setRaw(L, t, key, value) }

// Items is the list part of t, to be read and written in place while no key is added.
func Items(t *lua.LTable) []lua.LValue { return tableOf(t).array }

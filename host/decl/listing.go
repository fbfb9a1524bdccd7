package decl

import lua "github.com/yuin/gopher-lua"

// A Listing is the fields of a table constructor, as they stand there. In f{a=1, b=2} an f made by NewTaker gets it in the
// place of the table, which nobody else could have seen: a table costs more than most functions of that kind.
type Listing struct {
	lua.LUserData // what stands for it in registers
	keys, values  []lua.LValue
	used          bool
}

// listed marks functions that take listings: it is their only upvalue, and nobody reads it.
var listed = &lua.Upvalue{}

// NewTaker makes a function that takes a table, or what ListingOf says of it, as its only argument. It calls End when it
// has read a listing, and keeps nothing of it.
func NewTaker(L *lua.LState, f lua.LGFunction) *lua.LFunction {
	fn := L.NewFunction(f)
	fn.Upvalues = []*lua.Upvalue{listed}
	return fn
}

// TakesListing says whether NewTaker made fn.
func TakesListing(fn *lua.LFunction) bool { return len(fn.Upvalues) == 1 && fn.Upvalues[0] == listed }

// ListingOf is the listing that v stands for; nil when v is something else.
func ListingOf(v lua.LValue) *Listing {
	if ud, ok := v.(*lua.LUserData); ok {
		l, _ := ud.Value.(*Listing)
		return l
	}
	return nil
}

// Begin makes the listing an empty one in use; false when it is in use already.
func (l *Listing) Begin() bool {
	if l.used {
		return false
	}
	l.used, l.Value, l.Metatable = true, l, lua.LNil
	return true
}

// End says that nobody needs the listing any more.
func (l *Listing) End() {
	clear(l.values)
	l.keys, l.values, l.used = l.keys[:0], l.values[:0], false
}

// Set does key = value, as in a table.
func (l *Listing) Set(key, value lua.LValue) {
	for i, k := range l.keys {
		if k == key {
			l.values[i] = value
			return
		}
	}
	l.keys, l.values = append(l.keys, key), append(l.values, value)
}

// Len is the number of fields, and At field i from 0. The value is nil when there is no such field after all.
func (l *Listing) Len() int { return len(l.keys) }

// At is field i.
func (l *Listing) At(i int) (key, value lua.LValue) { return l.keys[i], l.values[i] }

// Table is the table that the constructor would have made.
func (l *Listing) Table(L *lua.LState) *lua.LTable {
	t := L.CreateTable(0, len(l.keys))
	for i, k := range l.keys {
		t.RawSet(k, l.values[i])
	}
	return t
}

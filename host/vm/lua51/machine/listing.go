package machine

import (
	"moonwire/host/decl"

	lua "github.com/yuin/gopher-lua"
)

// listing is what register a is to hold in the place of an empty table, when the constructor that begins with the
// instructions of code goes with named fields only, right into the call of a function before it that takes a listing;
// nil when not.
func (m *Machine) listing(r, k []lua.LValue, code []uint32, a uint32) lua.LValue {
	if a == 0 || m.hook != nil {
		return nil
	}
	fn, ok := r[a-1].(*lua.LFunction)
	if !ok || !fn.IsG || !decl.TakesListing(fn) || !listable(k, code, a) {
		return nil
	}
	if m.spare == nil || !m.spare.Begin() {
		m.spare = new(decl.Listing)
		m.spare.Begin()
	}
	return &m.spare.LUserData
}

// listable says whether the code fills the table in register a with named fields and then calls the function in the
// register before it with that table alone. Code that jumps doesn't count.
func listable(k []lua.LValue, code []uint32, a uint32) bool {
	for _, i := range code {
		to, b, c := i>>18&0xff, i&0x1ff, i>>9&0x1ff
		switch int(i >> 26) {
		case lua.OP_SETTABLE, lua.OP_SETTABLEKS:
			if c == a || b == a || to < a || to == a && !constantString(k, b) {
				return false
			}
			continue
		case lua.OP_CALL, lua.OP_TAILCALL:
			if to == a-1 {
				return b == 2
			}
		case lua.OP_LOADBOOL:
			if c != 0 {
				return false
			}
		case lua.OP_LOADK, lua.OP_GETUPVAL, lua.OP_GETGLOBAL, lua.OP_NEWTABLE, lua.OP_SETLIST:
		case lua.OP_MOVE, lua.OP_GETTABLE, lua.OP_GETTABLEKS, lua.OP_SELF, lua.OP_ADD, lua.OP_SUB, lua.OP_MUL, lua.OP_DIV, lua.OP_MOD,
			lua.OP_POW, lua.OP_UNM, lua.OP_LEN, lua.OP_CONCAT:
			if b == a || c == a {
				return false
			}
		default:
			return false
		}
		if to <= a {
			return false
		}
	}
	return false
}

// constantString says whether an operand is a constant string.
func constantString(k []lua.LValue, x uint32) bool {
	if x&kBit == 0 {
		return false
	}
	_, ok := k[x&^kBit].(lua.LString)
	return ok
}

// whole puts a table in the place of a listing in a register, for those who look there from outside.
func (r *registry) whole(L *lua.LState, i int) {
	if i >= len(r.array) {
		return
	}
	if l := decl.ListingOf(r.array[i]); l != nil {
		r.array[i] = l.Table(L)
	}
}

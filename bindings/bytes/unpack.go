package bytes

import (
	"math"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// unpack is bytes.unpack(format, data, position): the values, then the position after them.
func unpack(L *lua.LState) int {
	u := &unpacker{L: L, name: "bytes.unpack", format: newFormat(decl.String(L, "bytes.unpack", 1)),
		data: decl.String(L, "bytes.unpack", 2)}
	u.pos = start(L, len(u.data))
	if u.pos < 0 || u.pos > len(u.data) {
		decl.RaiseArg(L, 3, u.name, "initial position out of string")
	}
	top := L.GetTop()
	for !u.format.done() {
		it, err := u.format.next(u.pos)
		if err != nil {
			raise(L, u.name, err)
		}
		u.need(it.pad + it.size)
		u.pos += it.pad
		u.item(it, u.take(it.size))
	}
	L.Push(lua.LNumber(u.pos + 1))
	return L.GetTop() - top
}

// start is the offset that the third argument names; negative ones count from the end.
func start(L *lua.LState, length int) int {
	pos := 1
	if L.Get(3) != lua.LNil {
		pos = decl.Check[int](L, "bytes.unpack", 3, "position")
	}
	if pos < 0 {
		pos = max(length+pos+1, 0)
	}
	return pos - 1
}

// An unpacker turns bytes into values.
type unpacker struct {
	L      *lua.LState
	name   string
	format *format
	data   string
	pos    int
}

// need raises unless n more bytes are there.
func (u *unpacker) need(n int) {
	if n > len(u.data)-u.pos {
		decl.RaiseArg(u.L, 2, u.name, "data string too short")
	}
}

// take is the next n bytes.
func (u *unpacker) take(n int) string {
	u.pos += n
	return u.data[u.pos-n : u.pos]
}

// item pushes the value of a field.
func (u *unpacker) item(it item, field string) {
	switch it.kind {
	case integer:
		u.L.Push(u.signed(field))
	case unsigned:
		n := u.integer(field, false)
		if it.size >= 7 { // it may pass 2^53
			u.L.Push(decl.NewUserData(u.L, n))
		} else {
			u.L.Push(lua.LNumber(n))
		}
	case float:
		u.L.Push(u.float(field))
	case chars:
		u.L.Push(lua.LString(field))
	case prefixed:
		n := u.integer(field, false)
		u.need(int(min(n, math.MaxInt)))
		u.L.Push(lua.LString(u.take(int(n))))
	case zero:
		n := strings.IndexByte(u.data[u.pos:], 0)
		if n < 0 {
			decl.RaiseArg(u.L, 2, u.name, "unfinished string for format 'z'")
		}
		u.L.Push(lua.LString(u.take(n)))
		u.pos++
	}
}

// integer is a field's value; bytes past the eighth may only extend it.
func (u *unpacker) integer(field string, signed bool) uint64 {
	at := func(i int) byte { // counted from the least significant
		if u.format.big {
			return field[len(field)-1-i]
		}
		return field[i]
	}
	var n uint64
	for i := min(len(field), 8) - 1; i >= 0; i-- {
		n = n<<8 | uint64(at(i))
	}
	if signed && len(field) < 8 {
		shift := 64 - 8*len(field)
		return uint64(int64(n<<shift) >> shift)
	}
	fill := byte(0)
	if signed && int64(n) < 0 {
		fill = 0xff
	}
	for i := 8; i < len(field); i++ {
		if at(i) != fill {
			decl.Raisef(u.L, "%d-byte integer does not fit into Lua Integer", len(field))
		}
	}
	return n
}

// signed is a signed field as a number, which holds 53 bits.
func (u *unpacker) signed(field string) lua.LValue {
	n := int64(u.integer(field, true))
	if n > 1<<53 || n < -1<<53 {
		decl.Raisef(u.L, "%d-byte integer does not fit into a number (u64 holds what I reads)", len(field))
	}
	return lua.LNumber(n)
}

func (u *unpacker) float(field string) lua.LValue {
	n := u.integer(field, false)
	if len(field) == 4 {
		return lua.LNumber(math.Float32frombits(uint32(n)))
	}
	return lua.LNumber(math.Float64frombits(n))
}

// packsize is bytes.packsize(format).
func packsize(L *lua.LState) int {
	f, total := newFormat(decl.String(L, "bytes.packsize", 1)), 0
	for !f.done() {
		it, err := f.next(total)
		switch {
		case err != nil:
			raise(L, "bytes.packsize", err)
		case it.kind == prefixed || it.kind == zero:
			decl.RaiseArg(L, 1, "bytes.packsize", "variable-length format")
		case total+it.pad+it.size > math.MaxInt32:
			decl.RaiseArg(L, 1, "bytes.packsize", "format result too large")
		}
		total += it.pad + it.size
	}
	L.Push(lua.LNumber(total))
	return 1
}

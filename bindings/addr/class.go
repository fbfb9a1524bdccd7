package addr

import (
	"net/netip"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// Address is a netip.Addr as Lua holds it.
type Address netip.Addr

// Prefix is a netip.Prefix as Lua holds it.
type Prefix netip.Prefix

func (a Address) String() string { return netip.Addr(a).String() }
func (p Prefix) String() string  { return netip.Prefix(p).String() }

// IsValid tells an address from none, which Lua has as nil.
func (a Address) IsValid() bool { return netip.Addr(a).IsValid() }
func (p Prefix) IsValid() bool  { return netip.Prefix(p).IsValid() }

// addressMeta are the operators of addresses.
var addressMeta = map[string]lua.LGFunction{
	"__tostring": decl.ToString,
	"__concat":   decl.Concat,
	"__eq":       compareAddresses(func(order int) bool { return order == 0 }),
	"__lt":       compareAddresses(func(order int) bool { return order < 0 }),
	"__le":       compareAddresses(func(order int) bool { return order <= 0 }),
	"__add":      plus,
	"__sub":      minus,
}

// prefixMeta are the operators of prefixes.
var prefixMeta = map[string]lua.LGFunction{
	"__tostring": decl.ToString,
	"__concat":   decl.Concat,
	"__eq":       comparePrefixes(func(order int) bool { return order == 0 }),
	"__lt":       comparePrefixes(func(order int) bool { return order < 0 }),
	"__le":       comparePrefixes(func(order int) bool { return order <= 0 }),
}

func compareAddresses(is func(order int) bool) lua.LGFunction {
	return func(L *lua.LState) int {
		a, b := operand[Address](L, 1), operand[Address](L, 2)
		L.Push(lua.LBool(is(netip.Addr(a).Compare(netip.Addr(b)))))
		return 1
	}
}

func comparePrefixes(is func(order int) bool) lua.LGFunction {
	return func(L *lua.LState) int {
		a, b := operand[Prefix](L, 1), operand[Prefix](L, 2)
		L.Push(lua.LBool(is(netip.Prefix(a).Compare(netip.Prefix(b)))))
		return 1
	}
}

// operand is argument n of an operator.
func operand[T any](L *lua.LState, n int) T {
	if ud, ok := L.Get(n).(*lua.LUserData); ok {
		if v, ok := ud.Value.(T); ok {
			return v
		}
	}
	decl.Raisef(L, "attempt to use an address or prefix with a %s value", decl.TypeName(L.Get(n)))
	panic("unreachable")
}

// plus is address + n and n + address.
func plus(L *lua.LState) int {
	if _, ok := L.Get(1).(lua.LNumber); ok {
		L.Insert(L.Get(2), 1)
	}
	return move(L, operand[Address](L, 1), decl.Number(L, "address +", 2))
}

// minus is address - n, an address, or address - address, a number.
func minus(L *lua.LState) int {
	a := operand[Address](L, 1)
	if _, ok := L.Get(2).(*lua.LUserData); !ok {
		return move(L, a, -decl.Number(L, "address -", 2))
	}
	b := operand[Address](L, 2)
	if netip.Addr(a).Is4() != netip.Addr(b).Is4() {
		decl.Raise(L, "attempt to subtract addresses of different versions")
	}
	L.Push(lua.LNumber(distance(netip.Addr(a), netip.Addr(b))))
	return 1
}

// distance is a - b as the nearest number that Lua has.
func distance(a, b netip.Addr) float64 {
	d, under := numberOf(a).minus(numberOf(b))
	if !under {
		return d.float()
	}
	d, _ = numberOf(b).minus(numberOf(a))
	return -d.float()
}

// move pushes a moved by n; past the end of its family it raises, as an operator has no other way.
func move(L *lua.LState, a Address, n float64) int {
	b, err := moved(netip.Addr(a), n)
	if err != nil {
		decl.Raise(L, err.Error())
	}
	L.Push(decl.NewUserData(L, Address(b)))
	return 1
}

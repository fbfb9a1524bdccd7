package addr

import (
	"net/netip"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

const whyIterator = "returns an iterator"

// self is the prefix that a method was called on.
func self(L *lua.LState, name string) netip.Prefix {
	ud, ok := L.Get(1).(*lua.LUserData)
	if ok {
		if p, ok := ud.Value.(Prefix); ok {
			return netip.Prefix(p)
		}
	}
	decl.Raisef(L, "calling '%s' on bad self (%s)", name, decl.Expected(L, 1, "prefix"))
	panic("unreachable")
}

// hosts declares prefix:hosts().
func hosts() decl.Function {
	return decl.Raw{Name: "hosts", Why: whyIterator,
		Doc: "Iterate over the addresses that hosts may have: all but the first and last of an IPv4 prefix, all but the first of an " +
			"IPv6 one; of a prefix with one or two addresses, all. Nothing is computed ahead.",
		Results: []decl.Param{{Name: "iterator", Type: "fun(): address", Doc: "for a generic for"}},
		Source:  "RFC 3021, RFC 4291 section 2.6.1",
		Example: "local list = {}\nfor a in addr.prefix(\"10.0.0.0/30\"):hosts() do list[#list + 1] = tostring(a) end\ntable.concat(list, \" \") --> \"10.0.0.1 10.0.0.2\"",
		Run: func(L *lua.LState) int {
			p := self(L, "prefix:hosts")
			first, end := p.Masked().Addr(), last(p)
			if p.Bits() < p.Addr().BitLen()-1 {
				first = first.Next()
				if p.Addr().Is4() {
					end = end.Prev()
				}
			}
			return iterate(L, first, end)
		}}
}

// addresses declares prefix:addresses().
func addresses() decl.Function {
	return decl.Raw{Name: "addresses", Why: whyIterator, Doc: "Iterate over all its addresses.",
		Results: []decl.Param{{Name: "iterator", Type: "fun(): address", Doc: "for a generic for"}},
		Example: "local n = 0\nfor a in addr.prefix(\"10.0.0.0/30\"):addresses() do n = n + 1 end\nn --> 4",
		Run: func(L *lua.LState) int {
			p := self(L, "prefix:addresses")
			return iterate(L, p.Masked().Addr(), last(p))
		}}
}

// iterate pushes a function that gives the addresses from first to end.
func iterate(L *lua.LState, first, end netip.Addr) int {
	next := first
	L.Push(L.NewFunction(func(L *lua.LState) int {
		if !next.IsValid() || end.Less(next) {
			L.Push(lua.LNil)
			return 1
		}
		L.Push(decl.NewUserData(L, Address(next)))
		next = next.Next()
		return 1
	}))
	return 1
}

// subnets declares prefix:subnets(bits).
func subnets() decl.Function {
	return decl.Raw{Name: "subnets", Why: whyIterator, Doc: "Iterate over the longer prefixes that it is made of.",
		Params:  []decl.Param{{Name: "bits", Type: "integer", Doc: "their length"}},
		Results: []decl.Param{{Name: "iterator", Type: "fun(): prefix", Doc: "for a generic for"}},
		Example: "local list = {}\nfor p in addr.prefix(\"10.0.0.0/24\"):subnets(25) do list[#list + 1] = tostring(p) end\ntable.concat(list, \" \") --> \"10.0.0.0/25 10.0.0.128/25\"",
		Run: func(L *lua.LState) int {
			p := self(L, "prefix:subnets")
			bits := int(decl.Number(L, "prefix:subnets", 2))
			if bits < p.Bits() || bits > p.Addr().BitLen() {
				decl.Raisef(L, "bad argument #1 to 'prefix:subnets' (bits: %d to %d expected, got %d)", p.Bits(), p.Addr().BitLen(), bits)
			}
			next, end := p.Masked().Addr(), last(p)
			L.Push(L.NewFunction(func(L *lua.LState) int {
				if !next.IsValid() || end.Less(next) {
					L.Push(lua.LNil)
					return 1
				}
				sub := netip.PrefixFrom(next, bits)
				L.Push(decl.NewUserData(L, Prefix(sub)))
				next = last(sub).Next()
				return 1
			}))
			return 1
		}}
}

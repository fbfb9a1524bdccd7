package packet

import (
	"cmp"
	"reflect"
	"slices"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/packet"
)

const several = `local ip, tcp = packet.ip, packet.tcp
local s = ip{dst="192.0.2.0/30", ttl=packet.range(1, 9)} / tcp{dport={80, 443}}
`

// familyClass is what a layer with several values in a field makes.
func familyClass() *decl.Class {
	return &decl.Class{
		Name: "packets", Type: reflect.TypeFor[*packet.Family](),
		Doc: "Packets that are alike but for some fields: one for each combination of the values given to a field as a list, a range or a " +
			"network's prefix. The field given last changes fastest.",
		Meta:      map[string]lua.LGFunction{"__div": divide, "__concat": concat, "__tostring": decl.ToString},
		Operators: []string{"div(packet|packets|string): packets"},
		Nth: func(L *lua.LState, self any, n int) (lua.LValue, bool) {
			s := self.(*packet.Family)
			if n < 1 || uint64(n) > s.Len() {
				return lua.LNil, false
			}
			return packets.Push(L, member(L, s, uint64(n-1))), true
		},
		Index: func(L *lua.LState, _ any, key string) (lua.LValue, bool) {
			decl.Raisef(L, "these are several packets: take '%s' of each, for p in s:each() do ... end", key)
			return nil, false
		},
		Methods: []decl.Function{
			decl.Raw{Name: "count", Why: "the receiver is a family of packets", Doc: "Count the packets.",
				Results: []decl.Param{{Name: "n", Type: "integer", Doc: "how many"}}, Example: several + "s:count() --> 72",
				Run: func(L *lua.LState) int {
					L.Push(lua.LNumber(familySelf(L, "packets:count").Len()))
					return 1
				}},
			decl.Raw{Name: "each", Why: "returns an iterator", Doc: "Iterate over the packets; each is made when it is asked for.",
				Results: []decl.Param{{Name: "iterator", Type: "fun(): packet", Doc: "for a generic for"}},
				Example: several + "local n = 0\nfor p in s:each() do n = n + p.ttl end\nn --> 360", Run: each},
		},
	}
}

func familySelf(L *lua.LState, method string) *packet.Family {
	if s, ok := familyOf(L.Get(1)); ok {
		return s
	}
	decl.Raisef(L, "calling '%s' on bad self (%s)", method, decl.Expected(L, 1, "packets"))
	return nil
}

func familyOf(v lua.LValue) (*packet.Family, bool) {
	if ud, ok := v.(*lua.LUserData); ok {
		s, ok := ud.Value.(*packet.Family)
		return s, ok
	}
	return nil, false
}

// member makes packet i of s.
func member(L *lua.LState, s *packet.Family, i uint64) *packet.Packet {
	p, err := s.At(i)
	if err != nil {
		packets.Raise(L, err)
	}
	return p
}

func each(L *lua.LState) int {
	s, next := familySelf(L, "packets:each"), uint64(0)
	L.Push(L.NewFunction(func(L *lua.LState) int {
		if next == s.Len() {
			return 0
		}
		next++
		L.Push(packets.Push(L, member(L, s, next-1)))
		return 1
	}))
	return 1
}

// pushFamily makes the packets that differ on the axes, the fields in the protocol's order.
func pushFamily(L *lua.LState, p *packet.Packet, axes []packet.Axis) int {
	slices.SortFunc(axes, func(a, b packet.Axis) int { return cmp.Compare(a.Field.Index(), b.Field.Index()) })
	s, err := packet.FamilyOf(p, axes)
	if err != nil {
		packets.Raise(L, err)
	}
	L.Push(decl.NewUserData(L, s))
	return 1
}

// divideFamilies is a / b where one is several packets.
func divideFamilies(L *lua.LState) int {
	var parts [2]*packet.Family
	for i := range parts {
		v := L.Get(i + 1)
		s, ok := familyOf(v)
		if p, one := packets.From(L, v); one {
			s, ok = packet.One(p), true
		}
		if !ok {
			decl.Raisef(L, "attempt to stack a %s value: packets and strings can be stacked", decl.TypeName(v))
		}
		parts[i] = s
	}
	L.Push(decl.NewUserData(L, packet.StackFamily(parts[0], parts[1])))
	return 1
}

package dhcp6

import (
	"net/netip"
	"slices"
	"sort"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/network"
)

// makeMessage is dhcp6.message{…}.
func makeMessage(L *lua.LState) int {
	t, ok := L.Get(1).(*lua.LTable)
	if !ok {
		decl.RaiseArg(L, 1, "dhcp6.message", decl.Expected(L, 1, "table"))
	}
	m := &dhcp6.Message{XID: network.Rand(decl.HostOf(L).Context()).Uint32() >> 8}
	if t.RawGetString("type") == lua.LNil {
		decl.Raise(L, "missing option 'type' of 'dhcp6.message'")
	}
	assign(L, m, "type", t.RawGetString("type"))
	for _, name := range settable[1:] {
		if v := t.RawGetString(name); v != lua.LNil {
			assign(L, m, name, v)
		}
	}
	decl.Each(t, func(k, v lua.LValue) {
		switch name := k.String(); {
		case slices.Contains(settable, name):
		case name == "inner":
			m.Options.Replace(dhcp6.RelayMessage, optionsOf(L, dhcp6.RelayMessage, v)...)
		default:
			unknownEntry(L, name)
		}
	})
	L.Push(decl.NewUserData(L, m))
	return 1
}

func unknownEntry(L *lua.LState, name string) {
	known := append([]string{"inner"}, settable...)
	if near := decl.Nearest(name, known); near != "" {
		decl.Raisef(L, "bad option '%s' to 'dhcp6.message' (did you mean '%s'?)", name, near)
	}
	decl.Raisef(L, "bad option '%s' to 'dhcp6.message' (expected one of: %s)", name, strings.Join(known, ", "))
}

// settable are the fields of a message that scripts set.
var settable = []string{"type", "xid", "hops", "link", "peer", "options", "rest"}

// assign is message.name = v.
func assign(L *lua.LState, m *dhcp6.Message, name string, v lua.LValue) {
	switch name {
	case "type":
		value, _ := packets.ToGo(v)
		t, ok := dhcp6.TypeOf(value)
		if !ok {
			noType(L, v)
		}
		m.Type = t
	case "xid":
		m.XID = uint32(number(L, name, v, 1<<24-1))
	case "hops":
		m.Hops = uint8(number(L, name, v, 255))
	case "link":
		m.Link = address(L, name, v)
	case "peer":
		m.Peer = address(L, name, v)
	case "options":
		m.Options = allOptions(L, v)
	case "rest":
		m.Rest = []byte(lua.LVAsString(v))
	default:
		decl.RaiseUnknown(L, "dhcp6.message", name, settable)
	}
}

func noType(L *lua.LState, v lua.LValue) {
	name := v.String()
	if near := decl.Nearest(name, dhcp6.TypeNames()); near != "" {
		decl.Raisef(L, "dhcp6.message: no message has the type '%s' (did you mean '%s'?)", name, near)
	}
	decl.Raisef(L, "dhcp6.message: type: name or number of 0 to 255 expected, got %s", decl.TypeName(v))
}

func number(L *lua.LState, name string, v lua.LValue, most float64) float64 {
	n, ok := decl.ToNumber(v)
	if !ok || n < 0 || n > most || n != float64(uint64(n)) {
		decl.Raisef(L, "dhcp6.message: %s: number of 0 to %.0f expected, got %s", name, most, v.String())
	}
	return n
}

func address(L *lua.LState, name string, v lua.LValue) netip.Addr {
	a, err := netip.ParseAddr(lua.LVAsString(v))
	if err != nil || a.Is4() || a.Zone() != "" {
		decl.Raisef(L, "dhcp6.message: %s: IPv6 address expected, got %s", name, v.String())
	}
	return a
}

// allOptions reads a table of options: by name or code in the order of codes, or a list of {name, value} in its own order.
func allOptions(L *lua.LState, v lua.LValue) dhcp6.Options {
	if ud, ok := v.(*lua.LUserData); ok {
		if o, ok := ud.Value.(*options); ok {
			return o.m.Copy().Options
		}
	}
	t, ok := v.(*lua.LTable)
	if !ok {
		decl.Raisef(L, "dhcp6.message: options: table expected, got %s", decl.TypeName(v))
	}
	all := dhcp6.Options{}
	if _, list := t.RawGetInt(1).(*lua.LTable); list && t.Len() > 0 {
		for i := 1; i <= t.Len(); i++ {
			pair, ok := t.RawGetInt(i).(*lua.LTable)
			if !ok {
				decl.Raisef(L, "dhcp6.message: options: entry %d: {name, value} expected, got %s", i, decl.TypeName(t.RawGetInt(i)))
			}
			all = append(all, pairOf(L, pair)...)
		}
		return all
	}
	decl.Each(t, func(k, v lua.LValue) { all = append(all, optionsOf(L, codeOf(L, k), v)...) })
	sort.SliceStable(all, func(i, j int) bool { return all[i].Code < all[j].Code })
	return all
}

// pairOf reads {name, value}, {name, data=bytes} or {name}, which is true.
func pairOf(L *lua.LState, pair *lua.LTable) dhcp6.Options {
	code, value := codeOf(L, pair.RawGetInt(1)), pair.RawGetInt(2)
	if data, ok := pair.RawGetString("data").(lua.LString); ok {
		return dhcp6.Options{dhcp6.MakeOption(code, []byte(data))}
	}
	if value == lua.LNil {
		value = lua.LTrue
	}
	return optionsOf(L, code, value)
}

// codeOf is the code that a name or a number stands for, or raises.
func codeOf(L *lua.LState, v lua.LValue) uint16 {
	value, _ := packets.ToGo(v)
	code, err := dhcp6.CodeOf(value)
	if err != nil {
		packets.Raise(L, err)
	}
	return code
}

// optionsOf is the options that a value stands for, or raises.
func optionsOf(L *lua.LState, code uint16, v lua.LValue) dhcp6.Options {
	if ud, ok := v.(*lua.LUserData); ok {
		if m, ok := ud.Value.(*dhcp6.Message); ok {
			b, err := m.Encode()
			if err != nil {
				decl.Raisef(L, "dhcp6.message: %s", err)
			}
			v = lua.LString(b)
		}
	}
	value, ok := packets.ToGo(v)
	if !ok {
		decl.Raisef(L, "dhcp6.message: %s: no option holds a %s", dhcp6.NameOf(code), decl.TypeName(v))
	}
	all, err := dhcp6.NewOptions(code, value)
	if err != nil {
		raise(L, err)
	}
	return all
}

// raise raises what is wrong with a value, with the nearest name of a misspelt one.
func raise(L *lua.LState, err error) {
	if unknown, ok := unwrapped(err); ok {
		packets.Raise(L, unknown)
	}
	decl.Raisef(L, "dhcp6.message: %s", err)
}

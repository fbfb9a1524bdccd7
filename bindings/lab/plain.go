package lab

import (
	"fmt"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// A rule brings the short forms of an entry to the long one. What it doesn't know it leaves for the check to refuse.
type rule func(L *lua.LState, v lua.LValue) lua.LValue

// rules are those of lab{}'s entries.
var rules = map[string]rule{
	"nodes":     entries(node),
	"links":     entries(link),
	"addresses": entries(list),
	"networks":  networks,
	"mtu":       forAll,
	"vlan":      entries(vlan),
	"mirror":    entries(list),
	"loss":      forAll,
	"delay":     forAll,
	"jitter":    forAll,
	"rate":      forAll,
	"routes":    static,
}

var nodeRules = map[string]rule{
	"addresses": perInterface(list),
	"mac":       perInterface(func(_ *lua.LState, v lua.LValue) lua.LValue { return v }),
	"names":     list,
	"services":  services,
}

// plain copies the table of lab{} without its lines, every entry in its long form.
func plain(L *lua.LState, t *lua.LTable) *lua.LTable {
	return apply(L, t, func(k lua.LValue) bool { return k.Type() == lua.LTNumber }, rules)
}

// apply copies a table without what skip names, entries brought to their long form.
func apply(L *lua.LState, t *lua.LTable, skip func(lua.LValue) bool, rules map[string]rule) *lua.LTable {
	out := L.CreateTable(0, 8)
	t.ForEach(func(k, v lua.LValue) {
		if skip(k) {
			return
		}
		if r := rules[lua.LVAsString(k)]; r != nil {
			v = r(L, v)
		}
		out.RawSet(k, v)
	})
	return out
}

// entries applies a rule to each entry of a table.
func entries(r rule) rule {
	return func(L *lua.LState, v lua.LValue) lua.LValue {
		t, ok := v.(*lua.LTable)
		if !ok {
			return v
		}
		out := L.CreateTable(0, 8)
		t.ForEach(func(k, v lua.LValue) { out.RawSet(k, r(L, v)) })
		return out
	}
}

// one is a table of one entry.
func one(L *lua.LState, key string, v lua.LValue) *lua.LTable {
	t := L.CreateTable(0, 1)
	t.RawSetString(key, v)
	return t
}

// list makes a list of one value, and an empty one of false.
func list(L *lua.LState, v lua.LValue) lua.LValue {
	switch v.Type() {
	case lua.LTString, lua.LTUserData:
		t := L.CreateTable(1, 0)
		t.Append(v)
		return t
	case lua.LTBool:
		if v == lua.LFalse {
			return L.CreateTable(0, 0)
		}
	}
	return v
}

// forAll makes a table of a value that is for everything.
func forAll(L *lua.LState, v lua.LValue) lua.LValue {
	if v.Type() == lua.LTNumber || v.Type() == lua.LTString {
		return one(L, "", v)
	}
	return v
}

// static: false is for all nodes.
func static(L *lua.LState, v lua.LValue) lua.LValue {
	if v == lua.LFalse {
		return one(L, "", L.CreateTable(0, 0))
	}
	return v
}

// node: a text is the kind.
func node(L *lua.LState, v lua.LValue) lua.LValue {
	switch v := v.(type) {
	case lua.LString:
		return one(L, "kind", v)
	case *lua.LTable:
		return apply(L, v, func(lua.LValue) bool { return false }, nodeRules)
	}
	return v
}

// link: the first two entries are its ends.
func link(L *lua.LState, v lua.LValue) lua.LValue {
	t, ok := v.(*lua.LTable)
	if !ok {
		return v
	}
	out := apply(L, t, func(k lua.LValue) bool { return k == lua.LNumber(1) || k == lua.LNumber(2) }, nil)
	for i, end := range []string{"a", "b"} {
		if v := t.RawGetInt(i + 1); v != lua.LNil {
			out.RawSetString(end, v)
		}
	}
	return out
}

// vlan: a number is an access port, a list a trunk, "all" a trunk of all.
func vlan(L *lua.LState, v lua.LValue) lua.LValue {
	switch v := v.(type) {
	case lua.LNumber:
		return one(L, "id", v)
	case lua.LString:
		if v == "all" {
			return one(L, "all", lua.LTrue)
		}
	case *lua.LTable:
		if v.Len() > 0 {
			return one(L, "trunk", v)
		}
		return apply(L, v, func(lua.LValue) bool { return false }, map[string]rule{"trunk": func(L *lua.LState, v lua.LValue) lua.LValue { return v }})
	}
	return v
}

// networks: a number is a VLAN.
func networks(L *lua.LState, v lua.LValue) lua.LValue {
	t, ok := v.(*lua.LTable)
	if !ok {
		return v
	}
	out := L.CreateTable(0, 4)
	t.ForEach(func(k, v lua.LValue) {
		if n, ok := k.(lua.LNumber); ok {
			k = lua.LString(fmt.Sprintf("vlan %s", decl.FormatNumber(float64(n))))
		}
		out.RawSet(k, list(L, v))
	})
	return out
}

// perInterface: what is no table of names is of the first interface.
func perInterface(r rule) rule {
	return func(L *lua.LState, v lua.LValue) lua.LValue {
		if t, ok := v.(*lua.LTable); ok && t.Len() == 0 {
			if k, _ := t.Next(lua.LNil); k != lua.LNil {
				return entries(r)(L, v)
			}
		}
		return one(L, "", r(L, v))
	}
}

// services: a list of names is a table of them.
func services(L *lua.LState, v lua.LValue) lua.LValue {
	if v.Type() == lua.LTString {
		return one(L, v.String(), lua.LTrue)
	}
	t, ok := v.(*lua.LTable)
	if !ok {
		return v
	}
	out := L.CreateTable(0, 4)
	t.ForEach(func(k, v lua.LValue) {
		if k.Type() == lua.LTNumber {
			k, v = v, lua.LTrue
		}
		out.RawSet(k, v)
	})
	return out
}

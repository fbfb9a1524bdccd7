package result

import (
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// object reads userdata. A class that says what its values are as plain Lua is believed; others are the fields that
// they declare, or else their text.
func (r *reader) object(ud *lua.LUserData) any {
	switch v := ud.Value.(type) {
	case uint64:
		return v
	case interface{ JSON() string }:
		return Object{textOf(r.L, ud), Raw(v.JSON())}
	case decl.Handle:
		return Foreign{decl.TypeName(ud) + ", which is no data"}
	}
	c := decl.ClassOf(r.L, ud)
	if c != nil && c.Plain != nil {
		return r.plain(c, ud)
	}
	if c != nil && len(c.Fields) > 0 && c.Index != nil {
		return Object{textOf(r.L, ud), r.fields(c, ud)}
	}
	if hasText(r.L, ud) {
		return Object{Text: textOf(r.L, ud)}
	}
	return Foreign{decl.TypeName(ud)}
}

// plain is what the class makes of a value. A string that it makes is data like any other.
func (r *reader) plain(c *decl.Class, ud *lua.LUserData) any {
	t := r.value(c.Plain(r.L, ud.Value))
	if _, list := t.(List); list {
		return t
	}
	if _, record := t.(Record); record {
		return Object{textOf(r.L, ud), t}
	}
	return t
}

// fields are those that the class declares. What stands in them as an object is its text: objects refer to each other.
func (r *reader) fields(c *decl.Class, ud *lua.LUserData) Record {
	record := Record{}
	for _, f := range c.Fields {
		v := lua.LValue(lua.LNil)
		protect(r.L, func(L *lua.LState) {
			if got, ok := c.Index(L, ud.Value, f.Name); ok && got != nil {
				v = got
			}
		})
		switch inner := v.(type) {
		case *lua.LNilType, *lua.LFunction:
		case *lua.LUserData:
			if n, is := inner.Value.(uint64); is {
				record = append(record, Field{f.Name, n})
			} else if _, handle := inner.Value.(decl.Handle); !handle && hasText(r.L, inner) {
				record = append(record, Field{f.Name, Object{Text: textOf(r.L, inner)}})
			}
		default:
			record = append(record, Field{f.Name, r.value(v)})
		}
	}
	return record
}

// hasText says whether a value says what it is.
func hasText(L *lua.LState, ud *lua.LUserData) bool {
	return L.GetMetaField(ud, "__tostring") != lua.LNil
}

// textOf is Lua's tostring; where that fails, it is what kind of value it is.
func textOf(L *lua.LState, ud *lua.LUserData) string {
	text := decl.TypeName(ud)
	protect(L, func(L *lua.LState) {
		s := L.ToStringMeta(ud)
		text = s.String()
	})
	return strings.TrimRight(text, "\n")
}

// protect runs f, which may raise.
func protect(L *lua.LState, f func(*lua.LState)) {
	_ = L.CallByParam(lua.P{Fn: L.NewFunction(func(L *lua.LState) int {
		f(L)
		return 0
	}), Protect: true})
}

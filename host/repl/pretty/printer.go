package pretty

import (
	"slices"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// A Printer writes values. Every limit must be set.
type Printer struct {
	Width  int                       // columns that a table may take on one line
	Depth  int                       // tables within tables
	Items  int                       // entries of a table
	Bytes  int                       // of a string within a table, and of a hexdump
	Naming func(v lua.LValue) string // what a function or userdata is called; "" when it has no name
	// ToString is Lua's tostring, with __tostring.
	ToString func(v lua.LValue) string
}

// Defaults are limits that fit a terminal of 80 columns.
func Defaults() Printer {
	return Printer{Width: 72, Depth: 6, Items: 100, Bytes: 1024, Naming: func(lua.LValue) string { return "" },
		ToString: func(v lua.LValue) string { return v.String() }}
}

// Values writes the results of a call: on one line when each fits there, else below each other.
func (p Printer) Values(values []lua.LValue) string {
	parts := make([]string, len(values))
	separator := ", "
	for i, v := range values {
		parts[i] = p.Value(v)
		if strings.Contains(parts[i], "\n") {
			separator = "\n"
		}
	}
	return strings.Join(parts, separator)
}

// Value writes one value.
func (p Printer) Value(v lua.LValue) string {
	if s, ok := v.(lua.LString); ok {
		return p.text(string(s))
	}
	return p.nested(v, 0, nil)
}

// nested writes a value that stands depth tables deep; above are the tables around it.
func (p Printer) nested(v lua.LValue, depth int, above []*lua.LTable) string {
	switch v := v.(type) {
	case lua.LString:
		return literal(string(v), p.Bytes)
	case lua.LNumber:
		return decl.FormatNumber(float64(v))
	case *lua.LTable:
		if hasToString(v) {
			return p.ToString(v)
		}
		return p.table(v, depth, above)
	case *lua.LFunction, *lua.LUserData:
		if name := p.Naming(v); name != "" {
			return name
		}
	}
	return p.ToString(v)
}

func hasToString(t *lua.LTable) bool {
	meta, ok := t.Metatable.(*lua.LTable)
	return ok && meta.RawGetString("__tostring") != lua.LNil
}

func (p Printer) table(t *lua.LTable, depth int, above []*lua.LTable) string {
	if slices.Contains(above, t) {
		return "<cycle>"
	}
	keys := sortedKeys(t)
	if len(keys) > 0 && depth >= p.Depth {
		return "{...}"
	}
	above = append(above[:len(above):len(above)], t)
	l := layout{indent: strings.Repeat("  ", depth+1), width: p.Width}
	next := 1 // the key that needs no writing
	for i, k := range keys {
		if i == p.Items {
			l.more = len(keys) - i
			break
		}
		entry := p.nested(t.RawGet(k), depth+1, above)
		if k == lua.LNumber(next) {
			l.plain++
			next++
		} else {
			entry = p.key(k) + " = " + entry
		}
		l.entries = append(l.entries, entry)
	}
	return l.String()
}

// key writes a table's key as a constructor has it.
func (p Printer) key(k lua.LValue) string {
	switch k := k.(type) {
	case lua.LString:
		if isName(string(k)) {
			return string(k)
		}
		return "[" + literal(string(k), p.Bytes) + "]"
	case *lua.LTable:
		return "[" + p.ToString(k) + "]"
	}
	return "[" + p.nested(k, 0, nil) + "]"
}

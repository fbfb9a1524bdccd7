package decl

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	lua "github.com/yuin/gopher-lua"
)

// A table is a struct that is read from a Lua table by names: the options of a call, or a record inside them.
type table struct {
	fields []field
	byName map[string]int
}

func newTable(fields []field) *table {
	t := &table{fields: fields, byName: make(map[string]int, len(fields))}
	for i, f := range fields {
		t.byName[f.Name] = i
	}
	return t
}

// tables keeps what tableOf has read.
var tables sync.Map // reflect.Type to *table

// tableOf reads the tags of a struct whose fields are all table entries, as those of embedded structs are. Fields are
// optional when they end in ?.
func tableOf(t reflect.Type) *table {
	if known, ok := tables.Load(t); ok {
		return known.(*table)
	}
	known, _ := tables.LoadOrStore(t, readTable(t))
	return known.(*table)
}

func readTable(t reflect.Type) *table { return newTable(fieldsOf(t, nil)) }

// fieldsOf are the entries that a struct stands for, those of embedded structs too. at is where it stands itself.
func fieldsOf(t reflect.Type, at []int) (fields []field) {
	for i := range t.NumField() {
		sf, here := t.Field(i), append(slices.Clone(at), i)
		if sf.Anonymous && isTable(sf.Type) {
			fields = append(fields, fieldsOf(sf.Type, here)...)
		}
		if _, ok := sf.Tag.Lookup("lua"); !ok {
			continue
		}
		f := fieldOf(sf, reflect.Zero(sf.Type))
		f.index = here
		fields = append(fields, f)
	}
	return fields
}

// read fills a from the options table in stack slot n, which Lua counts as argument arg.
func (t *table) read(L *lua.LState, name string, n, arg int, a reflect.Value) {
	v := L.Get(n)
	opts, ok := v.(*lua.LTable)
	if !ok && v != lua.LNil {
		raiseArg(L, arg, name, "opts", expected("table", v), false)
	}
	if bad := t.entries(L, opts, a); bad != nil {
		Raise(L, fmt.Sprintf("bad option '%s' to '%s' (%s)", bad.key, name, bad.why))
	}
}

// A badEntry is what is wrong with an entry of a table.
type badEntry struct{ key, why string }

func (b *badEntry) Error() string { return "field '" + b.key + "': " + b.why }

// entries sets a's fields from those of opts, which may be nil.
func (t *table) entries(L *lua.LState, opts *lua.LTable, a reflect.Value) (bad *badEntry) {
	seen := 0
	if opts != nil {
		Each(opts, func(k, v lua.LValue) {
			if bad == nil {
				bad = t.entry(L, k, v, a)
				seen++
			}
		})
	}
	if bad == nil && seen < len(t.fields) {
		bad = t.missing(opts)
	}
	return bad
}

func (t *table) entry(L *lua.LState, k, v lua.LValue, a reflect.Value) *badEntry {
	key, ok := k.(lua.LString)
	i, known := t.byName[string(key)]
	if !ok || !known {
		return t.unknown(k)
	}
	f := &t.fields[i]
	if err := f.check(L, v, a.FieldByIndex(f.index)); err != nil {
		return &badEntry{f.Name, err.Error()}
	}
	return nil
}

// missing finds a required entry that opts lacks.
func (t *table) missing(opts *lua.LTable) *badEntry {
	for i := range t.fields {
		f := &t.fields[i]
		if f.required && (opts == nil || opts.RawGetString(f.Name) == lua.LNil) {
			return &badEntry{f.Name, f.Type + " expected, got nothing"}
		}
	}
	return nil
}

// unknown is the error for a key that is no option.
func (t *table) unknown(k lua.LValue) *badEntry {
	names := t.names()
	why := "expected one of: " + strings.Join(names, ", ")
	if near := Nearest(k.String(), names); near != "" {
		why = "did you mean '" + near + "'? " + why
	}
	return &badEntry{k.String(), why}
}

func (t *table) names() []string {
	names := make([]string, len(t.fields))
	for i, f := range t.fields {
		names[i] = f.Name
	}
	return names
}

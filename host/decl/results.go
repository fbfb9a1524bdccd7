package decl

import (
	"reflect"
	"strings"

	lua "github.com/yuin/gopher-lua"
)

// results is how a function's result type is pushed.
type results struct {
	params []Param
	fields []result // several values; nil for one
	one    pusher
	none   bool
}

// A result is one field of a struct that goes to Lua.
type result struct {
	Param
	index int
	push  pusher
}

// value is the field of v as a Lua value.
func (r *result) value(L *lua.LState, v reflect.Value) lua.LValue {
	f := v.Field(r.index)
	if r.Optional && f.IsZero() {
		return lua.LNil
	}
	return r.push(L, f)
}

func resultsOf(t reflect.Type) *results {
	switch fields := resultFields(t, "ret."); {
	case t == reflect.TypeFor[struct{}]():
		return &results{none: true}
	case fields != nil:
		r := &results{fields: fields}
		for _, f := range fields {
			r.params = append(r.params, f.Param)
		}
		return r
	}
	p := Param{Type: luaType(t)}
	if isTable(t) {
		p.Fields = fieldParams(t)
	}
	return &results{one: pusherOf(t), params: []Param{p}}
}

// resultFields lists the tagged fields of t whose tags begin with prefix.
func resultFields(t reflect.Type, prefix string) []result {
	if t.Kind() != reflect.Struct {
		return nil
	}
	var fields []result
	for i := range t.NumField() {
		sf := t.Field(i)
		tag, ok := sf.Tag.Lookup("lua")
		name, has := strings.CutPrefix(tag, prefix)
		if !ok || !has {
			continue
		}
		f := result{index: i, push: lazily(sf.Type)}
		f.Name, f.Optional = strings.CutSuffix(name, "?")
		f.Type, f.Doc = luaType(sf.Type), sf.Tag.Get("doc")
		if override, ok := sf.Tag.Lookup("type"); ok {
			f.Type = override
		}
		f.Fields = fieldParams(sf.Type)
		fields = append(fields, f)
	}
	return fields
}

// push puts the results on L's stack and returns their number.
func (r *results) push(L *lua.LState, v reflect.Value) int {
	switch {
	case r.none:
		return 0
	case r.fields == nil:
		L.Push(r.one(L, v))
		return 1
	}
	for i := range r.fields {
		L.Push(r.fields[i].value(L, v))
	}
	return len(r.fields)
}

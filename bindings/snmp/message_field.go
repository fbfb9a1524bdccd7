package snmp

import (
	"fmt"
	"maps"
	"math"
	"slices"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/snmp/message"
)

// A messageField is what message.name reads and sets.
type messageField struct {
	name, typ, doc string
	get            func(L *lua.LState, m *wireMessage) lua.LValue
	set            func(L *lua.LState, m *wireMessage, v lua.LValue) error // nil: it can only be read
}

// messageFields are those of a message, in the order in which snmp.message sets them: what decides of others comes first.
var messageFields = slices.Concat(baseFields(), secureFields(), pduFields(), toldFields())

var messageFieldsByName = func() map[string]*messageField {
	named := make(map[string]*messageField, len(messageFields))
	for i := range messageFields {
		named[messageFields[i].name] = &messageFields[i]
	}
	return named
}()

// messageParams documents the fields.
func messageParams() []decl.Param {
	params := make([]decl.Param, len(messageFields))
	for i, f := range messageFields {
		params[i] = decl.Param{Name: f.name, Type: f.typ, Doc: f.doc}
	}
	return params
}

func messageIndex(L *lua.LState, self any, key string) (lua.LValue, bool) {
	f := messageFieldsByName[key]
	if f == nil {
		decl.RaiseUnknown(L, "snmp.message", key, slices.Collect(maps.Keys(messageFieldsByName)))
	}
	return f.get(L, self.(*wireMessage)), true
}

// messageNewIndex is message.name = value.
func messageNewIndex(L *lua.LState) int {
	setMessageField(L, decl.Self[*wireMessage](L, "snmp.message", "snmp.message"), L.Get(2).String(), L.Get(3))
	return 0
}

func setMessageField(L *lua.LState, m *wireMessage, name string, v lua.LValue) {
	f := messageFieldsByName[name]
	if f == nil {
		decl.RaiseUnknown(L, "snmp.message", name, slices.Collect(maps.Keys(messageFieldsByName)))
	}
	if f.set == nil {
		decl.Raisef(L, "snmp.message: field '%s' can only be read", name)
	}
	m.own()
	if err := f.set(L, m, v); err != nil {
		decl.Raisef(L, "snmp.message: %s: %s", name, err)
	}
}

// problemRow is what is wrong at a place of a message.
type problemRow struct {
	Offset int    `lua:"offset" doc:"byte where it is, from 0"`
	What   string `lua:"what" doc:"what is wrong"`
}

// toldFields are what reading the message has found.
func toldFields() []messageField {
	return []messageField{
		{"refused", "string|nil", "why it could not be opened; nil when it was, or needs no key",
			func(_ *lua.LState, m *wireMessage) lua.LValue {
				if m.closed == "" {
					return lua.LNil
				}
				return lua.LString(m.closed)
			}, nil},
		{"problems", "table[]", "where it departs from the standard, as {offset, what}: the byte, from 0, and what is wrong",
			func(L *lua.LState, m *wireMessage) lua.LValue {
				t := L.CreateTable(len(m.Problems), 0)
				for _, p := range m.Problems {
					t.Append(decl.Push(L, problemRow{p.Offset, p.What}))
				}
				return t
			}, nil},
	}
}

// A place is where a message has a field; nil when it has none.
type place[T any] func(m *message.Message) *T

// numberField is a field with a number. A refusal says where there is such a field.
func numberField[T ~int32 | ~uint32](name, doc, where string, at place[T]) messageField {
	low, high := int64(math.MinInt32), int64(math.MaxInt32)
	if T(0)-1 > 0 {
		low, high = 0, math.MaxUint32
	}
	return messageField{name, "integer|nil", doc,
		func(_ *lua.LState, m *wireMessage) lua.LValue {
			if p := at(m.Message); p != nil {
				return lua.LNumber(*p)
			}
			return lua.LNil
		},
		func(_ *lua.LState, m *wireMessage, v lua.LValue) error {
			p := at(m.Message)
			if p == nil {
				return errAbsent(where)
			}
			n, ok := v.(lua.LNumber)
			if !ok || float64(n) != math.Trunc(float64(n)) || float64(n) < float64(low) || float64(n) > float64(high) {
				return fmt.Errorf("number of %d to %d expected, got %s", low, high, shown(v))
			}
			*p = T(int64(n))
			return nil
		}}
}

// bytesField is a field with bytes.
func bytesField[T ~[]byte | ~string](name, doc, where string, at place[T]) messageField {
	return messageField{name, "string|nil", doc,
		func(_ *lua.LState, m *wireMessage) lua.LValue {
			if p := at(m.Message); p != nil {
				return lua.LString(*p)
			}
			return lua.LNil
		},
		func(_ *lua.LState, m *wireMessage, v lua.LValue) error {
			p := at(m.Message)
			s, ok := v.(lua.LString)
			switch {
			case p == nil:
				return errAbsent(where)
			case !ok:
				return fmt.Errorf("string expected, got %s", decl.TypeName(v))
			}
			*p = T(s)
			return nil
		}}
}

// errAbsent says that this message has no such field.
func errAbsent(where string) error { return fmt.Errorf("only %s has it", where) }

// shown is a value in an error message.
func shown(v lua.LValue) string {
	if _, ok := v.(lua.LNumber); ok {
		return v.String()
	}
	return decl.TypeName(v)
}

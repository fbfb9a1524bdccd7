package json

import (
	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// Module declares all that Lua sees as require "json".
func Module() *decl.Module {
	return module(&plain, "Read and write JSON. Integers past 2^53 are u64, null is json.null, [] stays an array; malformed "+
		"text gives nil, message, kind. Module cjson has the same functions with lua-cjson's defaults and errors.")
}

// Cjson declares require "cjson".
func Cjson() *decl.Module {
	return module(&cjson, "Read and write JSON as lua-cjson 2.1 does: malformed text raises. New scripts use json.")
}

// Safe declares require "cjson.safe".
func Safe() *decl.Module {
	return module(&safe, "Read and write JSON as lua-cjson 2.1's safe module does: decode and encode give nil, message.")
}

func module(d *dialect, doc string) *decl.Module {
	m := &decl.Module{
		Name:   d.name,
		Doc:    doc,
		Source: "RFC 8259; lua-cjson 2.1",
		Funcs:  functions(shared(d)),
		Consts: []decl.Const{
			{Name: "_NAME", Value: "cjson", Doc: "lua-cjson's name."},
			{Name: "_VERSION", Value: "2.1.0", Doc: "The version of lua-cjson whose functions these are."},
		},
		Setup: addValues,
	}
	if d == &plain {
		m.Classes = []*decl.Class{markerClass()}
	}
	return m
}

// addValues adds what is one value in each state.
func addValues(L *lua.LState, t *lua.LTable) {
	t.RawSetString("null", null.value(L))
	t.RawSetString("empty_array", emptyArray.value(L))
	t.RawSetString("array_mt", arrayMeta(L))
	t.RawSetString("empty_array_mt", arrayMeta(L))
}

// functions declares the functions over one instance's settings.
func functions(in instance) []decl.Function {
	return append([]decl.Function{in.decode(), in.encode(), in.new()}, in.settings()...)
}

func (in instance) decode() decl.Function {
	name := in.dialect.name + ".decode"
	r := decl.Raw{
		Name:    "decode",
		Doc:     "Read one JSON text. Errors count characters from 1.",
		Why:     "its result has no fixed type",
		Params:  []decl.Param{{Name: "text", Type: "string", Doc: "UTF-8, as RFC 8259 has it"}},
		Results: []decl.Param{{Name: "value", Type: "any", Doc: "tables, strings, numbers, booleans, u64 or null"}},
		Example: in.dialect.example(`#$.decode('{"a": [1, 2, 3]}').a --> 3`),
		Run: func(L *lua.LState) int {
			v, err := decode(L, in.config(L), decl.String(L, name, 1))
			switch {
			case err == nil:
				L.Push(v)
				return 1
			case in.dialect.raisesDecode:
				decl.Raise(L, err.Error())
			}
			return decl.Fail(L, err)
		},
	}
	if !in.dialect.raisesDecode {
		r.Fails = []string{decl.Malformed}
	}
	return r
}

func (in instance) encode() decl.Function {
	name := in.dialect.name + ".encode"
	return decl.Raw{
		Name: "encode",
		Doc: "Write a value as JSON. A table whose keys are 1 to n is an array, any other is an object; what JSON has no " +
			"form for raises.",
		Why:     "takes any value",
		Params:  []decl.Param{{Name: "value", Type: "any", Doc: "tables, strings, numbers, booleans, u64, null; addresses as text"}},
		Options: decl.OptionParams(layout{}),
		Results: []decl.Param{{Name: "text", Type: "string", Doc: "one line, unless indent is given"}},
		Example: in.dialect.example(`$.encode{1, "two", {three = 3}} --> '[1,"two",{"three":3}]'`),
		Run: func(L *lua.LState) int {
			if L.GetTop() == 0 {
				decl.RaiseArg(L, 1, name, "value expected")
			}
			var l layout
			decl.Options(L, name, 2, &l)
			text, err := encode(L, in.config(L), l, L.Get(1))
			switch {
			case err == nil:
				L.Push(lua.LString(text))
				return 1
			case in.dialect.safeEncode:
				return decl.Fail(L, err)
			}
			decl.Raise(L, err.Error())
			return 0
		},
	}
}

func (in instance) new() decl.Function {
	return decl.Raw{
		Name:    "new",
		Doc:     "A module of the same functions with settings of its own, as they were in the beginning.",
		Why:     "makes a module",
		Results: []decl.Param{{Name: "module", Type: in.dialect.name, Doc: "independent of this one"}},
		Example: in.dialect.example(`$.new().encode{} --> "{}"`),
		Run: func(L *lua.LState) int {
			m := &decl.Module{Name: in.dialect.name, Funcs: functions(separate(in.dialect)), Setup: addValues}
			L.Push(m.Table(L))
			return 1
		},
	}
}

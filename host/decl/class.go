package decl

import (
	"reflect"

	lua "github.com/yuin/gopher-lua"
)

// classes is what one state knows of classes; it lives in the state's registry.
type classes struct {
	declared  map[reflect.Type]*Class      // by Preload, maybe not installed yet
	metas     map[reflect.Type]*lua.LTable // installed
	methods   map[reflect.Type]*lua.LTable // of those
	shortcuts map[*lua.LTable]*Shortcuts   // by metatable
}

const classesKey = "moonwire.classes"

func classesOf(L *lua.LState) *classes {
	registry := L.G.Registry
	if ud, ok := registry.RawGetString(classesKey).(*lua.LUserData); ok {
		return ud.Value.(*classes)
	}
	c := &classes{map[reflect.Type]*Class{}, map[reflect.Type]*lua.LTable{}, map[reflect.Type]*lua.LTable{}, map[*lua.LTable]*Shortcuts{}}
	registry.RawSetString(classesKey, &lua.LUserData{Value: c})
	return c
}

// Preload makes modules available to require, and their classes to every binding's results.
func Preload(L *lua.LState, modules []*Module) {
	known := classesOf(L)
	for _, m := range modules {
		L.PreloadModule(m.Name, m.Loader)
		for _, alias := range m.Aliases {
			L.PreloadModule(alias, m.Loader)
		}
		for _, c := range m.Classes {
			known.declared[c.Type] = c
		}
	}
}

// Metatable is the metatable of a class's userdata, made at its first use; nil when no module declares the type.
func Metatable(L *lua.LState, t reflect.Type) *lua.LTable {
	known := classesOf(L)
	if meta, ok := known.metas[t]; ok {
		return meta
	}
	if c, ok := known.declared[t]; ok {
		return c.install(L)
	}
	return nil
}

// ClassOf is the class of a userdata's value; nil when no module declares it.
func ClassOf(L *lua.LState, ud *lua.LUserData) *Class {
	return classesOf(L).declared[reflect.TypeOf(ud.Value)]
}

// NewUserData wraps v in userdata with the metatable of its class.
func NewUserData(L *lua.LState, v any) *lua.LUserData {
	ud := &lua.LUserData{Value: v, Env: L.Env}
	if meta := Metatable(L, reflect.TypeOf(v)); meta != nil {
		ud.Metatable = meta
	}
	h, closes := v.(Handle)
	if _, lasts := v.(Lasting); closes && !lasts {
		HostOf(L).CloseWhenLost(ud, h)
	}
	return ud
}

// install makes the class's metatable in L, once.
func (c *Class) install(L *lua.LState) *lua.LTable {
	known := classesOf(L)
	if meta, ok := known.metas[c.Type]; ok {
		return meta
	}
	meta := L.CreateTable(0, 2+len(c.Meta))
	known.metas[c.Type] = meta
	methods := L.CreateTable(0, len(c.Methods))
	for _, f := range c.Methods {
		methods.RawSetString(f.Record().Name, L.NewFunction(f.Bind(c.Name)))
	}
	known.methods[c.Type] = methods
	meta.RawSetString("__index", methods)
	if c.Index != nil || c.Nth != nil {
		meta.RawSetString("__index", L.NewFunction(c.index(methods)))
	}
	meta.RawSetString("__name", lua.LString(c.Name))
	if c.Hint != "" {
		meta.RawSetString("__hint", lua.LString(c.Hint))
	}
	for name, f := range c.Meta {
		meta.RawSetString(name, L.NewFunction(f))
	}
	c.shorten(known, meta, methods)
	return meta
}

// index finds methods first, then what Index and Nth answer.
func (c *Class) index(methods *lua.LTable) lua.LGFunction {
	return func(L *lua.LState) int {
		ud := L.CheckUserData(1)
		var v lua.LValue = lua.LNil
		switch key := L.Get(2).(type) {
		case lua.LString:
			if v = methods.RawGetString(string(key)); v == lua.LNil && c.Index != nil {
				v, _ = c.Index(L, ud.Value, string(key))
			}
		case lua.LNumber:
			if c.Nth != nil {
				v, _ = c.Nth(L, ud.Value, int(key))
			}
		}
		if v == nil {
			v = lua.LNil
		}
		L.Push(v)
		return 1
	}
}

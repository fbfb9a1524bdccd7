package decl

import (
	"reflect"

	lua "github.com/yuin/gopher-lua"
)

// Loader is the module's entry for package.preload.
func (m *Module) Loader(L *lua.LState) int {
	L.Push(m.Table(L))
	return 1
}

// Table builds the module's table in L.
func (m *Module) Table(L *lua.LState) *lua.LTable {
	t := L.CreateTable(0, len(m.Funcs)+len(m.Consts))
	for _, c := range m.Classes {
		c.install(L)
	}
	for _, f := range m.Funcs {
		name := f.Record().Name
		t.RawSetString(name, L.NewFunction(f.Bind(m.Name)))
	}
	for _, c := range m.Consts {
		t.RawSetString(c.Name, constant(L, c.Value))
	}
	if m.Call != nil {
		meta := L.CreateTable(0, 1)
		meta.RawSetString("__call", L.NewFunction(dropSelf(m.Call.Bind(m.Name))))
		t.Metatable = meta
	}
	if m.Setup != nil {
		m.Setup(L, t)
	}
	return t
}

// dropSelf removes the module table that __call puts first.
func dropSelf(f lua.LGFunction) lua.LGFunction {
	return func(L *lua.LState) int {
		L.Remove(1)
		return f(L)
	}
}

// metaKey is where the registry keeps a Go type's metatable.
func metaKey(t reflect.Type) string { return "moonwire " + t.PkgPath() + "|" + t.String() }

// install makes the class's metatable in L, once.
func (c *Class) install(L *lua.LState) *lua.LTable {
	meta := L.NewTypeMetatable(metaKey(c.Type))
	methods := L.CreateTable(0, len(c.Methods))
	for _, f := range c.Methods {
		methods.RawSetString(f.Record().Name, L.NewFunction(f.Bind(c.Name)))
	}
	if c.Index == nil {
		meta.RawSetString("__index", methods)
	} else {
		meta.RawSetString("__index", L.NewFunction(c.index(methods)))
	}
	meta.RawSetString("__name", lua.LString(c.Name))
	for name, f := range c.Meta {
		meta.RawSetString(name, L.NewFunction(f))
	}
	return meta
}

func (c *Class) index(methods *lua.LTable) lua.LGFunction {
	return func(L *lua.LState) int {
		ud, key := L.CheckUserData(1), L.Get(2)
		if m := methods.RawGet(key); m != lua.LNil {
			L.Push(m)
			return 1
		}
		if s, ok := key.(lua.LString); ok {
			if v, ok := c.Index(L, ud.Value, string(s)); ok {
				L.Push(v)
				return 1
			}
		}
		L.Push(lua.LNil)
		return 1
	}
}

// NewUserData wraps v in userdata with the metatable of its class, which must be installed in L.
func NewUserData(L *lua.LState, v any) *lua.LUserData {
	ud := L.NewUserData()
	ud.Value = v
	ud.Metatable = L.GetTypeMetatable(metaKey(reflect.TypeOf(v)))
	return ud
}

func constant(L *lua.LState, v any) lua.LValue {
	switch v := v.(type) {
	case lua.LValue:
		return v
	case string:
		return lua.LString(v)
	case bool:
		return lua.LBool(v)
	case int:
		return lua.LNumber(v)
	case float64:
		return lua.LNumber(v)
	}
	panic("decl: constant of unknown type " + reflect.TypeOf(v).String())
}

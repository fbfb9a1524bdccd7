package decl

import lua "github.com/yuin/gopher-lua"

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
		t.RawSetString(f.Record().Name, L.NewFunction(f.Bind(m.Name)))
	}
	for _, c := range m.Consts {
		t.RawSetString(c.Name, Push(L, c.Value))
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

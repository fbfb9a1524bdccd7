package decl

import lua "github.com/yuin/gopher-lua"

// NameOf is a function's name in its module or class, as "link.open" and "udp:send"; "" when no module that is loaded has
// it.
func NameOf(L *lua.LState, fn *lua.LFunction) string {
	known := classesOf(L)
	for t, meta := range known.metas {
		class, _ := meta.RawGetString("__name").(lua.LString)
		for _, entries := range []*lua.LTable{meta, known.methods[t]} {
			if name := entryOf(entries, fn); name != "" {
				return string(class) + ":" + name
			}
		}
	}
	loaded, ok := L.GetField(L.G.Registry, "_LOADED").(*lua.LTable)
	if !ok {
		return ""
	}
	found := ""
	loaded.ForEach(func(module, v lua.LValue) {
		t, ok := v.(*lua.LTable)
		if !ok || found != "" || module == lua.LString("_G") {
			return
		}
		if name := entryOf(t, fn); name != "" {
			found = module.String() + "." + name
		}
	})
	return found
}

// entryOf is the key that has fn in a table.
func entryOf(t *lua.LTable, fn *lua.LFunction) string {
	found := ""
	t.ForEach(func(k, v lua.LValue) {
		if name, ok := k.(lua.LString); ok && v == lua.LValue(fn) {
			found = string(name)
		}
	})
	return found
}

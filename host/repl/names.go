package repl

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// preload makes every module whose name can be a variable's a global.
func (s *session) preload(L *lua.LState) {
	for _, m := range s.library.Modules() {
		if strings.Contains(m.Name, ".") || L.GetGlobal(m.Name) != lua.LNil {
			continue
		}
		err := L.CallByParam(lua.P{Fn: L.GetGlobal("require"), NRet: 1, Protect: true}, lua.LString(m.Name))
		if err != nil {
			fmt.Fprintf(s.errs, "module %s can't be loaded: %v\n", m.Name, err)
			continue
		}
		L.SetGlobal(m.Name, L.Get(-1))
		L.Pop(1)
	}
}

// loaded are the modules that were required, by name.
func loaded(L *lua.LState) map[string]*lua.LTable {
	all := map[string]*lua.LTable{}
	if t, ok := L.GetField(L.Get(lua.RegistryIndex), "_LOADED").(*lua.LTable); ok {
		t.ForEach(func(k, v lua.LValue) {
			if m, ok := v.(*lua.LTable); ok {
				all[k.String()] = m
			}
		})
	}
	return all
}

// nameOf finds what a function or table is called in the modules that are loaded, among the globals, or among the
// session's locals: "socket.tcp", "socket.dns.toip", "tcp:send", "print"; "" when it has no name there.
func (s *session) nameOf(L *lua.LState, v lua.LValue) string {
	modules := loaded(L)
	globals := modules["_G"]
	delete(modules, "_G")      // a global may be another name of a module's function
	delete(modules, "package") // lists all modules
	for _, name := range slices.Sorted(maps.Keys(modules)) {
		if v == modules[name] {
			return name
		}
		if found := nameIn(modules[name], v, true); found != "" {
			return name + "." + found
		}
	}
	if name := nameIn(globals, v, false); name != "" {
		return name
	}
	if name := s.methodName(L, v); name != "" {
		return name
	}
	for name, u := range s.locals {
		if u.Value() == v && name != "_" {
			return name
		}
	}
	return ""
}

// nameIn finds a value among a table's fields, and, when deep, among those of the tables in it.
func nameIn(t *lua.LTable, v lua.LValue, deep bool) string {
	found := ""
	t.ForEach(func(k, field lua.LValue) {
		name, ok := k.(lua.LString)
		if !ok || found != "" {
			return
		}
		if field == v {
			found = string(name)
		} else if inner, ok := field.(*lua.LTable); ok && deep {
			if below := nameIn(inner, v, false); below != "" {
				found = string(name) + "." + below
			}
		}
	})
	return found
}

// methodName finds a function among the methods of the classes.
func (s *session) methodName(L *lua.LState, v lua.LValue) string {
	for _, m := range s.library.Modules() {
		for _, c := range m.Classes {
			if c.Type == nil {
				continue
			}
			for _, f := range c.Methods {
				name := f.Record().Name
				if methodsOf(L, c).RawGetString(name) == v {
					return c.Name + ":" + name
				}
			}
		}
	}
	return ""
}

// methodsOf is the table that holds a class's methods, empty where the class keeps it to itself.
func methodsOf(L *lua.LState, c *decl.Class) *lua.LTable {
	if meta := decl.Metatable(L, c.Type); meta != nil {
		if t, ok := meta.RawGetString("__index").(*lua.LTable); ok {
			return t
		}
	}
	return &lua.LTable{}
}

// classOf is what the records know of a userdata's class, nil when nothing.
func (s *session) classOf(ud *lua.LUserData) *decl.Class {
	for _, m := range s.library.Modules() {
		for _, c := range m.Classes {
			if c.Type != nil && c.Type == reflect.TypeOf(ud.Value) {
				return c
			}
		}
	}
	return nil
}

// naming is how results name functions.
func (s *session) naming(L *lua.LState) func(lua.LValue) string {
	return func(v lua.LValue) string {
		fn, ok := v.(*lua.LFunction)
		if !ok {
			return ""
		}
		if name := s.nameOf(L, fn); name != "" {
			return "function " + name
		}
		if !fn.IsG {
			return "function <" + site(fn) + ">"
		}
		return ""
	}
}

// site is where a Lua function is defined.
func site(fn *lua.LFunction) string {
	return fmt.Sprintf("%s:%d", strings.TrimLeft(fn.Proto.SourceName, "@="), fn.Proto.LineDefined)
}

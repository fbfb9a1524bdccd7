package machine

import (
	"unsafe"

	"moonwire/host/decl"

	lua "github.com/yuin/gopher-lua"
)

// known is what a machine found out about a metatable: the shortcuts of its class, nil for none. The metatable is kept by
// its address only, so that it may be collected; one with shortcuts lives as long as its state.
type known struct {
	meta      uintptr
	age       uint
	shortcuts *decl.Shortcuts
}

// knownTables is how many metatables a machine remembers at once.
const knownTables = 64

// shortcuts are those of v's class, nil when it has none. A hook wants to see the calls that they save.
func (m *Machine) shortcuts(L *lua.LState, v *lua.LUserData) *decl.Shortcuts {
	meta, ok := v.Metatable.(*lua.LTable)
	if !ok || m.hook != nil {
		return nil
	}
	at := uintptr(unsafe.Pointer(meta))
	k := &m.known[at/unsafe.Sizeof(table{})%knownTables]
	if k.meta != at || k.age != m.age {
		*k = known{at, m.age, decl.ShortcutsOf(L, meta)}
	}
	return k.shortcuts
}

// changed makes machines look again at the metatables they know, when a field of that name was set in some table.
func changed(L *lua.LState, name string) {
	if len(name) > 2 && name[0] == '_' && name[1] == '_' {
		if m := Of(L); m != nil {
			m.age++
		}
	}
}

// get is v.name by a shortcut; nil when there is none.
func (m *Machine) get(L *lua.LState, v *lua.LUserData, key lua.LValue) lua.LValue {
	s := m.shortcuts(L, v)
	if s == nil {
		return nil
	}
	name, ok := key.(lua.LString)
	if !ok {
		return nil
	}
	if s.Get != nil {
		if value, n, ok := s.Get(v.Value, string(name)); ok {
			if value == nil {
				value = m.box(float64(n))
			}
			return value
		}
	}
	if s.Methods != nil {
		if value := tableOf(s.Methods).getString(string(name)); value != lua.LNil {
			return value
		}
	}
	return nil
}

// set is v.name = value by a shortcut; false when there is none.
func (m *Machine) set(L *lua.LState, v *lua.LUserData, key, value lua.LValue) bool {
	if list, ok := v.Value.(*decl.Listing); ok {
		list.Set(key, value)
		return true
	}
	s := m.shortcuts(L, v)
	if s == nil || s.Set == nil {
		return false
	}
	name, ok := key.(lua.LString)
	return ok && s.Set(v.Value, string(name), value)
}

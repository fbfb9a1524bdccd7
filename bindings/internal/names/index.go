package names

import (
	lua "github.com/yuin/gopher-lua"

	"moonwire/host/mib"
)

// Index is a decoded index as scripts get it, by name and by position: numbers where no enumeration names them, else text.
func Index(L *lua.LState, parts []mib.Part) *lua.LTable {
	t := L.CreateTable(len(parts), len(parts))
	for i, p := range parts {
		v := lua.LValue(lua.LString(p.Text()))
		if s := p.Syntax; s == nil || s.Base.Number() && s.EnumName(p.Number) == "" {
			v = lua.LNumber(p.Number)
		}
		t.RawSetInt(i+1, v)
		t.RawSetString(p.Name, v)
	}
	return t
}

package vm

import (
	"io/fs"

	lua "github.com/yuin/gopher-lua"
)

// Script is what a script may ask about its own run.
type Script struct {
	Name    string         // file or title, as messages call it
	Args    map[string]any // parsed by the header's grammar: string, float64, bool, []any
	Argv    []string       // its own words on the command line
	Command []string       // the words before those, the script's name last
	Iface   string         // the interface it should use; "": the first one that is up
	Data    fs.FS          // the files that come with it; nil: none

	Lab func(L *lua.LState) lua.LValue // the lab it runs in; nil: none
}

// openArg sets the global arg as the reference interpreter does: the script's own words from 1 on, its name at 0, what
// stood before at negative indices.
func (rt *Runtime) openArg() {
	s := rt.opt.Script
	if rt.opt.Restricted && len(s.Command) > 1 {
		s.Command = s.Command[len(s.Command)-1:] // what moonwire was told is no business of the script's
	}
	t := rt.base.CreateTable(len(s.Argv), len(s.Command))
	for i, word := range s.Argv {
		t.RawSetInt(i+1, lua.LString(word))
	}
	for i, word := range s.Command {
		t.RawSetInt(i+1-len(s.Command), lua.LString(word))
	}
	rt.base.SetGlobal("arg", t)
}

// Package callback calls functions that a script has given to a server, in the task that serves.
package callback

import (
	"fmt"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// A Script is a script's part in its server. Errors of its functions are reported and counted; the server goes on.
type Script struct {
	Name    string            // of the server
	OnError func(text string) // counts an error of a function

	state   *lua.LState // that functions are called in, while it serves
	pcall   lua.LValue
	serving bool
}

// New makes the part of a script in a server that it is about to make.
func New(L *lua.LState) Script { return Script{pcall: L.GetGlobal("pcall")} }

// String is the server's name.
func (s *Script) String() string { return s.Name }

// State is where functions are called.
func (s *Script) State() *lua.LState { return s.state }

// SetState is called before functions are: who serves may be another task each time.
func (s *Script) SetState(L *lua.LState) { s.state = L }

// Begin is called when a task begins to serve, which only one may; the function that it returns, when it ends. name is the
// method's.
func (s *Script) Begin(L *lua.LState, name string) (end func()) {
	if s.serving {
		decl.Raisef(L, "%s: another task serves already", name)
	}
	s.serving = true
	return func() { s.serving = false }
}

// Call calls a function and returns its first results, as many as are asked for. An error in it is reported and counted.
func (s *Script) Call(f *lua.LFunction, results int, args ...lua.LValue) ([]lua.LValue, bool) {
	L := s.state
	L.CallByParam(lua.P{Fn: s.pcall, NRet: results + 1}, append([]lua.LValue{f}, args...)...)
	values := make([]lua.LValue, results+1)
	for i := range values {
		values[i] = L.Get(i - len(values))
	}
	L.Pop(len(values))
	if !lua.LVAsBool(values[0]) {
		s.Complain(L.ToStringMeta(values[1]).String())
		return nil, false
	}
	return values[1:], true
}

// Complain reports an error of the script.
func (s *Script) Complain(text string) {
	s.OnError(text)
	fmt.Fprintf(decl.HostOf(s.state).Stderr(), "moonwire: %s: %s\n", s.Name, text)
}

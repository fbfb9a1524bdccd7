package dhcpserver

import (
	"fmt"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/dhcp/lease"
)

// A Script is a script's part in its server: the functions it has given, which are called in the task that serves.
type Script struct {
	Name    string            // of the server
	HasSay  bool              // some function has a say in answers
	OnError func(text string) // counts an error of a function

	state   *lua.LState // that functions are called in, while it serves
	pcall   lua.LValue
	serving bool
}

// NewScript makes the part of a script in a server that it is about to make.
func NewScript(L *lua.LState) Script { return Script{pcall: L.GetGlobal("pcall")} }

// String is the server's name.
func (s *Script) String() string { return s.Name }

// State is where functions are called.
func (s *Script) State() *lua.LState { return s.state }

// Call calls a function with a message and its peer. An error in it is reported and counted.
func (s *Script) Call(f *lua.LFunction, message, peer any) (lua.LValue, bool) {
	L := s.state
	L.CallByParam(lua.P{Fn: s.pcall, NRet: 2}, f, decl.NewUserData(L, message), decl.NewUserData(L, peer))
	ok, v := L.Get(-2), L.Get(-1)
	L.Pop(2)
	if !lua.LVAsBool(ok) {
		s.complain(L.ToStringMeta(v).String())
		return nil, false
	}
	return v, true
}

// Asks is a function's say about a client: in a class, met by a fault.
func (s *Script) Asks(f *lua.LFunction, message, peer any) bool {
	v, ok := s.Call(f, message, peer)
	return ok && lua.LVAsBool(v)
}

// A Verdict is a handler's question and what becomes of its answer.
type Verdict[A any] struct {
	Handler       *lua.LFunction
	Of            fmt.Stringer // the type of message that it is for
	Message, Peer any
	Own           func() A                    // the server's answer, which stands when the handler fails
	Read          func(lua.LValue) (A, error) // makes an answer of what the handler returned
}

// Ask calls a handler.
func Ask[A any](s *Script, v Verdict[A]) A {
	result, ok := s.Call(v.Handler, v.Message, v.Peer)
	if !ok {
		return v.Own()
	}
	a, err := v.Read(result)
	if err != nil {
		s.complain(fmt.Sprintf("the handler of %s returned %s", v.Of, err))
		return v.Own()
	}
	return a
}

// complain reports an error of the script.
func (s *Script) complain(text string) {
	s.OnError(text)
	fmt.Fprintf(decl.HostOf(s.state).Stderr(), "moonwire: %s: %s\n", s.Name, text)
}

// Recovered tells of a lease file that was not whole.
func (s *Script) Recovered(host decl.Host, r lease.Recovery, file string) {
	if r.Torn == 0 && len(r.Problems) == 0 {
		return
	}
	var parts []string
	if r.Torn > 0 {
		parts = append(parts, fmt.Sprintf("cut off %d bytes of an unfinished line at its end", r.Torn))
	}
	fmt.Fprintf(host.Stderr(), "moonwire: %s: %s: %s\n", s.Name, file, strings.Join(append(parts, r.Problems...), "; "))
}

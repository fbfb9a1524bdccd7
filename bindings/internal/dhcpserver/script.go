package dhcpserver

import (
	"fmt"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/callback"
	"moonwire/host/decl"
	"moonwire/host/dhcp/lease"
)

// A Script is a script's part in its server: the functions it has given, which are called in the task that serves.
type Script struct {
	callback.Script
	HasSay bool // some function has a say in answers
}

// NewScript makes the part of a script in a server that it is about to make.
func NewScript(L *lua.LState) Script { return Script{Script: callback.New(L)} }

// Call calls a function with a message and its peer. An error in it is reported and counted.
func (s *Script) Call(f *lua.LFunction, message, peer any) (lua.LValue, bool) {
	values, ok := s.Script.Call(f, 1, decl.NewUserData(s.State(), message), decl.NewUserData(s.State(), peer))
	if !ok {
		return nil, false
	}
	return values[0], true
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
		s.Complain(fmt.Sprintf("the handler of %s returned %s", v.Of, err))
		return v.Own()
	}
	return a
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

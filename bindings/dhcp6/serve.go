package dhcp6

import (
	"fmt"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/dhcpserver"
	"moonwire/host/decl"
	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/server6"
)

// serve is server:serve(opts).
func serve(L *lua.LState) int {
	s := theServer(L, "serve")
	return dhcpserver.Serve(L, "dhcp6.server:serve", s.Server, &s.Script, s.handle)
}

// handle asks the script about a message.
func (s *server) handle(m *server6.Request) {
	f := s.handlers.Of(m.Type())
	if f == nil || m.Dropped() != nil {
		s.Put(m, s.Answer(m))
		return
	}
	p := &peer{Request: m, server: s}
	s.Put(m, dhcpserver.Ask(&s.Script, dhcpserver.Verdict[*server6.Answer]{Handler: f, Of: m.Type(), Message: m.Message, Peer: p, Own: p.own, Read: p.verdict}))
}

// asks is a function's say about a client: in a class, met by a fault.
func (s *server) asks(f *lua.LFunction, r *server6.Request) bool {
	return s.Asks(f, r.Message, &peer{Request: r, server: s})
}

// verdict makes an answer of what a handler returned.
func (p *peer) verdict(v lua.LValue) (*server6.Answer, error) {
	switch v := v.(type) {
	case *lua.LNilType:
		return p.own(), nil
	case lua.LBool:
		if !bool(v) {
			return server6.Silence(), nil
		}
	case *lua.LUserData:
		if m, ok := v.Value.(*dhcp6.Message); ok {
			return server6.Reply(m), nil
		}
	case *lua.LTable:
		return p.change(v)
	}
	return nil, fmt.Errorf("nil, false, a message or a table expected, got %s", decl.TypeName(v))
}

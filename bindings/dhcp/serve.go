package dhcp

import (
	"fmt"
	"net/netip"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/dhcpserver"
	"moonwire/host/decl"
	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/server4"
)

// serve is server:serve(opts).
func serve(L *lua.LState) int {
	s := theServer(L, "serve")
	return dhcpserver.Serve(L, "dhcp.server:serve", s.Server, &s.Script, s.handle)
}

// handle asks the script about a message.
func (s *server) handle(m *server4.Request) {
	f := s.handlers.Of(m.Type())
	if f == nil || m.Dropped() != nil {
		s.Put(m, s.Answer(m))
		return
	}
	p := &peer{Request: m, server: s}
	s.Put(m, dhcpserver.Ask(&s.Script, dhcpserver.Verdict[*server4.Answer]{Handler: f, Of: m.Type(), Message: m.Message, Peer: p, Own: p.own, Read: p.verdict}))
}

// asks is a function's say about a client: in a class, met by a fault.
func (s *server) asks(f *lua.LFunction, r *server4.Request) bool {
	return s.Asks(f, r.Message, &peer{Request: r, server: s})
}

// verdict makes an answer of what a handler returned.
func (p *peer) verdict(v lua.LValue) (*server4.Answer, error) {
	switch v := v.(type) {
	case *lua.LNilType:
		return p.own(), nil
	case lua.LBool:
		if !bool(v) {
			return server4.Silence(), nil
		}
	case *lua.LUserData:
		if m, ok := v.Value.(*dhcp4.Message); ok {
			return server4.Reply(m), nil
		}
	case *lua.LTable:
		return p.change(v)
	}
	return nil, fmt.Errorf("nil, false, a message or a table expected, got %s", decl.TypeName(v))
}

// change is what a handler's table says.
type change struct {
	Delay   time.Duration `lua:"delay?" doc:"seconds until the answer leaves"`
	NAK     *string       `lua:"nak?" doc:"refuse, with this reason"`
	Options *lua.LTable   `lua:"options?" doc:"options to set, by name or code; false removes"`
	YIAddr  netip.Addr    `lua:"yiaddr?" doc:"the address to give"`
}

// change changes the server's own answer.
func (p *peer) change(t *lua.LTable) (*server4.Answer, error) {
	var c change
	if err := decl.Read(p.server.State(), t, &c); err != nil {
		return nil, err
	}
	if c.NAK != nil {
		a := p.server.Refusal(p.Request, *c.NAK)
		a.Delay = c.Delay
		return a, nil
	}
	a := p.own()
	a.Delay += c.Delay
	if a.Message == nil {
		return a, nil
	}
	if c.YIAddr.IsValid() {
		a.Message.YIAddr = c.YIAddr
		a.Script()
	}
	if c.Options == nil {
		return a, nil
	}
	a.Script()
	var err error
	decl.Each(c.Options, func(k, v lua.LValue) {
		code, bad := optionCode(k)
		if bad == nil && v != lua.LFalse {
			var data []byte
			if data, bad = optionData(code, v); bad == nil {
				server4.Set(a.Message, code, data)
			}
		} else if bad == nil {
			a.Message.Set(code, nil)
		}
		if bad != nil && err == nil {
			err = fmt.Errorf("option %s: %w", k, bad)
		}
	})
	return a, err
}

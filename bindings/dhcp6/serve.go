package dhcp6

import (
	"errors"
	"fmt"
	"net"
	"os"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/server6"
)

// serveOptions are server:serve's.
type serveOptions struct {
	Count   *int           `lua:"count?" range:"0.." doc:"messages to answer or drop; else no limit"`
	Timeout *time.Duration `lua:"timeout?" doc:"how long in all, in seconds; else no limit"`
}

// serve is server:serve(opts).
func serve(L *lua.LState) int {
	s := theServer(L, "serve")
	var o serveOptions
	decl.Options(L, "dhcp6.server:serve", 2, &o)
	if s.serving {
		decl.Raise(L, "dhcp6.server:serve: another task serves already")
	}
	s.serving = true
	defer func() { s.serving = false }()
	run := run{server: s, L: L, left: -1}
	if o.Count != nil {
		run.left = *o.Count
	}
	if o.Timeout != nil {
		run.until = s.Now().Add(*o.Timeout)
	}
	if err := run.all(); err != nil {
		return decl.Fail(L, fmt.Errorf("dhcp6.server:serve: %w", err))
	}
	L.Push(lua.LNumber(run.done))
	return 1
}

// A run is one call of serve.
type run struct {
	*server
	L     *lua.LState
	until time.Time
	left  int // messages; negative: no limit
	done  int
}

// all serves until its end: a time, a number of messages, or the server's.
func (r *run) all() error {
	for r.left != 0 {
		var list []*server6.Request
		err := decl.HostOf(r.L).BlockOn(r.L, r.Server, func() (err error) {
			list, err = r.receive()
			return err
		})
		switch {
		case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, net.ErrClosed):
			return nil
		case err != nil:
			return err
		}
		r.script = r.L
		for _, m := range list {
			r.handle(m)
		}
		r.counted(len(list))
	}
	return decl.HostOf(r.L).BlockOn(r.L, r.Server, func() error {
		r.Flush()
		return nil
	})
}

// receive waits for messages that the script has a say in; others are answered here.
func (r *run) receive() ([]*server6.Request, error) {
	for {
		list, err := r.Receive(r.until, r.left)
		if err != nil || r.scripted {
			return list, err
		}
		for _, m := range list {
			r.Put(m, r.Answer(m))
		}
		r.counted(len(list))
		if r.left == 0 || !r.until.IsZero() && !r.Now().Before(r.until) {
			r.Flush()
			return nil, os.ErrDeadlineExceeded
		}
	}
}

func (r *run) counted(n int) {
	r.done += n
	if r.left > 0 {
		r.left = max(0, r.left-n)
	}
}

// handle asks the script about a message.
func (r *run) handle(m *server6.Request) {
	f := r.handlers.of(m.Type())
	if f == nil || m.Dropped() != nil {
		r.Put(m, r.Answer(m))
		return
	}
	p := &peer{Request: m, server: r.server}
	v, ok := r.call(f, p)
	if !ok {
		r.Put(m, p.own())
		return
	}
	a, err := p.verdict(v)
	if err != nil {
		r.complain(fmt.Sprintf("the handler of %s returned %s", m.Type(), err))
		a = p.own()
	}
	r.Put(m, a)
}

// call calls a function of the script with a message and its peer. An error in it is reported and counted.
func (s *server) call(f *lua.LFunction, p *peer) (lua.LValue, bool) {
	L := s.script
	L.CallByParam(lua.P{Fn: s.pcall, NRet: 2}, f, decl.NewUserData(L, p.Message), decl.NewUserData(L, p))
	ok, v := L.Get(-2), L.Get(-1)
	L.Pop(2)
	if !lua.LVAsBool(ok) {
		s.complain(L.ToStringMeta(v).String())
		return nil, false
	}
	return v, true
}

// asks is a function's say about a client: in a class, met by a fault.
func (s *server) asks(f *lua.LFunction, r *server6.Request) bool {
	v, ok := s.call(f, &peer{Request: r, server: s})
	return ok && lua.LVAsBool(v)
}

// complain reports an error of the script.
func (s *server) complain(text string) {
	s.CountError()
	fmt.Fprintf(decl.HostOf(s.script).Stderr(), "moonwire: %s: %s\n", s.name, text)
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

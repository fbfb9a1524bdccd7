package socket

import (
	"context"
	"net/netip"
	"syscall"

	"moonwire/host/decl"
	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

// An endpoint is an address that a name resolved to.
type endpoint struct {
	family string // "inet" or "inet6"
	addr   netip.AddrPort
}

// bindMethod is sock:bind(address, port).
func bindMethod(L *lua.LState) int {
	s := tcp.check(L, master)
	address, port := checkString(L, 2), checkString(L, 3)
	err := s.bind(L, address, port, s.family)
	if s.watched() {
		s.tell(L, ended("bind", err))
	}
	if err != nil {
		return refuse(L, err)
	}
	return done(L)
}

// bind tries the addresses of a name until one can be bound.
func (s *stream) bind(L *lua.LState, address, port, family string) error {
	ends, err := resolve(L, hints{host: address, service: port, family: family, socktype: "stream", passive: true})
	if err != nil {
		return err
	}
	current := s.family
	for _, e := range ends {
		if err = s.settle(L, &current, e.family); err != nil {
			continue
		}
		if err = s.d.stream.Bind(decl.HostOf(L).Context(), e.addr.String()); err == nil {
			s.family = current
			return nil
		}
	}
	return err
}

// settle gives s a descriptor of the wanted family; one of another family is given up.
func (s *stream) settle(L *lua.LState, current *string, family string) error {
	if *current == family && s.d != nil && s.d.stream != nil {
		return nil
	}
	s.drop(L)
	if err := s.create(L, family); err != nil {
		return err
	}
	*current = family
	return nil
}

// connectMethod is sock:connect(address, port). The object is a client afterwards, connected or not.
func connectMethod(L *lua.LState) int {
	s := tcp.stream(L)
	address, port := checkString(L, 2), checkString(L, 3)
	err := s.connect(L, address, port)
	s.become(L.Get(1).(*lua.LUserData), tcp.classes[client])
	if err != nil {
		return refuse(L, err)
	}
	return done(L)
}

// connect tries the addresses of a name until one answers. Without time to wait the first attempt is left under way.
func (s *stream) connect(L *lua.LState, address, port string) error {
	ends, err := resolve(L, hints{host: address, service: port, family: s.family, socktype: "stream"})
	if err != nil {
		return err
	}
	current := s.family
	for _, e := range ends {
		if s.d != nil && s.d.stream == nil && current == e.family {
			return syscall.EISCONN
		}
		if err = s.settle(L, &current, e.family); err != nil {
			continue
		}
		err = s.connectTo(L, e.addr.String())
		if err == nil || s.tm.block == 0 {
			s.family = current
			return err
		}
	}
	return err
}

// connectTo connects the descriptor that s has.
func (s *stream) connectTo(L *lua.LState, addr string) error {
	lim, d := s.begin(L), s.d
	var conn network.Conn
	err := decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
		ctx, free := lim.context(ctx)
		defer free()
		conn, err = d.stream.Connect(ctx, addr)
		return err
	})
	if conn != nil {
		d.conn = conn
	}
	if s.watched() {
		s.tell(L, network.Call{Name: "connect", Class: s.class.kind.classes[client].name, Err: textOr(err),
			Here: addressText(d.socket.LocalAddr()), Peer: addr})
	}
	return err
}

// connectFunc is socket.connect(address, port [, local address [, local port [, family]]]).
func connectFunc(L *lua.LState) int {
	address, port := checkString(L, 1), checkString(L, 2)
	local, localPort := optString(L, 3, ""), optString(L, 4, "0")
	family := families[checkOption(L, 5, "unspec", families...)]
	s, ud := newStream(L, libraryOf(L), tcp.classes[client], "unspec")
	var err error
	if L.Get(3) != lua.LNil {
		err = s.bind(L, local, localPort, family)
	}
	if err == nil {
		err = s.connect(L, address, port)
	}
	if err != nil {
		s.drop(L)
		return refuse(L, err)
	}
	L.Push(ud)
	return 1
}

// families are LuaSocket's words for address families.
var families = []string{"unspec", "inet", "inet6"}

// connectFamily is socket.connect4 and socket.connect6.
func connectFamily(family string) lua.LGFunction {
	return func(L *lua.LState) int {
		for L.GetTop() < 4 {
			L.Push(lua.LNil)
		}
		L.SetTop(4)
		L.Push(lua.LString(family))
		return connectFunc(L)
	}
}

// bindFunc is socket.bind(host, port [, backlog]): a listening socket.
func bindFunc(L *lua.LState) int {
	host, port := checkString(L, 1), checkString(L, 2)
	backlog := int(optNumber(L, 3, 32))
	if host == "*" {
		host = "0.0.0.0"
	}
	ends, err := resolve(L, hints{host: host, service: "*", family: "unspec", socktype: "stream"})
	if err != nil {
		return refuse(L, err)
	}
	for _, e := range ends {
		s, ud := newStream(L, libraryOf(L), tcp.classes[master], e.family)
		if err = s.create(L, e.family); err != nil {
			return refuse(L, err)
		}
		if err = s.bindAndListen(L, e.addr.Addr().String(), port, backlog); err == nil {
			s.become(ud, tcp.classes[server])
			L.Push(ud)
			return 1
		}
		s.drop(L)
	}
	return refuse(L, err)
}

func (s *stream) bindAndListen(L *lua.LState, address, port string, backlog int) error {
	s.d.stream.SetOption("reuseaddr", true)
	err := s.bind(L, address, port, s.family)
	if s.watched() {
		s.tell(L, ended("bind", err))
	}
	if err != nil {
		return err
	}
	return s.listen(L, backlog)
}

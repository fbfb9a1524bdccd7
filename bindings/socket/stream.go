package socket

import (
	"time"

	"moonwire/host/decl"
	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

// A stream is a TCP or Unix stream socket.
type stream struct {
	object
	in       inbox
	received int64 // bytes that the script got, and sent
	sent     int64
	birth    time.Time

	reader half
	writer half
}

// A half is one direction of a connection. Its fields carry a wait's arguments and results over the moment in which
// the interpreter is free; busy keeps a second task out.
type half struct {
	busy  bool
	armed bool // a deadline is set on the connection
	conn  network.Conn
	data  []byte
	n     int
	step  func() error // allocated once: a call allocates nothing
}

var (
	tcp        = newKind("tcp", "master", "client", "server")
	unixStream = newKind("unixstream", "master", "client", "server")
)

// The states of a stream, as indices of its kind's classes.
const (
	master = iota
	client
	server
)

// check wants a stream of the kind in the given state.
func (k *kind) check(L *lua.LState, state int) *stream {
	want := k.classes[state]
	if ud, ok := L.Get(1).(*lua.LUserData); ok {
		if s, ok := ud.Value.(*stream); ok && s.class == want {
			return s
		}
	}
	argError(L, 1, want.name+" expected")
	return nil
}

// any wants a stream of the kind in any state.
func (k *kind) stream(L *lua.LState) *stream { return k.checkAny(L).self.(*stream) }

// newStream is a stream without a descriptor.
func newStream(L *lua.LState, lib *library, c *class, family string) (*stream, *lua.LUserData) {
	s := &stream{birth: network.ClockFrom(decl.HostOf(L).Context()).Now()}
	s.reader.step = s.read
	s.writer.step = s.write
	return s, lib.wrap(L, s, c, family)
}

// create makes the stream's descriptor, of family "inet", "inet6" or "unix".
func (s *stream) create(L *lua.LState, family string) error {
	ctx := decl.HostOf(L).Context()
	name := map[string]string{"inet": "tcp4", "inet6": "tcp6", "unix": "unix"}[family]
	made, err := network.From(ctx).Stream(ctx, name, &network.SockOpts{V6Only: family == "inet6"})
	if err == nil {
		s.open(L, &descriptor{socket: made, stream: made})
	}
	return err
}

// newTCP is socket.tcp (family unspec: no descriptor until an address settles it), socket.tcp4 and socket.tcp6.
func newTCP(family string) lua.LGFunction {
	return func(L *lua.LState) int {
		s, ud := newStream(L, libraryOf(L), tcp.classes[master], family)
		if family != "unspec" {
			if err := s.create(L, family); err != nil {
				return refuse(L, err)
			}
		}
		L.Push(ud)
		return 1
	}
}

// newUnixStream is socket.unix.stream.
func newUnixStream(L *lua.LState) int {
	s, ud := newStream(L, libraryOf(L), unixStream.classes[master], "unix")
	if err := s.create(L, "unix"); err != nil {
		return refuse(L, err)
	}
	L.Push(ud)
	return 1
}

// dirty is sock:dirty(): is there data that select can't see?
func (k *kind) dirty(L *lua.LState) int {
	s, ok := k.checkAny(L).self.(*stream)
	L.Push(lua.LBool(ok && s.holds()))
	return 1
}

// listen is sock:listen([backlog]).
func (k *kind) listen(L *lua.LState) int {
	s := k.check(L, master)
	backlog := int(optNumber(L, 2, 32))
	if s.d == nil || s.d.stream == nil {
		return refuse(L, errBadDescriptor)
	}
	if err := s.listen(L, backlog); err != nil {
		return refuse(L, err)
	}
	s.become(L.Get(1).(*lua.LUserData), k.classes[server])
	return done(L)
}

func (s *stream) listen(L *lua.LState, backlog int) error {
	l, err := s.d.stream.Listen(backlog)
	if err == nil {
		s.d.listener = l
	}
	if s.watched() {
		s.tell(L, ended("listen", err))
	}
	return err
}

// accept is server:accept().
func (k *kind) accept(L *lua.LState) int {
	s := k.check(L, server)
	lim := s.begin(L)
	conn, err := s.acceptConn(L, &lim)
	if s.watched() {
		call := ended("accept", err)
		if err == nil {
			call.Here, call.Peer = addressText(conn.LocalAddr()), addressText(conn.RemoteAddr())
		}
		s.tell(L, call)
	}
	if err != nil {
		return refuse(L, err)
	}
	c, ud := newStream(L, s.lib, k.classes[client], s.family)
	c.open(L, &descriptor{socket: conn, conn: conn})
	L.Push(ud)
	return 1
}

func (s *stream) acceptConn(L *lua.LState, lim *limit) (conn network.Conn, err error) {
	d := s.d
	if d == nil {
		return nil, errClosed
	}
	if d.listener == nil {
		return nil, d.cannotAccept()
	}
	if s.reader.busy {
		return nil, errBusyReading
	}
	s.reader.busy = true
	defer func() { s.reader.busy = false }()
	if lim.never() {
		err = decl.HostOf(L).BlockOn(L, d.listener, func() error { return d.listener.Ready(over, network.Readable) })
		if err != nil {
			return nil, err
		}
	} else if at := lim.until(); s.reader.arm(at) {
		d.listener.SetDeadline(at)
	}
	err = decl.HostOf(L).BlockOn(L, d.listener, func() (err error) {
		conn, err = d.listener.AcceptConn()
		return err
	})
	return conn, err
}

// arm notes that the next wait ends at t, and says whether the connection has to be told.
func (h *half) arm(t time.Time) bool {
	tell := h.armed || !t.IsZero()
	h.armed = !t.IsZero()
	return tell
}

// shutdowns are the words of shutdown, in the order of shutdown(2).
var shutdowns = []string{"receive", "send", "both"}

// shutdown is client:shutdown([mode]).
func (k *kind) shutdown(L *lua.LState) int {
	s := k.check(L, client)
	how := checkOption(L, 2, "both", shutdowns...)
	if s.d == nil || s.d.conn == nil {
		return done(L)
	}
	if s.watched() {
		s.tell(L, network.Call{Name: "shutdown", What: shutdowns[how]})
	}
	if how != 1 {
		s.d.conn.CloseRead()
	}
	if how != 0 {
		s.d.conn.CloseWrite()
	}
	return done(L)
}

// getstats is client:getstats(): bytes received, bytes sent, age in seconds.
func (k *kind) getstats(L *lua.LState) int {
	s := k.check(L, client)
	L.Push(lua.LNumber(s.received))
	L.Push(lua.LNumber(s.sent))
	L.Push(lua.LNumber(network.ClockFrom(decl.HostOf(L).Context()).Now().Sub(s.birth).Seconds()))
	return 3
}

// setstats is client:setstats([received [, sent [, age]]]).
func (k *kind) setstats(L *lua.LState) int {
	s := k.check(L, client)
	s.received = int64(optNumber(L, 2, float64(s.received)))
	s.sent = int64(optNumber(L, 3, float64(s.sent)))
	if age, ok := toNumber(L.Get(4)); ok {
		s.birth = network.ClockFrom(decl.HostOf(L).Context()).Now().Add(-seconds(age))
	}
	return done(L)
}

package socket

import (
	"time"

	"moonwire/host/decl"
	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

// A Layer is a kind of connection that stands above a stream socket, as TLS does. Its objects have a client's methods
// and those of the binding that makes them.
type Layer struct{ kind *kind }

// NewLayer makes the kind; its objects are of class "NAME{client}".
func NewLayer(name string) *Layer { return &Layer{newKind(name, "master", "client")} }

// Class declares the kind's methods: a client's, and more.
func (l *Layer) Class(doc string, more ...decl.Raw) *decl.Class {
	k := l.kind
	k.methods = append(append(k.common(), k.transfer()...), k.peer(), k.family())
	k.methods = append(k.methods, more...)
	return classOf[*stream](k, doc)
}

// Install gives the state what the kind's objects need.
func (l *Layer) Install(L *lua.LState) { l.kind.install(L, libraryOf(L)) }

// Take takes the connection out of argument n, a connected stream socket of any kind, which is closed for Lua from
// then on. What was received and not read comes with it. The connection is the caller's until Wrap has it.
func (l *Layer) Take(L *lua.LState, n int, name string) (*Taken, bool) {
	ud, _ := L.Get(n).(*lua.LUserData)
	if ud == nil {
		return nil, false
	}
	s, ok := ud.Value.(*stream)
	if !ok || s.d == nil || s.d.conn == nil || s.reader.busy || s.writer.busy {
		return nil, false
	}
	t := &Taken{Conn: s.d.conn, Ahead: append([]byte(nil), s.in.take(len(s.in.buf))...), family: s.family, tm: s.tm}
	decl.HostOf(L).Disown(s)
	s.lib.forget(s.d)
	s.d = nil
	return t, true
}

// Taken is a connection on its way from one object to another.
type Taken struct {
	Conn   network.Conn
	Ahead  []byte
	family string
	tm     timeouts
}

// Wrap makes an object of the kind whose connection is above, which stands on t's.
func (l *Layer) Wrap(L *lua.LState, t *Taken, above network.Conn) *lua.LUserData {
	s, ud := newStream(L, libraryOf(L), l.kind.classes[client], t.family)
	s.tm = t.tm
	s.open(L, &descriptor{socket: above, conn: above})
	return ud
}

// Conn is the connection of argument 1, an object of the kind; nil when it is closed.
func (l *Layer) Conn(L *lua.LState) network.Conn {
	s := l.kind.check(L, client)
	if s.d == nil {
		return nil
	}
	return s.d.conn
}

// Wait runs f, which waits on the connection of argument 1 until the moment that the object's timeouts allow; never
// is zero, and a moment long past means not at all.
func (l *Layer) Wait(L *lua.LState, name string, f func(network.Conn, time.Time) error) error {
	s := l.kind.check(L, client)
	if s.d == nil || s.d.conn == nil {
		return errClosed
	}
	lim, conn := s.begin(L), s.d.conn
	until := lim.until()
	if lim.never() {
		until = time.Unix(1, 0)
	}
	err := decl.HostOf(L).BlockOn(L, conn, func() error { return f(conn, until) })
	if s.watched() {
		s.tell(L, ended(name, err))
	}
	return err
}

// Fail pushes nil, LuaSocket's words for err, and its kind.
func (l *Layer) Fail(L *lua.LState, err error) int {
	n := refuse(L, err)
	if kind := decl.KindOf(err); kind != "" {
		L.Push(lua.LString(kind))
		n++
	}
	return n
}

// Buffering is a connection that may hold data of its own, which its descriptor doesn't show.
type Buffering interface {
	Buffered() bool        // has it?
	Below() network.Socket // the connection it stands on
}

// holds says whether s has data that select can't see.
func (s *stream) holds() bool {
	if !s.in.empty() {
		return true
	}
	if s.d == nil || s.reader.busy {
		return false
	}
	b, ok := s.d.conn.(Buffering)
	return ok && b.Buffered()
}

package tape

import (
	"context"
	"net"
	"time"

	"moonwire/host/network"
	"moonwire/host/record"
)

// stream is a stream socket before it is something.
type stream struct {
	socket
	real network.Stream
}

func (s *stream) Bind(ctx context.Context, addr string) error {
	return s.do("bind", func() error { return s.real.Bind(ctx, addr) }, addr)
}

func (s *stream) Listen(backlog int) (network.Listener, error) {
	q := s.question("listen", backlog)
	q.New = s.t.number()
	var real network.Listener
	err := done(s.t, q, func() (err error) {
		real, err = s.real.Listen(backlog)
		return err
	})
	if err != nil {
		return nil, err
	}
	return newListener(object{s.t, q.New}, real), nil
}

func (s *stream) Connect(ctx context.Context, addr string) (network.Conn, error) {
	q := s.question("connect", addr)
	q.New = s.t.number()
	return waitConn(object{s.t, q.New}, q, func() (network.Conn, error) { return s.real.Connect(ctx, addr) })
}

// connected is the answer to a call that makes a connection: with an error there may be one, too.
type connected struct {
	Conn bool `json:"conn"`
}

// waitConn waits for a connection.
func waitConn(made object, q *record.Event, dial func() (network.Conn, error)) (network.Conn, error) {
	var real network.Conn
	a, err := awaited(made.t, q, func() (connected, error) {
		c, err := dial()
		real = c
		return connected{c != nil}, err
	})
	if !a.Conn {
		return nil, err
	}
	return newConn(made, real), err
}

// conn is a connection.
type conn struct {
	socket
	real network.Conn
}

func newConn(o object, real network.Conn) *conn { return &conn{socket{o, real}, real} }

func (c *conn) RemoteAddr() net.Addr {
	return c.addr("remoteaddr", func() net.Addr { return c.real.RemoteAddr() })
}

func (c *conn) Read(b []byte) (int, error) {
	return c.read(b, "read", awaited[record.Bytes], func(room []byte) (int, error) { return c.real.Read(room) })
}

func (c *conn) TryRead(b []byte) (int, error) {
	return c.read(b, "tryread", asked[record.Bytes], func(room []byte) (int, error) { return c.real.TryRead(room) })
}

// asking is asked or awaited.
type asking[A any] func(*Tape, *record.Event, func() (A, error)) (A, error)

func (c *conn) read(b []byte, call string, ask asking[record.Bytes], real func([]byte) (int, error)) (int, error) {
	got, err := ask(c.t, c.question(call, len(b)), func() (record.Bytes, error) {
		room := make([]byte, len(b))
		n, err := real(room)
		return room[:max(n, 0)], err
	})
	return copy(b, got), err
}

func (c *conn) Write(b []byte) (int, error) {
	q := c.question("write")
	q.Sent = sent(b)
	return awaited(c.t, q, func() (int, error) { return c.real.Write(q.Sent[0]) })
}

func (c *conn) TryWrite(b []byte) (int, error) {
	q := c.question("trywrite")
	q.Sent = sent(b)
	return asked(c.t, q, func() (int, error) { return c.real.TryWrite(b) })
}

func (c *conn) CloseRead() error {
	return c.do("closeread", func() error { return c.real.CloseRead() })
}

func (c *conn) CloseWrite() error {
	return c.do("closewrite", func() error { return c.real.CloseWrite() })
}

func (c *conn) SetDeadline(t time.Time) error {
	return c.deadline("setdeadline", func(t time.Time) error { return c.real.SetDeadline(t) }, t)
}

func (c *conn) SetReadDeadline(t time.Time) error {
	return c.deadline("setreaddeadline", func(t time.Time) error { return c.real.SetReadDeadline(t) }, t)
}

func (c *conn) SetWriteDeadline(t time.Time) error {
	return c.deadline("setwritedeadline", func(t time.Time) error { return c.real.SetWriteDeadline(t) }, t)
}

// listener accepts connections.
type listener struct {
	socket
	real network.Listener
}

func newListener(o object, real network.Listener) *listener { return &listener{socket{o, real}, real} }

func (l *listener) Addr() net.Addr { return l.LocalAddr() }

func (l *listener) Accept() (net.Conn, error) { return l.AcceptConn() }

func (l *listener) AcceptConn() (network.Conn, error) {
	q := l.question("accept")
	q.New = l.t.number()
	return waitConn(object{l.t, q.New}, q, func() (network.Conn, error) { return l.real.AcceptConn() })
}

func (l *listener) SetDeadline(t time.Time) error {
	return l.deadline("setdeadline", func(t time.Time) error { return l.real.SetDeadline(t) }, t)
}

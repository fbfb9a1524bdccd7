package trace

import (
	"context"
	"errors"
	"io"
	"net"

	"moonwire/host/network"
)

// A stream is a stream socket that is neither a listener nor a connection yet.
type stream struct {
	network.Stream
	owner
}

// Unwrap is the socket itself.
func (s *stream) Unwrap() network.Socket { return s.Stream }

func (s *stream) Bind(ctx context.Context, addr string) error {
	err := s.Stream.Bind(ctx, addr)
	c := network.Call{Name: "bind", Err: reason(err)}
	if err != nil {
		c.Here = addr
	}
	s.tell(c, s.LocalAddr(), nil)
	return err
}

func (s *stream) Listen(backlog int) (network.Listener, error) {
	l, err := s.Stream.Listen(backlog)
	s.tell(network.Call{Name: "listen", Err: reason(err)}, s.LocalAddr(), nil)
	if err != nil {
		return nil, err
	}
	return &listener{Listener: l, owner: s.owner}, nil
}

func (s *stream) Connect(ctx context.Context, addr string) (network.Conn, error) {
	c, err := s.Stream.Connect(ctx, addr)
	call := network.Call{Name: "connect", Peer: addr, Err: reason(err)}
	if c != nil && err != nil {
		call.Err, call.What = "", "under way"
	}
	s.tell(call, s.LocalAddr(), nil)
	if c == nil {
		return nil, err
	}
	return &conn{Conn: c, owner: s.owner}, err
}

func (s *stream) SetOption(name string, value any) error {
	err := s.Stream.SetOption(name, value)
	s.set(name, value, err, s.LocalAddr(), nil)
	return err
}

func (s *stream) Close() error {
	here := s.LocalAddr()
	err := s.Stream.Close()
	s.closed(err, here, nil)
	return err
}

// A listener accepts connections.
type listener struct {
	network.Listener
	owner
}

// Unwrap is the socket itself.
func (l *listener) Unwrap() network.Socket { return l.Listener }

func (l *listener) Accept() (net.Conn, error) { return l.AcceptConn() }

func (l *listener) AcceptConn() (network.Conn, error) {
	c, err := l.Listener.AcceptConn()
	if c == nil {
		if !closed(err) {
			l.tell(network.Call{Name: "accept", Err: reason(err)}, l.LocalAddr(), nil)
		}
		return nil, err
	}
	l.tell(network.Call{Name: "accept"}, l.LocalAddr(), c.RemoteAddr())
	return &conn{Conn: c, owner: l.world.owner(l.class)}, err
}

func (l *listener) SetOption(name string, value any) error {
	err := l.Listener.SetOption(name, value)
	l.set(name, value, err, l.LocalAddr(), nil)
	return err
}

func (l *listener) Close() error {
	here := l.LocalAddr()
	err := l.Listener.Close()
	l.closed(err, here, nil)
	return err
}

// A conn is a connection.
type conn struct {
	network.Conn
	owner
}

// Unwrap is the socket itself.
func (c *conn) Unwrap() network.Socket { return c.Conn }

func (c *conn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	c.read(b, n, err)
	return n, err
}

func (c *conn) TryRead(b []byte) (int, error) {
	n, err := c.Conn.TryRead(b)
	if !early(n, err) {
		c.read(b, n, err)
	}
	return n, err
}

func (c *conn) read(b []byte, n int, err error) {
	if closed(err) || len(b) == 0 {
		return
	}
	call := network.Call{Name: "receive", Bytes: n, Data: string(b[:max(n, 0)]), Err: reason(err)}
	if errors.Is(err, io.EOF) {
		call.Err = "closed by the other end"
	}
	c.tell(call, c.LocalAddr(), c.RemoteAddr())
}

func (c *conn) Write(b []byte) (int, error) {
	n, err := c.Conn.Write(b)
	c.wrote(b, n, err)
	return n, err
}

func (c *conn) TryWrite(b []byte) (int, error) {
	n, err := c.Conn.TryWrite(b)
	if !early(n, err) {
		c.wrote(b, n, err)
	}
	return n, err
}

func (c *conn) wrote(b []byte, n int, err error) {
	c.tell(network.Call{Name: "send", Bytes: n, Data: string(b[:max(n, 0)]), Err: reason(err)}, c.LocalAddr(), c.RemoteAddr())
}

func (c *conn) CloseRead() error { return c.shutdown("receive", c.Conn.CloseRead) }

func (c *conn) CloseWrite() error { return c.shutdown("send", c.Conn.CloseWrite) }

func (c *conn) shutdown(what string, f func() error) error {
	err := f()
	c.tell(network.Call{Name: "shutdown", What: what, Err: reason(err)}, c.LocalAddr(), c.RemoteAddr())
	return err
}

func (c *conn) SetOption(name string, value any) error {
	err := c.Conn.SetOption(name, value)
	c.set(name, value, err, c.LocalAddr(), c.RemoteAddr())
	return err
}

func (c *conn) Close() error {
	here, peer := c.LocalAddr(), c.RemoteAddr()
	err := c.Conn.Close()
	c.closed(err, here, peer)
	return err
}

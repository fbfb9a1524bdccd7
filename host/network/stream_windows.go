package network

import (
	"context"
	"errors"
	"net"
	"os"
	"slices"
	"syscall"
	"time"
)

// stream is a stream socket before it listens or connects.
type stream struct {
	*socket
	bound net.Addr
	conn  *conn // once Connect was called
}

// Stream makes an unbound stream socket of family "tcp", "tcp4", "tcp6" or "unix".
func (k *kernel) Stream(_ context.Context, family string, o *SockOpts) (Stream, error) {
	s := &stream{socket: &socket{k: k, name: family, opts: o}}
	if !slices.Contains([]string{"tcp", "tcp4", "tcp6", "unix"}, family) {
		return nil, s.fail("socket", net.UnknownNetworkError(family))
	}
	return s, nil
}

// LocalAddr is what Bind said.
func (s *stream) LocalAddr() net.Addr { return s.bound }

// Bind remembers the address; whether it can be had shows when the socket listens or connects.
func (s *stream) Bind(_ context.Context, addr string) (err error) {
	if s.bound, err = streamAddr(s.name, addr); err != nil {
		return s.fail("bind", err)
	}
	return nil
}

// Listen makes the socket accept connections. The backlog is the system's.
func (s *stream) Listen(int) (Listener, error) {
	addr := ""
	if s.bound != nil {
		addr = s.bound.String()
	}
	config := net.ListenConfig{Control: s.prepare}
	l, err := config.Listen(context.Background(), s.name, addr)
	if err != nil {
		return nil, s.fail("listen", err)
	}
	out := &listener{s.socket, l}
	if err := s.become(acceptor{l.(acceptLive)}); err != nil {
		return nil, s.fail("listen", err)
	}
	return out, nil
}

// Connect dials. A ctx that is done first leaves the connection on its way.
func (s *stream) Connect(ctx context.Context, addr string) (Conn, error) {
	if s.conn != nil {
		select {
		case <-s.conn.done:
			if s.conn.err == nil {
				return nil, s.fail("connect", syscall.EISCONN)
			}
		default:
			return nil, s.fail("connect", syscall.EALREADY)
		}
	}
	dialing, cancel := context.WithCancel(context.Background())
	c := &conn{socket: s.socket, done: make(chan struct{}), cancel: cancel}
	s.conn = c
	dialer := net.Dialer{LocalAddr: s.bound, Control: s.prepare}
	go func() {
		defer close(c.done)
		defer cancel()
		nc, err := dialer.DialContext(dialing, s.name, addr)
		if err == nil {
			c.Conn = nc
			err = s.become(nc.(live))
		}
		c.err = err
	}()
	select {
	case <-c.done:
	case <-ctx.Done():
		return c, s.fail("connect", os.ErrDeadlineExceeded)
	}
	if c.err != nil {
		return nil, s.fail("connect", c.err)
	}
	return c, nil
}

// acceptLive is what package net's listeners of streams have.
type acceptLive interface {
	net.Listener
	SyscallConn() (syscall.RawConn, error)
	SetDeadline(t time.Time) error
}

// acceptor gives a listener the deadlines of a connection.
type acceptor struct{ acceptLive }

func (a acceptor) SetReadDeadline(t time.Time) error { return a.SetDeadline(t) }
func (a acceptor) SetWriteDeadline(time.Time) error  { return nil }

// listener accepts connections.
type listener struct {
	*socket
	l net.Listener
}

func (l *listener) Addr() net.Addr            { return l.l.Addr() }
func (l *listener) LocalAddr() net.Addr       { return l.l.Addr() }
func (l *listener) Accept() (net.Conn, error) { return l.AcceptConn() }

// AcceptConn waits for the next connection.
func (l *listener) AcceptConn() (Conn, error) {
	l.waits.enter()
	nc, err := l.l.Accept()
	l.waits.leave(l.deadlines())
	if err != nil {
		return nil, l.fail("accept", err)
	}
	c := &conn{socket: &socket{k: l.k, name: l.name}, Conn: nc, done: make(chan struct{})}
	close(c.done)
	return c, c.become(nc.(live))
}

// conn is a stream, from the first step of its connect on.
type conn struct {
	*socket
	net.Conn
	done   chan struct{} // closed when the connect has ended
	err    error         // how
	cancel context.CancelFunc
}

// connected is nil once there is a connection to use.
func (c *conn) connected() error {
	select {
	case <-c.done:
		return c.err
	default:
		return syscall.ENOTCONN
	}
}

// Close ends the connection, or the connect.
func (c *conn) Close() error {
	if c.cancel != nil {
		c.cancel()
	}
	return c.socket.Close()
}

// Read waits for data; io.EOF at the end.
func (c *conn) Read(b []byte) (int, error) {
	if err := c.connected(); err != nil {
		return 0, c.fail("read", err)
	}
	c.waits.enter()
	defer c.waits.leave(c.deadlines())
	return c.Conn.Read(b)
}

// Write waits until all of b is in the system's hands.
func (c *conn) Write(b []byte) (int, error) {
	if err := c.connected(); err != nil {
		return 0, c.fail("write", err)
	}
	c.waits.enter()
	defer c.waits.leave(c.deadlines())
	return c.Conn.Write(b)
}

// TryRead reads what is there: os.ErrDeadlineExceeded when that is nothing.
func (c *conn) TryRead(b []byte) (int, error) {
	if err := c.try(Readable, "read"); err != nil {
		return 0, err
	}
	return c.Conn.Read(b)
}

// TryWrite writes what there is room for: os.ErrDeadlineExceeded when there is none.
func (c *conn) TryWrite(b []byte) (int, error) {
	if err := c.try(Writable, "write"); err != nil {
		return 0, err
	}
	return c.Conn.Write(b[:min(len(b), tryChunk)])
}

// tryChunk is what a socket that is writable takes at once.
const tryChunk = 2048

// try is nil when a call won't wait. A deadline that is over would end it, so that is lifted.
func (c *conn) try(ev Event, op string) error {
	if err := c.connected(); err != nil {
		return c.fail(op, err)
	}
	found, err := c.isReady(ev)
	if err == nil && !found {
		err = os.ErrDeadlineExceeded
	}
	if err != nil {
		return c.fail(op, err)
	}
	c.SetDeadline(time.Time{})
	return nil
}

// Ready waits for the end of the connect first; a failed one is ready for everything.
func (c *conn) Ready(ctx context.Context, ev Event) error {
	if ctx.Err() == nil {
		select {
		case <-c.done:
		case <-ctx.Done():
		}
	}
	if err := c.connected(); errors.Is(err, syscall.ENOTCONN) {
		return ctx.Err()
	} else if err != nil {
		return nil
	}
	return c.socket.Ready(ctx, ev)
}

// Option "error" is how the connect ended.
func (c *conn) Option(name string) (any, error) {
	var errno syscall.Errno
	if name == "error" && errors.As(c.connected(), &errno) && errno != syscall.ENOTCONN {
		return int(errno), nil
	}
	return c.socket.Option(name)
}

// CloseRead refuses what comes from now on.
func (c *conn) CloseRead() error {
	if err := c.connected(); err != nil {
		return c.fail("shutdown", err)
	}
	return c.Conn.(interface{ CloseRead() error }).CloseRead()
}

// CloseWrite tells the far end that nothing more will come.
func (c *conn) CloseWrite() error {
	if err := c.connected(); err != nil {
		return c.fail("shutdown", err)
	}
	return c.Conn.(interface{ CloseWrite() error }).CloseWrite()
}

// LocalAddr is the near end, nil before there is one.
func (c *conn) LocalAddr() net.Addr {
	if c.connected() != nil {
		return nil
	}
	return c.Conn.LocalAddr()
}

// RemoteAddr is the far end, nil before there is one.
func (c *conn) RemoteAddr() net.Addr {
	if c.connected() != nil {
		return nil
	}
	return c.Conn.RemoteAddr()
}

// The deadlines are the socket's, which restores them after an Interrupt.

func (c *conn) SetDeadline(t time.Time) error      { return c.socket.SetDeadline(t) }
func (c *conn) SetReadDeadline(t time.Time) error  { return c.socket.SetReadDeadline(t) }
func (c *conn) SetWriteDeadline(t time.Time) error { return c.socket.SetWriteDeadline(t) }

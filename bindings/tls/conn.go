package tls

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"os"
	"slices"
	"sync"
	"time"

	"moonwire/host/network"
	"moonwire/host/network/trace"
)

// A conn is a TLS connection as a network.Conn.
type conn struct {
	*tls.Conn
	wire  *wire
	clock network.Clock

	tell func(network.Call) // of what passes in the clear; nil: nobody wants to know

	start sync.Once
	ahead []byte // decrypted by Buffered

	mu     sync.Mutex
	shook  bool  // the handshake is over
	shake  error // how it ended
	rd, wd time.Time
	waits  []*pause
}

func newConn(under network.Conn, ahead []byte, clock network.Clock, config *tls.Config, client bool) *conn {
	w := &wire{Conn: under, ahead: ahead, clock: clock}
	under.SetReadDeadline(time.Time{})
	under.SetWriteDeadline(time.Time{})
	c := &conn{wire: w, clock: clock, tell: trace.Above(under, "tls")}
	w.idle = func() { c.wake(false) }
	if client {
		c.Conn = tls.Client(w, config)
	} else {
		c.Conn = tls.Server(w, config)
	}
	return c
}

// handshake waits for the handshake, which runs in the background: one that crypto/tls has to give up can't go on.
func (c *conn) handshake(until time.Time) error {
	c.start.Do(func() { network.GoBy(c.clock, c.shakeHands) })
	if err := c.waitFor(c.over, until); err != nil {
		return err
	}
	return named(c.shake)
}

func (c *conn) shakeHands() {
	err := c.Conn.HandshakeContext(context.Background())
	c.toldHandshake(err)
	c.mu.Lock()
	if err == nil {
		c.wire.SetReadDeadline(c.rd)
	}
	c.shook, c.shake = true, err
	c.mu.Unlock()
	c.wake(false)
}

// A pause is a wait for the connection.
type pause struct {
	network.Waiter
	broken bool // by Interrupt; guarded by the connection's mu
}

// waitFor waits until done holds, until a moment or Interrupt; the zero moment never comes.
func (c *conn) waitFor(done func() bool, until time.Time) error {
	if done() {
		return nil
	}
	p := &pause{Waiter: network.NewWaiter(c.clock)}
	c.mu.Lock()
	c.waits = append(c.waits, p)
	c.mu.Unlock()
	defer c.resume(p)
	for !done() {
		if c.isBroken(p) {
			return os.ErrDeadlineExceeded
		}
		if err := p.WaitUntil(context.Background(), until); err != nil && !done() {
			return err
		}
	}
	return nil
}

// resume is the end of a pause.
func (c *conn) resume(p *pause) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waits = slices.DeleteFunc(c.waits, func(o *pause) bool { return o == p })
}

func (c *conn) isBroken(p *pause) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return p.broken
}

// wake makes who waits look again, or give up.
func (c *conn) wake(broken bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, p := range c.waits {
		p.broken = p.broken || broken
		p.Wake()
	}
}

// over says whether the handshake's end has come.
func (c *conn) over() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.shook
}

func (c *conn) Read(b []byte) (int, error) {
	c.mu.Lock()
	until := c.rd
	c.mu.Unlock()
	if err := c.handshake(until); err != nil {
		return 0, err
	}
	if n := c.takeAhead(b); n > 0 {
		return n, nil
	}
	return c.readAs(wait, b)
}

// TryRead reads what has come.
func (c *conn) TryRead(b []byte) (int, error) {
	if err := c.handshake(past); err != nil {
		return 0, err
	}
	if n := c.takeAhead(b); n > 0 {
		return n, nil
	}
	return c.readAs(try, b)
}

// past is a moment that is over.
var past = time.Unix(1, 0)

// readAs reads with the wire in the mode. Only one task reads at a time.
func (c *conn) readAs(m mode, b []byte) (int, error) {
	c.wire.look = m
	n, err := c.Conn.Read(b)
	c.wire.look = wait
	c.told("receive", b, n, err)
	return n, named(err)
}

func (c *conn) takeAhead(b []byte) int {
	n := copy(b, c.ahead)
	c.ahead = c.ahead[n:]
	return n
}

// Buffered says whether a whole record has come that nobody has read. Nobody may be reading.
func (c *conn) Buffered() bool {
	if len(c.ahead) > 0 {
		return true
	}
	if !c.over() || c.shake != nil {
		return false
	}
	buf := make([]byte, 16<<10)
	n, _ := c.readAs(sealed, buf)
	c.ahead = buf[:n]
	return n > 0
}

// Below is the connection that TLS stands on.
func (c *conn) Below() network.Socket { return c.wire.Conn }

// chunk is how much of a write becomes one record.
const chunk = 16 << 10

func (c *conn) Write(b []byte) (int, error) {
	c.mu.Lock()
	until := c.wd
	c.mu.Unlock()
	return c.write(b, until)
}

// TryWrite writes what there is room for.
func (c *conn) TryWrite(b []byte) (int, error) { return c.write(b, past) }

func (c *conn) write(b []byte, until time.Time) (int, error) {
	if err := c.handshake(until); err != nil {
		return 0, err
	}
	n := 0
	for n < len(b) {
		if err := c.waitFor(c.wire.free, until); err != nil {
			return n, err
		}
		some, err := c.Conn.Write(b[n:min(n+chunk, len(b))])
		c.told("send", b[n:], some, err)
		n += some
		if err != nil {
			return n, named(err)
		}
	}
	return n, nil
}

// Close says goodbye and ends the connection; it doesn't wait.
func (c *conn) Close() error {
	if !c.over() {
		return c.wire.Conn.Close()
	}
	return c.Conn.Close()
}

// CloseWrite says that nothing more will come.
func (c *conn) CloseWrite() error { return c.Conn.CloseWrite() }
func (c *conn) CloseRead() error  { return c.wire.Conn.CloseRead() }

func (c *conn) SetDeadline(t time.Time) error {
	return errors.Join(c.SetReadDeadline(t), c.SetWriteDeadline(t))
}

func (c *conn) SetReadDeadline(t time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rd = t
	if !c.shook {
		return nil
	}
	return c.wire.Conn.SetReadDeadline(t)
}

func (c *conn) SetWriteDeadline(t time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wd = t
	return nil
}

// Interrupt ends the waits under way.
func (c *conn) Interrupt() {
	c.wake(true)
	if c.over() {
		c.wire.Interrupt()
	}
}

func (c *conn) Ready(ctx context.Context, ev network.Event) error { return c.wire.Ready(ctx, ev) }
func (c *conn) SetOption(name string, value any) error            { return c.wire.SetOption(name, value) }
func (c *conn) Option(name string) (any, error)                   { return c.wire.Option(name) }
func (c *conn) FD() int                                           { return c.wire.FD() }

// LocalAddr and RemoteAddr are the connection's below.
func (c *conn) LocalAddr() net.Addr  { return c.wire.LocalAddr() }
func (c *conn) RemoteAddr() net.Addr { return c.wire.RemoteAddr() }

// isTimeout says whether err is only a want of time.
func isTimeout(err error) bool { return errors.Is(err, os.ErrDeadlineExceeded) }

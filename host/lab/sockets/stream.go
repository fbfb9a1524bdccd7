package sockets

import (
	"context"
	"errors"
	"net"
	"os"
	"syscall"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	stacktcp "gvisor.dev/gvisor/pkg/tcpip/transport/tcp"
	"gvisor.dev/gvisor/pkg/waiter"

	"moonwire/host/network"
)

// stream is a stream socket before it listens or connects.
type stream struct{ *tcp }

// Stream makes an unbound stream socket.
func (w *world) Stream(ctx context.Context, family string, o *network.SockOpts) (network.Stream, error) {
	if family == "unix" {
		return w.unixStream(ctx, o)
	}
	t := &tcp{socket: socket{world: w, name: family, queue: new(waiter.Queue)}, opts: o, anyFamily: family == "tcp"}
	t.ready = t.look
	version, ok := map[string]tcpip.NetworkProtocolNumber{"tcp": 0, "tcp4": ip4, "tcp6": ip6}[family]
	if !ok {
		return nil, t.fail("socket", net.UnknownNetworkError(family))
	}
	if version != 0 {
		if err := t.open(version); err != nil {
			return nil, t.fail("socket", err)
		}
	}
	return &stream{t}, nil
}

// Bind gives the socket a local address.
func (s *stream) Bind(_ context.Context, addr string) error {
	a, err := network.ParseAddrPort(addr)
	if err != nil {
		return s.fail("bind", err)
	}
	if err = s.settle(versionOf(a.Addr())); err == nil {
		var f tcpip.FullAddress
		if f, err = s.world.full(a, s.version); err == nil {
			err = s.bind(f)
		}
	}
	if err != nil {
		return s.failAt("bind", net.TCPAddrFromAddrPort(a), err)
	}
	return nil
}

// bind binds the endpoint.
func (t *tcp) bind(f tcpip.FullAddress) error {
	if err := t.ep.Bind(f); err != nil {
		return errno(err)
	}
	t.mu.Lock()
	t.bound = &f
	t.mu.Unlock()
	return nil
}

// somaxconn is Linux's longest backlog.
const somaxconn = 4096

// Listen makes the socket accept connections.
func (s *stream) Listen(backlog int) (network.Listener, error) {
	ep, _, err := s.use()
	if err == nil {
		if backlog <= 0 || backlog > somaxconn {
			backlog = somaxconn
		}
		err = errno(ep.Listen(backlog + 1)) // Linux takes one more than was said
		s.world.settle()
	}
	if err != nil {
		return nil, s.fail("listen", err)
	}
	s.mu.Lock()
	s.listens = true
	s.mu.Unlock()
	if a := s.LocalAddr(); a != nil {
		s.known.own.Store(&a)
	}
	return &listener{s.tcp}, nil
}

// Connect makes the socket a connection. A ctx that is done first leaves it on its way.
func (s *stream) Connect(ctx context.Context, addr string) (network.Conn, error) {
	a, err := network.ParseAddrPort(addr)
	if err != nil {
		return nil, s.fail("connect", err)
	}
	to := net.TCPAddrFromAddrPort(a)
	if err = s.settle(versionOf(a.Addr())); err == nil {
		var f tcpip.FullAddress
		if f, err = s.world.full(a, s.version); err == nil {
			err = s.connect(ctx, loopback(f, s.version, a.Addr()))
		}
	}
	switch {
	case err == nil:
		s.keepAddrs()
		return &conn{s.tcp}, nil
	case isWait(err) && !s.closed.Load():
		return &conn{s.tcp}, s.failAt("connect", to, os.ErrDeadlineExceeded)
	}
	return nil, s.failAt("connect", to, err)
}

// connect begins to connect, and waits for the end of that.
func (t *tcp) connect(ctx context.Context, to tcpip.FullAddress) error {
	err := t.begin(to)
	if err != syscall.EINPROGRESS {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return t.until(ctx, waiter.WritableEvents, nil, t.progress)
}

// begin is connect(2) of a socket that doesn't wait.
func (t *tcp) begin(to tcpip.FullAddress) error {
	t.mu.Lock()
	ep, listens, connects := t.ep, t.listens, t.connects
	t.mu.Unlock()
	switch {
	case listens:
		return syscall.EISCONN
	case t.world.isMany(to):
		return syscall.ENETUNREACH
	}
	if connects && dead(ep) {
		if err := t.takeError(); err != nil {
			return err // of the last attempt, which nobody asked for yet
		}
		if err := t.renew(); err != nil {
			return err
		}
		ep = t.ep
	}
	if err := t.leaveBy127(ep, to); err != nil {
		return err
	}
	err := errno(ep.Connect(to))
	t.world.settle()
	if err == nil || err == syscall.EINPROGRESS {
		t.mu.Lock()
		t.connects = true
		t.mu.Unlock()
	}
	return err
}

// isMany says that an address isn't one host's.
func (w *world) isMany(to tcpip.FullAddress) bool {
	a := fromStack(to.Addr, 0)
	return a.IsMulticast() || a.Is4() && a.As4()[0] >= 240 || w.stack.IsSubnetBroadcast(0, ip4, to.Addr)
}

// leaveBy127 makes a connection to any address of this host's own network 127.0.0.0/8 come from 127.0.0.1.
func (t *tcp) leaveBy127(ep tcpip.Endpoint, to tcpip.FullAddress) error {
	if !header.IsV4LoopbackAddress(to.Addr) || to.Addr == localhost4 || state(ep) != stacktcp.StateInitial {
		return nil
	}
	return errno(ep.Bind(tcpip.FullAddress{Addr: localhost4}))
}

// localhost4 is 127.0.0.1.
var localhost4 = tcpip.AddrFrom4([4]byte{127, 0, 0, 1})

// renew gives the socket another endpoint after a refusal, bound as the old one was.
func (t *tcp) renew() error {
	if err := t.open(t.version); err != nil {
		return err
	}
	if t.bound != nil {
		return t.bind(*t.bound)
	}
	return nil
}

// progress says what became of a connect under way.
func (t *tcp) progress() error {
	switch s := state(t.ep); {
	case s == stacktcp.StateConnecting, s == stacktcp.StateSynSent, s == stacktcp.StateSynRecv:
		return errWait
	case !dead(t.ep):
		return nil
	}
	if err := t.takeError(); err != nil {
		return err
	}
	return syscall.ECONNABORTED
}

// isWait tells an end of waiting from a refusal.
func isWait(err error) bool {
	return err == os.ErrDeadlineExceeded || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)
}

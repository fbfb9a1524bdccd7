//go:build unix

package network

import (
	"context"
	"net"
	"os"

	"golang.org/x/sys/unix"
)

// stream is a stream socket before it listens or connects.
type stream struct{ *socket }

// Stream makes an unbound stream socket of family "tcp", "tcp4", "tcp6" or "unix".
func (k *kernel) Stream(_ context.Context, family string, o *SockOpts) (Stream, error) {
	s := &socket{k: k, name: family, typ: unix.SOCK_STREAM, opts: o}
	domain, ok := map[string]int{"tcp": unix.AF_UNSPEC, "tcp4": unix.AF_INET, "tcp6": unix.AF_INET6, "unix": unix.AF_UNIX}[family]
	if !ok {
		return nil, s.fail("socket", net.UnknownNetworkError(family))
	}
	s.anyFamily = domain == unix.AF_UNSPEC
	if !s.anyFamily {
		if err := s.open(domain); err != nil {
			return nil, s.fail("socket", err)
		}
	}
	return &stream{s}, nil
}

// Bind gives the socket a local address.
func (s *stream) Bind(_ context.Context, addr string) error {
	a, err := streamAddr(s.name, addr)
	if err != nil {
		return s.fail("bind", err)
	}
	return s.bind(a)
}

// bind is shared by streams and datagram sockets.
func (s *socket) bind(a net.Addr) error {
	d, err := s.settle(domainOf(a))
	if err != nil {
		return s.failAt("bind", a, err)
	}
	sa, err := s.k.toSockaddr(a, d.domain)
	if err == nil {
		err = s.control(func(fd int) error { return unix.Bind(fd, sa) })
	}
	if err != nil {
		return s.failAt("bind", a, err)
	}
	return nil
}

// Listen makes the socket accept connections.
func (s *stream) Listen(backlog int) (Listener, error) {
	if backlog <= 0 {
		backlog = unix.SOMAXCONN
	}
	if err := s.control(func(fd int) error { return unix.Listen(fd, backlog) }); err != nil {
		return nil, s.fail("listen", err)
	}
	if a := s.LocalAddr(); a != nil {
		s.local.Store(&a)
	}
	return &listener{s.socket}, nil
}

// Connect makes the socket a connection. A ctx that is done first leaves it on its way.
func (s *stream) Connect(ctx context.Context, addr string) (Conn, error) {
	a, err := streamAddr(s.name, addr)
	if err != nil {
		return nil, s.fail("connect", err)
	}
	d, err := s.settle(domainOf(a))
	if err != nil {
		return nil, s.failAt("connect", a, err)
	}
	sa, err := s.k.toSockaddr(a, d.domain)
	if err == nil {
		err = s.control(func(fd int) error { return unix.Connect(fd, sa) })
	}
	if err == unix.EINPROGRESS || err == unix.EINTR {
		if err = ctx.Err(); err == nil {
			err = s.connected(ctx)
		}
	}
	switch {
	case err == nil:
		s.keepAddrs()
		return &conn{s.socket}, nil
	case isWait(err) && !s.closed.Load():
		return &conn{s.socket}, s.failAt("connect", a, os.ErrDeadlineExceeded)
	}
	return nil, s.failAt("connect", a, err)
}

// connected waits for the end of a connect under way and returns what became of it. A spurious wake-up leaves
// SO_ERROR zero with no peer.
func (s *stream) connected(ctx context.Context) error {
	for {
		if err := s.Ready(ctx, Writable); err != nil {
			return err
		}
		pending := false
		err := s.control(func(fd int) error {
			errno, err := unix.GetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_ERROR)
			if err != nil {
				return err
			}
			if errno != 0 {
				return unix.Errno(errno)
			}
			_, err = unix.Getpeername(fd)
			pending = err == unix.ENOTCONN
			return nil
		})
		if err != nil || !pending {
			return err
		}
	}
}

// isWait tells an end of waiting from a refusal.
func isWait(err error) bool {
	return err == os.ErrDeadlineExceeded || err == context.DeadlineExceeded || err == context.Canceled
}

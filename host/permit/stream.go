package permit

import (
	"context"
	"net"
	"net/netip"

	"moonwire/host/network"
)

// A stream is a socket whose addresses are decided about. What becomes of it, a connection or a listener, is free.
type stream struct {
	network.Stream
	on     *guarded
	family string
	both   bool   // a socket of IPv6 that takes IPv4, too
	served bool   // it may listen where it is bound
	path   string // of a socket of the file system, as it was asked for
}

// Unwrap is the socket itself, for who waits for it.
func (s *stream) Unwrap() network.Socket { return s.Stream }

func (s *stream) Bind(ctx context.Context, addr string) error {
	if s.family == "unix" {
		s.path = addr
		return s.on.unix(addr, "bind to", func(path string) error { return s.Stream.Bind(ctx, path) }, true)
	}
	if at, err := network.ParseAddrPort(addr); err == nil && at.Port() != 0 {
		if err := s.on.policy.serves("tcp", at, s.both); err != nil {
			return err
		}
		s.served = true
	}
	return s.Stream.Bind(ctx, addr)
}

// LocalAddr is the address as it was asked for.
func (s *stream) LocalAddr() net.Addr { return asked(s.Stream.LocalAddr(), s.path) }

// asked is a local address, by the path that was asked for.
func asked(a net.Addr, path string) net.Addr {
	if u, ok := a.(*net.UnixAddr); ok && u != nil && path != "" {
		return &net.UnixAddr{Name: path, Net: u.Net}
	}
	return a
}

// Listen needs no more than what Bind had, unless the system chose the port.
func (s *stream) Listen(backlog int) (network.Listener, error) {
	if !s.served && s.family != "unix" {
		at := netip.AddrPortFrom(netip.IPv6Unspecified(), 0)
		if s.family == "tcp4" {
			at = netip.AddrPortFrom(netip.IPv4Unspecified(), 0)
		}
		if local, ok := s.LocalAddr().(*net.TCPAddr); ok && local != nil {
			at = netip.AddrPortFrom(local.AddrPort().Addr(), 0)
		}
		if err := s.on.policy.serves("tcp", at, s.both); err != nil {
			return nil, err
		}
	}
	return s.Stream.Listen(backlog)
}

func (s *stream) Connect(ctx context.Context, addr string) (c network.Conn, err error) {
	if s.family == "unix" {
		err = s.on.unix(addr, "connect to", func(path string) error {
			c, err = s.Stream.Connect(ctx, path)
			return err
		}, false)
		return c, err
	}
	to, err := network.ParseAddrPort(addr)
	if err != nil {
		return s.Stream.Connect(ctx, addr) // which says what is wrong
	}
	if err := s.on.policy.endpoint("connect to", "tcp", to, nil); err != nil {
		return nil, err
	}
	if _, err := s.on.policy.paced().take(ctx, s.on.Clock(), 1); err != nil {
		return nil, err
	}
	return s.Stream.Connect(ctx, addr)
}

// SetOption refuses groups, which streams have none of.
func (s *stream) SetOption(name string, value any) error {
	if m, ok := value.(network.Membership); ok {
		if err := s.on.policy.joins(m.Group); err != nil {
			return err
		}
	}
	return s.Stream.SetOption(name, value)
}

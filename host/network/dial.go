package network

import (
	"context"
	"net"
	"strings"
)

// Dial opens a stream to addr, whose host may be a name: its addresses are tried in order.
func (k *kernel) Dial(ctx context.Context, network, addr string, o *SockOpts) (Conn, error) {
	if network == "unix" {
		return k.dial(ctx, network, addr, o)
	}
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, &net.OpError{Op: "dial", Net: network, Err: err}
	}
	targets, err := k.resolve(ctx, network, host)
	if err != nil {
		return nil, &net.OpError{Op: "dial", Net: network, Err: err}
	}
	var first error
	for _, ip := range targets {
		c, err := k.dial(ctx, network, net.JoinHostPort(ip, port), o)
		if err == nil {
			return c, nil
		}
		if first == nil {
			first = err
		}
	}
	return nil, first
}

// dial opens a stream to one numeric address. An unfinished connect is given up.
func (k *kernel) dial(ctx context.Context, network, addr string, o *SockOpts) (Conn, error) {
	s, err := k.Stream(ctx, network, o)
	if err != nil {
		return nil, err
	}
	if o != nil && o.Local != "" {
		if err := s.Bind(ctx, o.Local); err != nil {
			s.Close()
			return nil, err
		}
	}
	c, err := s.Connect(ctx, addr)
	if err != nil {
		s.Close()
		return nil, err
	}
	return c, nil
}

// Listen opens a socket that accepts streams.
func (k *kernel) Listen(ctx context.Context, network, addr string, o *SockOpts) (Listener, error) {
	s, err := k.Stream(ctx, network, o)
	if err != nil {
		return nil, err
	}
	if addr, err = k.local(ctx, network, addr); err == nil {
		err = s.Bind(ctx, addr)
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	backlog := 0
	if o != nil {
		backlog = o.Backlog
	}
	l, err := s.Listen(backlog)
	if err != nil {
		s.Close()
		return nil, err
	}
	return l, nil
}

// ListenPacket opens a datagram socket bound to addr, unbound when addr is "".
func (k *kernel) ListenPacket(ctx context.Context, network, addr string, o *SockOpts) (PacketConn, error) {
	p, err := k.Packet(ctx, network, o)
	if err != nil || addr == "" {
		return p, err
	}
	local, err := k.packetAddr(ctx, network, addr)
	if err == nil {
		err = p.Bind(local)
	}
	if err != nil {
		p.Close()
		return nil, err
	}
	return p, nil
}

// packetAddr reads the address of a datagram socket: host:port, a path, or for those without ports a host.
func (k *kernel) packetAddr(ctx context.Context, network, addr string) (net.Addr, error) {
	if network == "unixgram" {
		return &net.UnixAddr{Name: addr, Net: network}, nil
	}
	name, _, raw := strings.Cut(network, ":")
	if raw || strings.HasPrefix(name, "ping") {
		addr = net.JoinHostPort(addr, "0")
	}
	addr, err := k.local(ctx, name, addr)
	if err != nil {
		return nil, err
	}
	a, err := addrPort(addr)
	if err != nil {
		return nil, err
	}
	if raw {
		return &net.IPAddr{IP: a.Addr().AsSlice(), Zone: a.Addr().Zone()}, nil
	}
	return net.UDPAddrFromAddrPort(a), nil
}

// local makes addr, whose host may be a name or empty, numeric in the family of network.
func (k *kernel) local(ctx context.Context, network, addr string) (string, error) {
	if strings.HasPrefix(network, "unix") {
		return addr, nil
	}
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "", &net.OpError{Op: "listen", Net: network, Err: err}
	}
	if host == "" {
		host = "0.0.0.0"
		if strings.HasSuffix(network, "6") {
			host = "::"
		}
	}
	ips, err := k.resolve(ctx, network, host)
	if err != nil {
		return "", &net.OpError{Op: "listen", Net: network, Err: err}
	}
	return net.JoinHostPort(ips[0], port), nil
}

// resolve gives the numeric addresses of host that network can use.
func (k *kernel) resolve(ctx context.Context, network, host string) ([]string, error) {
	family := AFUnspec
	switch network[len(network)-1] {
	case '4':
		family = AFInet
	case '6':
		family = AFInet6
	}
	list, err := GetAddrInfo(With(ctx, k), host, "", Hints{Family: family, SockType: SockStream})
	if err != nil {
		return nil, err
	}
	var out []string
	for _, a := range list {
		out = append(out, a.Addr.Addr().String())
	}
	return out, nil
}

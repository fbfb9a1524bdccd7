package network

import (
	"context"
	"net"
	"strings"
)

// Dial opens a stream to addr, whose host may be a name: its addresses are tried in order.
func (k *kernel) Dial(ctx context.Context, network, addr string, o *SockOpts) (Conn, error) {
	return DialIn(ctx, k, network, addr, o)
}

// Listen opens a socket that accepts streams.
func (k *kernel) Listen(ctx context.Context, network, addr string, o *SockOpts) (Listener, error) {
	return ListenIn(ctx, k, network, addr, o)
}

// ListenPacket opens a datagram socket bound to addr, unbound when addr is "".
func (k *kernel) ListenPacket(ctx context.Context, network, addr string, o *SockOpts) (PacketConn, error) {
	return ListenPacketIn(ctx, k, network, addr, o)
}

// DialIn is Dial of any world, by its Stream.
func DialIn(ctx context.Context, n Network, network, addr string, o *SockOpts) (Conn, error) {
	if network == "unix" {
		return dialNumeric(ctx, n, network, addr, o)
	}
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, &net.OpError{Op: "dial", Net: network, Err: err}
	}
	targets, err := resolveIn(ctx, n, network, host)
	if err != nil {
		return nil, &net.OpError{Op: "dial", Net: network, Err: err}
	}
	var first error
	for _, ip := range targets {
		c, err := dialNumeric(ctx, n, network, net.JoinHostPort(ip, port), o)
		if err == nil {
			return c, nil
		}
		if first == nil {
			first = err
		}
	}
	return nil, first
}

// dialNumeric opens a stream to one numeric address. An unfinished connect is given up.
func dialNumeric(ctx context.Context, n Network, network, addr string, o *SockOpts) (Conn, error) {
	s, err := n.Stream(ctx, network, o)
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

// ListenIn is Listen of any world, by its Stream.
func ListenIn(ctx context.Context, n Network, network, addr string, o *SockOpts) (Listener, error) {
	s, err := n.Stream(ctx, network, o)
	if err != nil {
		return nil, err
	}
	if addr, err = localIn(ctx, n, network, addr); err == nil {
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

// ListenPacketIn is ListenPacket of any world, by its Packet.
func ListenPacketIn(ctx context.Context, n Network, network, addr string, o *SockOpts) (PacketConn, error) {
	p, err := n.Packet(ctx, network, o)
	if err != nil || addr == "" {
		return p, err
	}
	local, err := packetAddr(ctx, n, network, addr)
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
func packetAddr(ctx context.Context, n Network, network, addr string) (net.Addr, error) {
	if network == "unixgram" {
		return &net.UnixAddr{Name: addr, Net: network}, nil
	}
	name, _, raw := strings.Cut(network, ":")
	if raw || strings.HasPrefix(name, "ping") {
		addr = net.JoinHostPort(addr, "0")
	}
	addr, err := localIn(ctx, n, name, addr)
	if err != nil {
		return nil, err
	}
	a, err := ParseAddrPort(addr)
	if err != nil {
		return nil, err
	}
	if raw {
		return &net.IPAddr{IP: a.Addr().AsSlice(), Zone: a.Addr().Zone()}, nil
	}
	return net.UDPAddrFromAddrPort(a), nil
}

// localIn makes addr, whose host may be a name or empty, numeric in the family of network.
func localIn(ctx context.Context, n Network, network, addr string) (string, error) {
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
	ips, err := resolveIn(ctx, n, network, host)
	if err != nil {
		return "", &net.OpError{Op: "listen", Net: network, Err: err}
	}
	return net.JoinHostPort(ips[0], port), nil
}

// resolveIn gives the numeric addresses of host that network can use.
func resolveIn(ctx context.Context, n Network, network, host string) ([]string, error) {
	family := AFUnspec
	switch network[len(network)-1] {
	case '4':
		family = AFInet
	case '6':
		family = AFInet6
	}
	list, err := GetAddrInfo(With(ctx, n), host, "", Hints{Family: family, SockType: SockStream})
	if err != nil {
		return nil, err
	}
	var out []string
	for _, a := range list {
		out = append(out, a.Addr.Addr().String())
	}
	return out, nil
}

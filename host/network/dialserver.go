package network

import (
	"context"
	"net"
	"net/netip"
)

// DialServer opens a "udp" or "tcp" socket to a name server, for package resolver.
func DialServer(ctx context.Context, n Network, network, addr string) (net.Conn, error) {
	if network == "tcp" {
		return dialNumeric(ctx, n, network, addr, nil)
	}
	p, err := n.Packet(ctx, network, nil)
	if err != nil {
		return nil, err
	}
	a, err := netip.ParseAddrPort(addr)
	if err == nil {
		err = p.Connect(net.UDPAddrFromAddrPort(a))
	}
	if err != nil {
		p.Close()
		return nil, err
	}
	return datagrams{p}, nil
}

// datagrams makes a net.Conn of a connected datagram socket.
type datagrams struct{ PacketConn }

func (d datagrams) Read(b []byte) (int, error) {
	n, _, err := d.ReadFrom(b)
	return n, err
}

func (d datagrams) Write(b []byte) (int, error) { return d.WriteTo(b, nil) }

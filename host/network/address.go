package network

import (
	"net"
	"net/netip"
	"strconv"
)

// streamAddr reads the address of a stream socket: ip:port, or a path.
func streamAddr(network, addr string) (net.Addr, error) {
	if network == "unix" {
		return &net.UnixAddr{Name: addr, Net: network}, nil
	}
	a, err := ParseAddrPort(addr)
	if err != nil {
		return nil, err
	}
	return net.TCPAddrFromAddrPort(a), nil
}

// ParseAddrPort reads ip:port. An empty ip is 0.0.0.0, an empty port is 0.
func ParseAddrPort(s string) (netip.AddrPort, error) {
	host, port, err := net.SplitHostPort(s)
	if err != nil {
		return netip.AddrPort{}, err
	}
	ip := netip.IPv4Unspecified()
	if host != "" {
		if ip, err = netip.ParseAddr(host); err != nil {
			return netip.AddrPort{}, &net.AddrError{Err: "not a numeric address", Addr: host}
		}
	}
	n := uint64(0)
	if port != "" {
		if n, err = strconv.ParseUint(port, 10, 16); err != nil {
			return netip.AddrPort{}, &net.AddrError{Err: "port out of range", Addr: port}
		}
	}
	return netip.AddrPortFrom(ip, uint16(n)), nil
}

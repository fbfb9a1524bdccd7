package manager

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"

	"moonwire/host/network"
)

// Resolve finds the address of an agent: host, host:port, or an IPv6 address without port, with or without brackets.
// transport is "udp" or "tcp", with 4 or 6 behind it for one IP version only.
func Resolve(ctx context.Context, transport, addr string) (netip.AddrPort, error) {
	host, port := split(addr)
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
		return netip.AddrPort{}, fmt.Errorf("%s: no port: '%s'", addr, port)
	}
	hints := network.Hints{SockType: network.SockDgram}
	switch {
	case strings.HasSuffix(transport, "4"):
		hints.Family = network.AFInet
	case strings.HasSuffix(transport, "6"):
		hints.Family = network.AFInet6
	}
	list, err := network.GetAddrInfo(ctx, host, port, hints)
	if err != nil {
		return netip.AddrPort{}, err
	}
	if len(list) == 0 {
		return netip.AddrPort{}, &net.DNSError{Err: "no address", Name: host, IsNotFound: true}
	}
	a := list[0].Addr
	return netip.AddrPortFrom(a.Addr().Unmap(), a.Port()), nil
}

// split parts host and port; without one it is SNMP's.
func split(addr string) (host, port string) {
	if ip, err := netip.ParseAddr(addr); err == nil {
		return ip.String(), DefaultPort
	}
	if host, port, err := net.SplitHostPort(addr); err == nil {
		return host, port
	}
	return strings.Trim(addr, "[]"), DefaultPort
}

// errNoAddr is why a session without an address can't be opened.
var errNoAddr = errors.New("no host to ask was given")

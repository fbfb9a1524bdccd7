package network

import (
	"context"
	"net"
	"net/netip"

	"golang.org/x/sys/unix"

	"moonwire/host/network/afpacket"
)

// guard is a socket on a port, with a filter that lets nothing reach it: the kernel finds an owner for what comes, and
// drops it without a word.
type guard struct{ *socket }

// GuardPort keeps the kernel silent on a port.
func (k *kernel) GuardPort(_ context.Context, network string, local netip.AddrPort) (Guard, error) {
	s := &socket{k: k, name: network, typ: unix.SOCK_STREAM}
	var addr net.Addr = net.TCPAddrFromAddrPort(local)
	switch network {
	case "tcp":
	case "udp":
		s.typ, addr = unix.SOCK_DGRAM, net.UDPAddrFromAddrPort(local)
	default:
		return nil, s.fail("guard", net.UnknownNetworkError(network))
	}
	if err := s.guard(addr); err != nil {
		s.Close()
		return nil, s.failAt("guard", addr, err)
	}
	return &guard{s}, nil
}

// guard binds s, deaf. The address needn't be one of this machine's.
func (s *socket) guard(addr net.Addr) error {
	domain := domainOf(addr)
	if err := s.open(domain); err != nil {
		return err
	}
	sa, err := s.k.toSockaddr(addr, domain)
	if err != nil {
		return err
	}
	return s.control(func(fd int) error {
		if err := afpacket.AttachFilter(fd, afpacket.Drop); err != nil {
			return err
		}
		if domain == unix.AF_INET6 {
			unix.SetsockoptInt(fd, unix.SOL_IPV6, unix.IPV6_V6ONLY, 1)
		}
		unix.SetsockoptInt(fd, unix.SOL_IP, unix.IP_FREEBIND, 1)
		if err := unix.Bind(fd, sa); err != nil || s.typ == unix.SOCK_DGRAM {
			return err
		}
		return unix.Listen(fd, 1)
	})
}

// Addr is the address and port.
func (g *guard) Addr() netip.AddrPort {
	switch a := g.LocalAddr().(type) {
	case *net.TCPAddr:
		return a.AddrPort()
	case *net.UDPAddr:
		return a.AddrPort()
	}
	return netip.AddrPort{}
}

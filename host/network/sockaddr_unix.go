//go:build unix

package network

import (
	"net"
	"net/netip"
	"strconv"

	"golang.org/x/sys/unix"
)

// toAddr makes package net's address of a kernel one, of the kind that s has; nil for none.
func (s *socket) toAddr(sa unix.Sockaddr) net.Addr {
	switch sa := sa.(type) {
	case *unix.SockaddrInet4:
		return s.ipAddr(netip.AddrFrom4(sa.Addr), sa.Port)
	case *unix.SockaddrInet6:
		ip := netip.AddrFrom16(sa.Addr)
		if sa.ZoneId != 0 {
			ip = ip.WithZone(s.k.zoneName(int(sa.ZoneId)))
		}
		return s.ipAddr(ip, sa.Port)
	case *unix.SockaddrUnix:
		return &net.UnixAddr{Name: sa.Name, Net: s.name}
	}
	return nil
}

func (s *socket) ipAddr(ip netip.Addr, port int) net.Addr {
	switch s.typ {
	case unix.SOCK_STREAM:
		return net.TCPAddrFromAddrPort(netip.AddrPortFrom(ip, uint16(port)))
	case unix.SOCK_DGRAM:
		return net.UDPAddrFromAddrPort(netip.AddrPortFrom(ip, uint16(port)))
	}
	return &net.IPAddr{IP: ip.AsSlice(), Zone: ip.Zone()}
}

// toSockaddr makes the kernel's address of one of package net's. An IPv4 address goes to an IPv6 socket in its mapped
// form.
func (k *kernel) toSockaddr(a net.Addr, domain int) (unix.Sockaddr, error) {
	switch a := a.(type) {
	case *net.TCPAddr:
		return k.ipSockaddr(a.AddrPort(), domain)
	case *net.UDPAddr:
		return k.ipSockaddr(a.AddrPort(), domain)
	case *net.IPAddr:
		ip, _ := netip.AddrFromSlice(a.IP)
		return k.ipSockaddr(netip.AddrPortFrom(ip.WithZone(a.Zone), 0), domain)
	case *net.UnixAddr:
		return &unix.SockaddrUnix{Name: a.Name}, nil
	}
	return nil, unix.EAFNOSUPPORT
}

func (k *kernel) ipSockaddr(a netip.AddrPort, domain int) (unix.Sockaddr, error) {
	ip := a.Addr()
	switch {
	case domain == unix.AF_INET && ip.Unmap().Is4():
		return &unix.SockaddrInet4{Addr: ip.Unmap().As4(), Port: int(a.Port())}, nil
	case domain == unix.AF_INET6 && ip.IsValid():
		return &unix.SockaddrInet6{Addr: ip.As16(), Port: int(a.Port()), ZoneId: uint32(k.zoneIndex(ip.Zone()))}, nil
	}
	return nil, unix.EAFNOSUPPORT
}

// domainOf is the family that an address belongs to.
func domainOf(a net.Addr) int {
	switch a := a.(type) {
	case *net.TCPAddr:
		return ipDomain(a.AddrPort().Addr())
	case *net.UDPAddr:
		return ipDomain(a.AddrPort().Addr())
	case *net.UnixAddr:
		return unix.AF_UNIX
	case *net.IPAddr:
		if a.IP.To4() != nil {
			return unix.AF_INET
		}
	}
	return unix.AF_INET6
}

func ipDomain(ip netip.Addr) int {
	if ip.Is4() {
		return unix.AF_INET
	}
	return unix.AF_INET6
}

// zoneName is the interface's name, or its number when there is no such interface any more.
func (k *kernel) zoneName(index int) (name string) {
	name = strconv.Itoa(index)
	k.inside(func() error {
		ifi, err := net.InterfaceByIndex(index)
		if err == nil {
			name = ifi.Name
		}
		return err
	})
	return name
}

// zoneIndex is zoneName's inverse, 0 for none.
func (k *kernel) zoneIndex(name string) (index int) {
	if name == "" {
		return 0
	}
	if n, err := strconv.Atoi(name); err == nil {
		return n
	}
	k.inside(func() error {
		ifi, err := net.InterfaceByName(name)
		if err == nil {
			index = ifi.Index
		}
		return err
	})
	return index
}

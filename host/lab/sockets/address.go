package sockets

import (
	"net"
	"net/netip"
	"strconv"
	"syscall"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
)

// The versions of IP, by the names that sockets have.
const (
	ip4 = header.IPv4ProtocolNumber
	ip6 = header.IPv6ProtocolNumber
)

// versionOf is the version of IP that a belongs to. A mapped address is an IPv6 one.
func versionOf(a netip.Addr) tcpip.NetworkProtocolNumber {
	if a.Is4() {
		return ip4
	}
	return ip6
}

// toStack is a as the stack has it: IPv4 also where a is mapped, nothing where it is unspecified.
func toStack(a netip.Addr) tcpip.Address {
	a = a.Unmap()
	switch {
	case !a.IsValid(), a.IsUnspecified():
		return tcpip.Address{}
	case a.Is4():
		return tcpip.AddrFrom4(a.As4())
	}
	return tcpip.AddrFrom16(a.As16())
}

// fromStack is a as a socket of a version shows it. IPv6 shows IPv4 in its mapped form; nothing is unspecified.
func fromStack(a tcpip.Address, version tcpip.NetworkProtocolNumber) netip.Addr {
	switch a.Len() {
	case 4:
		v4 := netip.AddrFrom4(a.As4())
		if version == ip6 {
			return netip.AddrFrom16(v4.As16())
		}
		return v4
	case 16:
		return netip.AddrFrom16(a.As16())
	}
	if version == ip6 {
		return netip.IPv6Unspecified()
	}
	return netip.IPv4Unspecified()
}

// addrPort is the address inside one of package net's.
func addrPort(a net.Addr) (netip.AddrPort, bool) {
	switch a := a.(type) {
	case *net.TCPAddr:
		return a.AddrPort(), true
	case *net.UDPAddr:
		return a.AddrPort(), true
	case *net.IPAddr:
		ip, ok := netip.AddrFromSlice(a.IP)
		if a.IP.To4() != nil {
			ip = ip.Unmap()
		}
		return netip.AddrPortFrom(ip.WithZone(a.Zone), 0), ok
	}
	return netip.AddrPort{}, false
}

// full is a as the stack has it, for a socket of a version.
func (w *world) full(a netip.AddrPort, version tcpip.NetworkProtocolNumber) (tcpip.FullAddress, error) {
	ip := a.Addr()
	if !ip.IsValid() || version == ip4 && !ip.Unmap().Is4() {
		return tcpip.FullAddress{}, syscall.EAFNOSUPPORT
	}
	f := tcpip.FullAddress{Addr: toStack(ip), Port: a.Port()}
	if ip.Zone() != "" {
		f.NIC = tcpip.NICID(w.zoneIndex(ip.Zone()))
	}
	return f, nil
}

// netip is f as a socket of a version shows it; link-local addresses with their zone.
func (w *world) netip(f tcpip.FullAddress, version tcpip.NetworkProtocolNumber) netip.AddrPort {
	ip := fromStack(f.Addr, version)
	if f.NIC != 0 && ip.Is6() && (ip.IsLinkLocalUnicast() || ip.IsLinkLocalMulticast()) {
		ip = ip.WithZone(w.zoneName(int(f.NIC)))
	}
	return netip.AddrPortFrom(ip, f.Port)
}

// zoneName is the interface's name, or its number when there is none of that.
func (w *world) zoneName(index int) string {
	if name := w.stack.FindNICNameFromID(tcpip.NICID(index)); name != "" {
		return name
	}
	return strconv.Itoa(index)
}

// zoneIndex is zoneName's inverse, 0 for none.
func (w *world) zoneIndex(name string) int {
	if n, err := strconv.Atoi(name); err == nil {
		return n
	}
	for id, info := range w.stack.NICInfo() {
		if info.Name == name {
			return int(id)
		}
	}
	return 0
}

// device is the NIC of that name.
func (w *world) device(name string) (tcpip.NICID, error) {
	if name == "" {
		return 0, nil
	}
	if id := w.zoneIndex(name); id != 0 && w.stack.HasNIC(tcpip.NICID(id)) {
		return tcpip.NICID(id), nil
	}
	return 0, syscall.ENODEV
}

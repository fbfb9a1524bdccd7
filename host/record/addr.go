package record

import (
	"net"
	"net/netip"
	"strings"
)

// An Addr is a socket's address in a record.
type Addr struct {
	Net  string `json:"net"`            // "tcp", "udp", "ip", "unix" …
	Addr string `json:"addr,omitempty"` // as text
}

// AddrOf keeps an address; nil is none.
func AddrOf(a net.Addr) *Addr {
	switch a := a.(type) {
	case nil:
		return nil
	case *net.TCPAddr:
		return ipAddr("tcp", a == nil, a.AddrPort)
	case *net.UDPAddr:
		return ipAddr("udp", a == nil, a.AddrPort)
	case *net.IPAddr:
		if a == nil {
			return nil
		}
		return &Addr{"ip", a.String()}
	case *net.UnixAddr:
		if a == nil {
			return nil
		}
		return &Addr{a.Net, a.Name}
	}
	return &Addr{a.Network() + "?", a.String()}
}

// ipAddr keeps an IPv4 address as four bytes: package net tells the forms apart only in memory.
func ipAddr(name string, none bool, of func() netip.AddrPort) *Addr {
	if none {
		return nil
	}
	a := of()
	if !a.Addr().IsValid() {
		return &Addr{Net: name, Addr: ":" + netip.AddrPortFrom(netip.IPv4Unspecified(), a.Port()).String()[len("0.0.0.0:"):]}
	}
	return &Addr{name, a.String()}
}

// Std makes the address again; nil for none.
func (a *Addr) Std() net.Addr {
	if a == nil {
		return nil
	}
	switch a.Net {
	case "tcp", "udp":
		return a.withPort()
	case "ip":
		ip, err := net.ResolveIPAddr("ip", a.Addr)
		if err != nil {
			return plain(*a)
		}
		return ip
	case "unix", "unixgram", "unixpacket":
		return &net.UnixAddr{Net: a.Net, Name: a.Addr}
	}
	return plain(*a)
}

func (a *Addr) withPort() net.Addr {
	p, err := netip.ParseAddrPort(a.Addr)
	if err != nil { // a port without an address
		p, err = netip.ParseAddrPort("0.0.0.0" + a.Addr)
	}
	switch {
	case err != nil:
		return plain(*a)
	case a.Net == "tcp":
		t := net.TCPAddrFromAddrPort(p)
		if a.Addr[0] == ':' {
			t.IP = nil
		}
		return t
	}
	u := net.UDPAddrFromAddrPort(p)
	if a.Addr[0] == ':' {
		u.IP = nil
	}
	return u
}

// plain is an address of a kind of its own.
type plain Addr

// Network is its kind.
func (p plain) Network() string { return strings.TrimSuffix(p.Net, "?") }

// String is the address.
func (p plain) String() string { return p.Addr }

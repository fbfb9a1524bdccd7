package dgram

import (
	"context"
	"net"
	"net/netip"

	"moonwire/host/decl"
	"moonwire/host/network"
)

// target finds the address of a far or own end: host:port, or a host alone where the protocol has no ports. The host
// may be a name. param is the parameter it came by.
func (s *Socket) target(ctx context.Context, param, text string) (net.Addr, error) {
	if s.kind == udp {
		if a, err := netip.ParseAddrPort(text); err == nil {
			return net.UDPAddrFromAddrPort(a), nil
		}
		host, port, err := net.SplitHostPort(text)
		if err != nil {
			return nil, decl.BadArg(param, "host:port expected, got '%s'", text)
		}
		a, err := lookup(ctx, host, port, s.family)
		if err != nil {
			return nil, err
		}
		return net.UDPAddrFromAddrPort(a), nil
	}
	ip, err := netip.ParseAddr(text)
	if err != nil {
		a, err := lookup(ctx, text, "*", s.family)
		if err != nil {
			return nil, err
		}
		ip = a.Addr()
	}
	return s.hostAddr(ip), nil
}

// hostAddr is the address of a host for sockets without ports. The system takes a ping socket's as UDP's.
func (s *Socket) hostAddr(ip netip.Addr) net.Addr {
	if s.kind == ping && !s.raw {
		return net.UDPAddrFromAddrPort(netip.AddrPortFrom(ip, 0))
	}
	return &net.IPAddr{IP: ip.AsSlice(), Zone: ip.Zone()}
}

// lookup resolves a name, in the world of ctx.
func lookup(ctx context.Context, host, port, family string) (netip.AddrPort, error) {
	h := network.Hints{SockType: network.SockDgram}
	switch family {
	case "inet":
		h.Family = network.AFInet
	case "inet6":
		h.Family = network.AFInet6
	}
	list, err := network.GetAddrInfo(ctx, host, port, h)
	if err != nil {
		return netip.AddrPort{}, err
	}
	return list[0].Addr, nil
}

// ipOf is the address in a, without its port.
func ipOf(a net.Addr) netip.Addr {
	switch a := a.(type) {
	case *net.UDPAddr:
		return a.AddrPort().Addr()
	case *net.IPAddr:
		ip, _ := netip.AddrFromSlice(a.IP)
		if ip.Is6() && a.IP.To4() == nil {
			return ip.WithZone(a.Zone)
		}
		return ip.Unmap()
	}
	return netip.Addr{}
}

// familyOf guesses the family that an address text belongs to: IPv6's have colons. "" for a name.
func familyOf(text string, ports bool) string {
	if ports {
		if host, _, err := net.SplitHostPort(text); err == nil {
			text = host
		}
	}
	switch ip, err := netip.ParseAddr(text); {
	case err != nil:
		return ""
	case ip.Is4():
		return "inet"
	}
	return "inet6"
}

// text writes an address as scripts read it: host:port for UDP, else the host; "" for none.
func (s *Socket) text(a net.Addr) string {
	if a == nil {
		return ""
	}
	if s.kind == udp {
		return a.String()
	}
	if ip := ipOf(a); ip.IsValid() {
		return ip.String()
	}
	return ""
}

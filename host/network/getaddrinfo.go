package network

import (
	"context"
	"net/netip"
	"slices"
)

// A Family is an address family as getaddrinfo names it. The numbers are this package's own.
type Family int

// The families.
const (
	AFUnspec Family = iota
	AFInet
	AFInet6
)

// A SockType is a socket type as getaddrinfo names it, with Linux's numbers.
type SockType int

// The socket types; 0 asks for all.
const (
	SockStream    SockType = 1
	SockDgram     SockType = 2
	SockRaw       SockType = 3
	SockSeqPacket SockType = 5
	SockDCCP      SockType = 6
)

// A GAIFlag changes what GetAddrInfo does.
type GAIFlag int

// The flags of RFC 3493 section 6.1, with glibc's numbers.
const (
	AIPassive     GAIFlag = 1 << iota // addresses to bind to
	AICanonName                       // the first entry has the canonical name
	AINumericHost                     // no name lookup
	AIV4Mapped                        // IPv4 addresses in IPv6 form when there are no IPv6 ones
	AIAll                             // with AIV4Mapped: also when there are
	AIAddrConfig                      // only families that this machine has addresses of
	AINumericServ GAIFlag = 1 << 10   // no service lookup
)

const allAIFlags = AIPassive | AICanonName | AINumericHost | AIV4Mapped | AIAll | AIAddrConfig | AINumericServ

// Hints narrow what GetAddrInfo returns.
type Hints struct {
	Family   Family
	SockType SockType
	Protocol int // IP protocol number, 0 for any
	Flags    GAIFlag
}

// An AddrInfo is one way to reach a service.
type AddrInfo struct {
	Family    Family
	SockType  SockType
	Protocol  int
	CanonName string // of the first entry, when asked for
	Addr      netip.AddrPort
}

// GetAddrInfo translates a host and a service to addresses as RFC 3493 section 6.1 says and glibc does, in the world of
// ctx. "*" stands for no host (the wildcard address with AIPassive, else loopback) and for no service (port 0). The
// addresses come in the order to try them in (RFC 6724); each in every socket type that was asked for. It differs from
// glibc in refusing ports over 65535. It fails with a *GAIError, or with ctx's error.
func GetAddrInfo(ctx context.Context, host, service string, h Hints) ([]AddrInfo, error) {
	n := From(ctx)
	fail := func(code GAICode, name string) ([]AddrInfo, error) { return nil, &GAIError{Code: code, Name: name} }
	switch {
	case host == "*" && service == "*":
		return fail(EAINoName, "")
	case h.Flags&^allAIFlags != 0:
		return fail(EAIBadFlags, "")
	case h.Flags&AICanonName != 0 && host == "*":
		return fail(EAIBadFlags, "")
	case h.Family < AFUnspec || h.Family > AFInet6:
		return fail(EAIFamily, "")
	}
	if h.Flags&AIAddrConfig != 0 && !configured(n, &h) {
		return fail(EAINoName, host)
	}
	ports, code := servicePorts(service, h)
	if code != 0 {
		return fail(code, service)
	}
	addrs, canon, err := hostAddrs(ctx, n, host, h)
	if err != nil {
		return nil, err
	}
	sortAddrs(ctx, n, addrs)
	var out []AddrInfo
	for _, a := range addrs {
		for _, p := range ports {
			out = append(out, AddrInfo{Family: familyOf(a), SockType: p.typ, Protocol: p.proto, Addr: netip.AddrPortFrom(a, p.port)})
		}
	}
	if h.Flags&AICanonName != 0 {
		out[0].CanonName = canon
	}
	return out, nil
}

// familyOf is the family a socket for a must have: a mapped address is an IPv6 one.
func familyOf(a netip.Addr) Family {
	if a.Is4() {
		return AFInet
	}
	return AFInet6
}

// configured narrows h to the families that n has addresses of, 127.0.0.1 and ::1 aside. It is false when the family
// asked for is none of them.
func configured(n Network, h *Hints) bool {
	list, err := n.Interfaces()
	if err != nil {
		return true
	}
	var v4, v6 bool
	for _, i := range list {
		for _, p := range i.Addrs {
			switch a := p.Addr(); {
			case a.Is4():
				v4 = v4 || a != netip.AddrFrom4([4]byte{127, 0, 0, 1})
			default:
				v6 = v6 || a != netip.IPv6Loopback()
			}
		}
	}
	switch {
	case h.Family == AFInet:
		return v4
	case h.Family == AFInet6:
		return v6
	case v4 && !v6:
		h.Family = AFInet
	case v6 && !v4:
		h.Family = AFInet6
	}
	return true
}

// hostAddrs finds the addresses of host and its canonical name.
func hostAddrs(ctx context.Context, n Network, host string, h Hints) ([]netip.Addr, string, error) {
	if host == "*" {
		return anyAddrs(h), "", nil
	}
	a, code := numericAddr(n, host, h)
	switch {
	case code != 0:
		return nil, "", &GAIError{Code: code, Name: host}
	case a.IsValid():
		return []netip.Addr{a}, host, nil
	case h.Flags&AINumericHost != 0, host == "":
		return nil, "", &GAIError{Code: EAINoName, Name: host}
	}
	return lookupAddrs(ctx, n, host, h)
}

// anyAddrs are the addresses of no host: to bind to, or of this machine.
func anyAddrs(h Hints) (out []netip.Addr) {
	v4, v6 := netip.AddrFrom4([4]byte{127, 0, 0, 1}), netip.IPv6Loopback()
	if h.Flags&AIPassive != 0 {
		v4, v6 = netip.IPv4Unspecified(), netip.IPv6Unspecified()
	}
	if h.Family != AFInet {
		out = append(out, v6)
	}
	if h.Family != AFInet6 {
		out = append(out, v4)
	}
	return out
}

// lookupAddrs asks n's resolver. AIV4Mapped turns to IPv4 when there is no IPv6 address, or with AIAll in any case.
func lookupAddrs(ctx context.Context, n Network, host string, h Hints) ([]netip.Addr, string, error) {
	found, err := n.LookupHost(ctx, host, h.Family)
	if h.Family == AFInet6 && h.Flags&AIV4Mapped != 0 && (err != nil || h.Flags&AIAll != 0) {
		v4, err4 := n.LookupHost(ctx, host, AFInet)
		if err4 == nil {
			err = nil
			for _, a := range v4.Addrs {
				found.Addrs = append(found.Addrs, netip.AddrFrom16(a.As16()))
			}
			if found.Name == "" {
				found.Name = v4.Name
			}
		}
	}
	if err != nil {
		return nil, "", err
	}
	if h.Family == AFInet6 && h.Flags&(AIV4Mapped|AIAll) == AIV4Mapped && slices.ContainsFunc(found.Addrs, isIPv6) {
		found.Addrs = slices.DeleteFunc(found.Addrs, netip.Addr.Is4In6) // from AAAA records: glibc drops them, too
	}
	return found.Addrs, found.Name, nil
}

func isIPv6(a netip.Addr) bool { return a.Is6() && !a.Is4In6() }

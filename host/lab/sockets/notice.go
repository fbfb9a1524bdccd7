package sockets

import (
	"net/netip"
	"syscall"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"

	"moonwire/host/network"
)

// notice is what an ICMP error says.
type notice struct {
	version   tcpip.NetworkProtocolNumber
	typ, code int
	mtu       int
	offender  netip.Addr
	quoted    quoted
	errno     error // the kernel's for it; nil: it is none
	final     bool  // there is no hope for the next datagram
}

// unreachable4 are the kernel's errors for the codes of destination unreachable (RFC 1812 section 5.2.7.1).
var unreachable4 = []struct {
	errno error
	final bool
}{
	{syscall.ENETUNREACH, false}, {syscall.EHOSTUNREACH, false}, {syscall.ENOPROTOOPT, true}, {syscall.ECONNREFUSED, true},
	{syscall.EMSGSIZE, true}, {syscall.EOPNOTSUPP, false}, {syscall.ENETUNREACH, true}, {syscall.EHOSTDOWN, true},
	{enonet, true}, {syscall.ENETUNREACH, true}, {syscall.EHOSTUNREACH, true}, {syscall.ENETUNREACH, false},
	{syscall.EHOSTUNREACH, false}, {syscall.EHOSTUNREACH, true}, {syscall.EHOSTUNREACH, true}, {syscall.EHOSTUNREACH, true},
}

// unreachable6 are those for the codes of ICMPv6 (RFC 4443 section 3.1).
var unreachable6 = []struct {
	errno error
	final bool
}{
	{syscall.ENETUNREACH, false}, {syscall.EACCES, true}, {syscall.EHOSTUNREACH, false}, {syscall.EHOSTUNREACH, false},
	{syscall.ECONNREFUSED, true}, {syscall.EACCES, true}, {syscall.EACCES, true},
}

// cause fills in the kernel's error.
func (n *notice) cause() {
	if n.version == ip6 {
		n.cause6()
		return
	}
	switch header.ICMPv4Type(n.typ) {
	case header.ICMPv4TimeExceeded:
		n.errno = syscall.EHOSTUNREACH
	case header.ICMPv4ParamProblem:
		n.errno, n.final = syscall.EPROTO, true
	case header.ICMPv4DstUnreachable:
		n.errno = syscall.EHOSTUNREACH
		if n.code < len(unreachable4) {
			n.errno, n.final = unreachable4[n.code].errno, unreachable4[n.code].final
		}
	}
}

func (n *notice) cause6() {
	switch header.ICMPv6Type(n.typ) {
	case header.ICMPv6TimeExceeded:
		n.errno = syscall.EHOSTUNREACH
	case header.ICMPv6PacketTooBig:
		n.errno, n.final = syscall.EMSGSIZE, true
	case header.ICMPv6DstUnreachable:
		n.errno, n.final = syscall.EPROTO, true
		if n.code < len(unreachable6) {
			n.errno, n.final = unreachable6[n.code].errno, unreachable6[n.code].final
		}
	default:
		n.errno, n.final = syscall.EPROTO, header.ICMPv6Type(n.typ) == header.ICMPv6ParamProblem
	}
}

// tooBig says that the packet was longer than a link's MTU.
func (n *notice) tooBig() bool { return n.errno == syscall.EMSGSIZE }

// entry is the notice in a socket's error queue.
func (n *notice) entry(f flavor) network.PacketError {
	e := network.PacketError{Errno: n.errno, Origin: "icmp", Type: n.typ, Code: n.code, Offender: n.offender,
		Dst: netip.AddrPortFrom(fromStack(n.quoted.dst, n.version), 0), Payload: n.quoted.rest}
	if n.version == ip6 {
		e.Origin = "icmp6"
	}
	if n.tooBig() {
		e.MTU = n.mtu
	}
	if _, isUDP := f.(udp); isUDP {
		e.Dst = netip.AddrPortFrom(e.Dst.Addr(), n.quoted.dstPort)
		e.Payload = n.quoted.rest[header.UDPMinimumSize:]
	}
	return e
}

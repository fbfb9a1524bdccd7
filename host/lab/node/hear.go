package node

import (
	"encoding/binary"
	"net/netip"

	"gvisor.dev/gvisor/pkg/tcpip/checksum"
	"gvisor.dev/gvisor/pkg/tcpip/header"

	"moonwire/host/lab/node/icmp"
)

// hear4 looks at an IPv4 packet to this node: what a router says of a path's MTU is remembered. It says whether the stack
// may have the packet.
func (n *Node) hear4(packet []byte) bool {
	h := header.IPv4(packet)
	if h.Protocol() != uint8(header.ICMPv4ProtocolNumber) || h.More() || h.FragmentOffset() != 0 {
		return true
	}
	body := packet[h.HeaderLength():]
	if len(body) < 8+header.IPv4MinimumSize || !error4(body[0]) {
		return true
	}
	if n.deaf.Load() {
		n.drop(Deaf)
		return false
	}
	const unreachable, fragmentationNeeded = 3, 4
	if body[0] != unreachable || body[1] != fragmentationNeeded || checksum.Checksum(body, 0) != 0xffff {
		return true
	}
	if quote := body[8:]; n.isOwn(netip.AddrFrom4([4]byte(quote[12:16]))) {
		n.learn(netip.AddrFrom4([4]byte(quote[16:20])), int(binary.BigEndian.Uint16(body[6:])), quote)
	}
	return true
}

// error4 says whether an ICMP type is an error, or advice about a packet of ours.
func error4(kind byte) bool {
	switch kind {
	case 3, 4, 5, 11, 12: // unreachable, source quench, redirect, time exceeded, parameter problem
		return true
	}
	return false
}

// hear6 is hear4 for IPv6.
func (n *Node) hear6(packet []byte) bool {
	kind, at, ok := icmp.Upper6(packet)
	if !ok || kind != uint8(header.ICMPv6ProtocolNumber) {
		return true
	}
	body := packet[at:]
	if len(body) < 8+header.IPv6MinimumSize || body[0] >= 128 {
		return true
	}
	if n.deaf.Load() {
		n.drop(Deaf)
		return false
	}
	const packetTooBig = 2
	h := header.IPv6(packet)
	sum := header.PseudoHeaderChecksum(header.ICMPv6ProtocolNumber, h.SourceAddress(), h.DestinationAddress(), uint16(len(body)))
	if body[0] != packetTooBig || checksum.Checksum(body, sum) != 0xffff {
		return true
	}
	if quote := body[8:]; n.isOwn(netip.AddrFrom16([16]byte(quote[8:24]))) {
		n.learn(netip.AddrFrom16([16]byte(quote[24:40])), int(min(binary.BigEndian.Uint32(body[4:]), 65535)), quote)
	}
	return true
}

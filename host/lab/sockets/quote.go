package sockets

import (
	"encoding/binary"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
)

// quoted is what an ICMP error tells of the packet that earned it.
type quoted struct {
	src, dst         tcpip.Address
	proto            tcpip.TransportProtocolNumber
	srcPort, dstPort uint16 // of ping: the identifier, and 0
	rest             []byte // from the transport header on, 8 bytes at least
}

// leastQuote is what every error brings of the transport header (RFC 792).
const leastQuote = 8

// quote reads a packet that came back.
func quote(version tcpip.NetworkProtocolNumber, b []byte) (q quoted, ok bool) {
	if version == ip6 {
		q, ok = quote6(b)
	} else {
		q, ok = quote4(b)
	}
	if !ok || len(q.rest) < leastQuote {
		return q, false
	}
	switch q.proto {
	case header.UDPProtocolNumber, header.TCPProtocolNumber:
		q.srcPort, q.dstPort = binary.BigEndian.Uint16(q.rest), binary.BigEndian.Uint16(q.rest[2:])
	case header.ICMPv4ProtocolNumber, header.ICMPv6ProtocolNumber:
		q.srcPort = binary.BigEndian.Uint16(q.rest[4:])
	}
	return q, true
}

func quote4(b []byte) (quoted, bool) {
	h := header.IPv4(b)
	if len(b) < header.IPv4MinimumSize || b[0]>>4 != 4 || int(h.HeaderLength()) < header.IPv4MinimumSize || int(h.HeaderLength()) > len(b) || h.FragmentOffset() != 0 {
		return quoted{}, false
	}
	return quoted{src: h.SourceAddress(), dst: h.DestinationAddress(), proto: h.TransportProtocol(), rest: b[h.HeaderLength():]}, true
}

// The extension headers of IPv6 that may stand before the transport header (RFC 8200 section 4.1).
const (
	hopByHop    = 0
	routing     = 43
	fragment    = 44
	destination = 60
)

func quote6(b []byte) (quoted, bool) {
	if len(b) < header.IPv6MinimumSize || b[0]>>4 != 6 {
		return quoted{}, false
	}
	h := header.IPv6(b)
	next, rest := h.NextHeader(), b[header.IPv6MinimumSize:]
	for len(rest) >= 8 {
		length := 8 * (int(rest[1]) + 1)
		switch next {
		case hopByHop, routing, destination:
		case fragment:
			if length = 8; binary.BigEndian.Uint16(rest[2:])&^7 != 0 {
				return quoted{}, false // not the first one
			}
		default:
			return quoted{src: h.SourceAddress(), dst: h.DestinationAddress(), proto: tcpip.TransportProtocolNumber(next), rest: rest}, true
		}
		if length > len(rest) {
			return quoted{}, false
		}
		next, rest = rest[0], rest[length:]
	}
	return quoted{}, false
}

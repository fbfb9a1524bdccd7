// Package icmp makes the messages by which a router or a host says that a packet got no further, and says when it must be
// silent (RFC 792, RFC 1812 section 4.3, RFC 4443).
package icmp

import (
	"encoding/binary"
	"net/netip"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/checksum"
	"gvisor.dev/gvisor/pkg/tcpip/header"
)

// Message is the head of an ICMP message: its type and code, and the four bytes whose meaning they decide (next hop's MTU,
// pointer).
type Message struct {
	Type, Code byte
	Rest       uint32
}

// IPv4's messages (RFC 792, RFC 1122, RFC 1812).
var (
	NetUnreachable       = Message{3, 0, 0}
	HostUnreachable      = Message{3, 1, 0}
	ProtocolUnreachable  = Message{3, 2, 0}
	PortUnreachable      = Message{3, 3, 0}
	TimeExceeded         = Message{11, 0, 0}
	tooBigType, tooBigID = byte(3), byte(4)
)

// IPv6's messages (RFC 4443).
var (
	NoRoute6            = Message{1, 0, 0}
	BeyondScope6        = Message{1, 2, 0}
	AddressUnreachable6 = Message{1, 3, 0}
	PortUnreachable6    = Message{1, 4, 0}
	TimeExceeded6       = Message{3, 0, 0}
)

// FragmentationNeeded says that a packet must not be cut and the next hop takes no more than mtu bytes (RFC 1191).
func FragmentationNeeded(mtu int) Message { return Message{tooBigType, tooBigID, uint32(mtu)} }

// ParameterProblem points at the byte of an IPv4 header that is wrong.
func ParameterProblem(at int) Message { return Message{12, 0, uint32(at) << 24} }

// PacketTooBig says that the next hop takes no more than mtu bytes.
func PacketTooBig(mtu int) Message { return Message{2, 0, uint32(mtu)} }

// ParameterProblem6 points at the byte of an IPv6 packet that is wrong, with code 0 to 2.
func ParameterProblem6(code byte, at int) Message { return Message{4, code, uint32(at)} }

// The most that a message may have, IP header included: as a rule every link carries it.
const (
	longest4 = 576
	longest6 = 1280
)

// TTL is of the messages we send.
const TTL = 64

// head is the length of an ICMP message's own head.
const head = 8

// V4 is message m about packet, as an IP packet from src to dst, preceded by room bytes for a link header. It quotes as
// much as 576 bytes hold (RFC 1812 section 4.3.2.3) and has the precedence of internetwork control (section 4.3.2.5).
func V4(m Message, src, dst netip.Addr, packet []byte, id uint16, room int) []byte {
	quote := packet[:min(len(packet), longest4-header.IPv4MinimumSize-head)]
	n := header.IPv4MinimumSize + head + len(quote)
	b := make([]byte, room+n)
	h := header.IPv4(b[room:])
	h.Encode(&header.IPv4Fields{
		TOS:         packet[1]&0x1e | 0xc0,
		TotalLength: uint16(n),
		ID:          id,
		TTL:         TTL,
		Protocol:    uint8(header.ICMPv4ProtocolNumber),
		SrcAddr:     tcpip.AddrFrom4(src.As4()),
		DstAddr:     tcpip.AddrFrom4(dst.As4()),
	})
	h.SetChecksum(^h.CalculateChecksum())
	body := b[room+header.IPv4MinimumSize:]
	m.put(body, quote)
	binary.BigEndian.PutUint16(body[2:], ^checksum.Checksum(body, 0))
	return b
}

// V6 is message m about packet, as an IPv6 packet. It quotes as much as 1280 bytes hold (RFC 4443 section 2.4).
func V6(m Message, src, dst netip.Addr, packet []byte, room int) []byte {
	quote := packet[:min(len(packet), longest6-header.IPv6MinimumSize-head)]
	b := make([]byte, room+header.IPv6MinimumSize+head+len(quote))
	from, to := tcpip.AddrFrom16(src.As16()), tcpip.AddrFrom16(dst.As16())
	header.IPv6(b[room:]).Encode(&header.IPv6Fields{
		PayloadLength:     uint16(head + len(quote)),
		TransportProtocol: header.ICMPv6ProtocolNumber,
		HopLimit:          TTL,
		SrcAddr:           from,
		DstAddr:           to,
	})
	body := b[room+header.IPv6MinimumSize:]
	m.put(body, quote)
	sum := header.PseudoHeaderChecksum(header.ICMPv6ProtocolNumber, from, to, uint16(len(body)))
	binary.BigEndian.PutUint16(body[2:], ^checksum.Checksum(body, sum))
	return b
}

func (m Message) put(body, quote []byte) {
	body[0], body[1] = m.Type, m.Code
	binary.BigEndian.PutUint32(body[4:], m.Rest)
	copy(body[head:], quote)
}

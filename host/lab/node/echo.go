package node

import (
	"encoding/binary"

	"gvisor.dev/gvisor/pkg/tcpip/checksum"
	"gvisor.dev/gvisor/pkg/tcpip/header"

	"moonwire/host/lab/node/icmp"
)

// echo4 answers an echo request of the node to an address of its own. The stack doesn't, since lo borrows such addresses;
// it does for those that are lo's.
func (n *Node) echo4(packet []byte) {
	h := header.IPv4(packet)
	at := int(h.HeaderLength())
	if h.Protocol() != uint8(header.ICMPv4ProtocolNumber) || len(packet) < at+8 || packet[at] != 8 || packet[16] == 127 {
		return
	}
	b := append(make([]byte, link, link+len(packet)), packet...)
	reply := header.IPv4(b[link:])
	src, dst := reply.SourceAddress(), reply.DestinationAddress()
	reply.SetSourceAddress(dst)
	reply.SetDestinationAddress(src)
	reply.SetTTL(icmp.TTL)
	reply.SetChecksum(0)
	reply.SetChecksum(^reply.CalculateChecksum())
	body := reply[at:]
	body[0] = 0
	binary.BigEndian.PutUint16(body[2:], 0)
	binary.BigEndian.PutUint16(body[2:], ^checksum.Checksum(body, 0))
	n.loop(b)
}

// isEcho4 says whether a packet is an echo request. To all, Linux answers none (RFC 1122 section 3.2.2.6,
// net.ipv4.icmp_echo_ignore_broadcasts).
func isEcho4(packet []byte) bool {
	h := header.IPv4(packet)
	at := int(h.HeaderLength())
	return h.Protocol() == uint8(header.ICMPv4ProtocolNumber) && h.FragmentOffset() == 0 && len(packet) > at && packet[at] == 8
}

// echo6 is the same for IPv6.
func (n *Node) echo6(packet []byte) {
	const at = header.IPv6MinimumSize
	if packet[6] != uint8(header.ICMPv6ProtocolNumber) || len(packet) < at+8 || packet[at] != 128 {
		return
	}
	b := append(make([]byte, link, link+len(packet)), packet...)
	reply := header.IPv6(b[link:])
	src, dst := reply.SourceAddress(), reply.DestinationAddress()
	reply.SetSourceAddress(dst)
	reply.SetDestinationAddress(src)
	reply.SetHopLimit(icmp.TTL)
	body := reply[at:]
	body[0] = 129
	binary.BigEndian.PutUint16(body[2:], 0)
	sum := header.PseudoHeaderChecksum(header.ICMPv6ProtocolNumber, dst, src, uint16(len(body)))
	binary.BigEndian.PutUint16(body[2:], ^checksum.Checksum(body, sum))
	n.loop(b)
}

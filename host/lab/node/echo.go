package node

import (
	"encoding/binary"

	"gvisor.dev/gvisor/pkg/buffer"
	"gvisor.dev/gvisor/pkg/tcpip/checksum"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/header/parse"
	"gvisor.dev/gvisor/pkg/tcpip/stack"

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

// echoToAll says whether an IPv4 packet is an echo request in one piece. Sent to more than one host it isn't answered, as
// Linux has it (icmp_echo_ignore_broadcasts); raw sockets hear it.
func echoToAll(packet []byte) bool {
	h := header.IPv4(packet)
	at := int(h.HeaderLength())
	return h.Protocol() == uint8(header.ICMPv4ProtocolNumber) && !h.More() && h.FragmentOffset() == 0 &&
		len(packet) >= at+header.ICMPv4MinimumSize && packet[at] == 8
}

// overhear4 shows an ICMP message to raw sockets only.
func (n *Node) overhear4(frame []byte) {
	pkt := stack.NewPacketBuffer(stack.PacketBufferOptions{Payload: buffer.MakeWithData(frame)})
	defer pkt.DecRef()
	pkt.LinkHeader().Consume(link)
	if parse.IPv4(pkt) && parse.ICMPv4(pkt) {
		n.ears.show(header.ICMPv4ProtocolNumber, pkt)
	}
}

package node

import (
	"encoding/binary"

	"gvisor.dev/gvisor/pkg/buffer"
	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/stack"

	"moonwire/host/lab/node/fragment"
	"moonwire/host/lab/node/pathmtu"
	"moonwire/host/network"
)

// Policy is what becomes of a socket's packets that are too long (ip(7), IP_MTU_DISCOVER). A socket gets it by SetOwner;
// one without fragments as needed, by the known path MTU.
type Policy network.DF

// KUID and KGID make a Policy a tcpip.PacketOwner.
func (Policy) KUID() uint32 { return 0 }
func (Policy) KGID() uint32 { return 0 }

// egress is an interface as the stack's IP sees it: one without a limit to its packets, so that the stack never
// fragments. That is done here, where all that a node sends itself comes by.
type egress struct {
	stack.NetworkInterface
	node *Node
}

// MTU is the longest packet that IP knows.
func (e *egress) MTU() uint32 { return header.IPv4MaximumPayloadSize }

// WritePacket sends a packet of any length.
func (e *egress) WritePacket(r *stack.Route, pkt *stack.PacketBuffer) tcpip.Error {
	out := e.node.at(int(e.ID()))
	if out == nil || out == e.node.lo {
		return e.NetworkInterface.WritePacket(r, pkt)
	}
	head := pkt.NetworkHeader().Slice()
	if head[0]>>4 == 4 {
		return e.write4(out, r, pkt, header.IPv4(head))
	}
	return e.write6(out, r, pkt, header.IPv6(head))
}

// WritePacketToRemote sends what needs no route: discovery of neighbours and reports of groups.
func (e *egress) WritePacketToRemote(mac tcpip.LinkAddress, pkt *stack.PacketBuffer) tcpip.Error {
	if !membership(pkt, pkt.NetworkHeader().Slice()) {
		if pkt.NetworkProtocolNumber == header.IPv6ProtocolNumber {
			e.node.counts.left(v6, uint8(pkt.TransportProtocolNumber), pkt.TransportHeader().Slice())
		}
		return e.NetworkInterface.WritePacketToRemote(mac, pkt)
	}
	packet := reported(flatten(pkt))
	if packet == nil {
		return nil
	}
	out := piece(packet, pkt.NetworkProtocolNumber)
	defer out.DecRef()
	return e.NetworkInterface.WritePacketToRemote(mac, out)
}

// membership says whether a packet may be a message about groups.
func membership(pkt *stack.PacketBuffer, head []byte) bool {
	if head[0]>>4 == 4 {
		return header.IPv4(head).TransportProtocol() == header.IGMPProtocolNumber
	}
	return head[6] == 0 && head[7] == 1 // hop by hop, for one hop
}

// policy is what the sender of a packet wants.
func policy(pkt *stack.PacketBuffer) network.DF {
	if p, ok := pkt.Owner.(Policy); ok {
		return network.DF(p)
	}
	return network.DFDefault
}

// fits says whether a packet may leave as it is, with what is known of its way. A refusal is the sender's.
func (e *egress) fits(out *device, pkt *stack.PacketBuffer, dst tcpip.Address) (limit int, path pathmtu.Path, err tcpip.Error) {
	df := policy(pkt)
	limit = int(out.MTU())
	if df != network.DFProbe {
		var known bool
		if path, known = e.node.paths.Lookup(fromStack(dst), e.node.opt.Clock.Now()); known {
			limit = min(limit, path.MTU)
		}
	}
	if pkt.Size() > limit && (df == network.DFDo || df == network.DFProbe) {
		err = &tcpip.ErrMessageTooLong{}
	}
	return limit, path, err
}

func (e *egress) write4(out *device, r *stack.Route, pkt *stack.PacketBuffer, h header.IPv4) tcpip.Error {
	if e.node.silenced4(pkt, h) {
		return nil
	}
	e.node.counts.left(v4, h.Protocol(), pkt.TransportHeader().Slice())
	limit, path, err := e.fits(out, pkt, h.DestinationAddress())
	if err != nil {
		return err
	}
	loose := path.Loose && policy(pkt) != network.DFDo && policy(pkt) != network.DFProbe
	if pkt.Size() <= limit {
		if loose && h.Flags()&header.IPv4FlagDontFragment != 0 {
			fragment.Identify(h, e.node.identification(h))
		}
		return e.NetworkInterface.WritePacket(r, pkt)
	}
	if h.Protocol() == uint8(header.TCPProtocolNumber) && !loose && pkt.Size() <= int(out.MTU()) {
		return e.NetworkInterface.WritePacket(r, pkt) // TCP hears from the router, and then makes shorter segments
	}
	packet := flatten(pkt)
	fragment.Identify(packet, e.node.identification(packet))
	pieces := fragment.V4(packet, limit, 0)
	e.node.counts.ip[v4].cut(len(pieces))
	return e.writeAll(r, pkt, pieces)
}

func (e *egress) write6(out *device, r *stack.Route, pkt *stack.PacketBuffer, h header.IPv6) tcpip.Error {
	if e.node.silenced6(pkt) {
		return nil
	}
	e.node.counts.left(v6, uint8(h.TransportProtocol()), pkt.TransportHeader().Slice())
	limit, _, err := e.fits(out, pkt, h.DestinationAddress())
	if err != nil {
		return err
	}
	tcp := h.TransportProtocol() == header.TCPProtocolNumber && pkt.Size() <= int(out.MTU())
	if pkt.Size() <= limit || tcp {
		return e.NetworkInterface.WritePacket(r, pkt)
	}
	pieces := fragment.V6(flatten(pkt), limit, 0, e.node.random())
	if pieces == nil {
		return &tcpip.ErrMessageTooLong{}
	}
	e.node.counts.ip[v6].cut(len(pieces))
	return e.writeAll(r, pkt, pieces)
}

// writeAll sends the fragments of a packet.
func (e *egress) writeAll(r *stack.Route, whole *stack.PacketBuffer, pieces [][]byte) tcpip.Error {
	for _, p := range pieces {
		pkt := piece(p, whole.NetworkProtocolNumber)
		err := e.NetworkInterface.WritePacket(r, pkt)
		pkt.DecRef()
		if err != nil {
			return err
		}
	}
	return nil
}

// piece is an IP packet that leaves as it is.
func piece(packet []byte, proto tcpip.NetworkProtocolNumber) *stack.PacketBuffer {
	pkt := stack.NewPacketBuffer(stack.PacketBufferOptions{ReserveHeaderBytes: link, Payload: buffer.MakeWithData(packet)})
	n := header.IPv6MinimumSize
	if packet[0]>>4 == 4 {
		n = int(header.IPv4(packet).HeaderLength())
	}
	pkt.NetworkHeader().Consume(n)
	pkt.NetworkProtocolNumber = proto
	return pkt
}

// identification is a packet's own, or a new one.
func (n *Node) identification(packet []byte) uint16 {
	if id := binary.BigEndian.Uint16(packet[4:]); id != 0 {
		return id
	}
	return uint16(n.random()) | 1
}

// random draws from the stack's random numbers.
func (n *Node) random() uint32 {
	rng := n.stack.SecureRNG()
	return rng.Uint32()
}

// silenced4 says whether a packet is an ICMP error of a node that sends none.
func (n *Node) silenced4(pkt *stack.PacketBuffer, h header.IPv4) bool {
	body := pkt.TransportHeader().Slice()
	if h.Protocol() != uint8(header.ICMPv4ProtocolNumber) || len(body) == 0 || !error4(body[0]) || !n.mute.Load() {
		return false
	}
	n.drop(Muted)
	return true
}

// silenced6 is the same for IPv6.
func (n *Node) silenced6(pkt *stack.PacketBuffer) bool {
	body := pkt.TransportHeader().Slice()
	if pkt.TransportProtocolNumber != header.ICMPv6ProtocolNumber || len(body) == 0 || body[0] >= 128 || !n.mute.Load() {
		return false
	}
	n.drop(Muted)
	return true
}

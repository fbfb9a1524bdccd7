package node

import (
	"net/netip"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/stack"

	"moonwire/host/lab/node/icmp"
	"moonwire/host/network"
)

// ingress is where the stack's IP hands over what is for sockets.
type ingress struct {
	stack.TransportDispatcher
	node *Node
}

// DeliverTransportPacket says itself that nobody wanted a packet: with Linux's limits, and not at all when the node is
// mute.
func (i *ingress) DeliverTransportPacket(proto tcpip.TransportProtocolNumber, pkt *stack.PacketBuffer) stack.TransportPacketDisposition {
	if i.node.guards.drops(proto, pkt) {
		return stack.TransportPacketHandled
	}
	disposition := i.TransportDispatcher.DeliverTransportPacket(proto, pkt)
	if disposition == stack.TransportPacketProtocolUnreachable && i.node.ears.wanted(pkt.NetworkProtocolNumber, proto) {
		disposition = stack.TransportPacketHandled
	}
	i.node.counts.delivered(proto, pkt, disposition)
	if disposition == stack.TransportPacketHandled {
		return disposition
	}
	packet, to := whole(pkt), network.ToHost
	if pkt.NetworkPacketInfo.LocalAddressBroadcast || direction(pkt) != network.ToHost {
		to = network.ToBroadcast
	}
	if packet[0]>>4 == 4 {
		m := icmp.PortUnreachable
		if disposition == stack.TransportPacketProtocolUnreachable {
			m = icmp.ProtocolUnreachable
		}
		i.node.reportFrom4(to, m, packet, netip.AddrFrom4([4]byte(packet[16:20])))
		return stack.TransportPacketHandled
	}
	m := icmp.PortUnreachable6
	if disposition == stack.TransportPacketProtocolUnreachable {
		m = icmp.ParameterProblem6(1, icmp.TypeOfUpper6(packet))
	}
	i.node.reportFrom6(to, m, packet, netip.AddrFrom16([16]byte(packet[24:40])))
	return stack.TransportPacketHandled
}

// DeliverRawPacket shows a packet to those who hear its protocol.
func (i *ingress) DeliverRawPacket(proto tcpip.TransportProtocolNumber, pkt *stack.PacketBuffer) {
	i.node.ears.show(proto, pkt)
	i.TransportDispatcher.DeliverRawPacket(proto, pkt)
}

// direction says whom the frame of a packet was for, as far as errors go.
func direction(pkt *stack.PacketBuffer) network.Direction {
	if eth := pkt.LinkHeader().Slice(); len(eth) > 0 && eth[0]&1 != 0 {
		return network.ToBroadcast
	}
	return network.ToHost
}

// whole is as much of a packet as an error could quote.
func whole(pkt *stack.PacketBuffer) []byte {
	const most = 1280
	b := append(append([]byte{}, pkt.NetworkHeader().Slice()...), pkt.TransportHeader().Slice()...)
	if data := pkt.Data(); data.Size() > 0 {
		view := data.AsRange().ToSlice()
		b = append(b, view[:min(len(view), most)]...)
	}
	return b
}

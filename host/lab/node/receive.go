package node

import (
	"net/netip"

	"gvisor.dev/gvisor/pkg/buffer"
	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/checksum"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/stack"

	"moonwire/host/network"
)

// link is the length of an Ethernet header.
const link = header.EthernetMinimumSize

// receive takes a frame that arrived, on the engine's goroutine.
func (d *device) receive(frame []byte) {
	if len(frame) < link || !d.up.Load() {
		d.counts.inDiscards.Add(1)
		return
	}
	to := d.direction(frame)
	d.taps.show(frame, false, nil)
	if to == network.ToOther {
		d.node.drop(NotForUs)
		return
	}
	d.counts.received(frame, to)
	switch proto := header.Ethernet(frame).Type(); proto {
	case header.ARPProtocolNumber:
		d.receiveARP(frame, to)
	case header.IPv4ProtocolNumber:
		d.node.receive4(d, frame, to)
	case header.IPv6ProtocolNumber:
		d.node.receive6(d, frame, to)
	default:
		d.counts.inUnknown.Add(1)
		d.node.drop(UnknownType)
	}
}

// direction says whom a frame is for.
func (d *device) direction(frame []byte) network.Direction {
	dst := [6]byte(frame)
	switch {
	case dst == d.address:
		return network.ToHost
	case dst == [6]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}:
		return network.ToBroadcast
	case dst[0]&1 != 0:
		return network.ToMulticast
	}
	return network.ToOther
}

// receive4 sorts IPv4 packets: to the stack, to another host, to nobody.
func (n *Node) receive4(d *device, frame []byte, to network.Direction) {
	n.counts.ip[v4].inReceives.Add(1)
	packet, ok := packet4(frame[link:])
	if !ok {
		n.malformed(d, v4)
		return
	}
	src, dst := netip.AddrFrom4([4]byte(packet[12:16])), netip.AddrFrom4([4]byte(packet[16:20]))
	if d != n.lo && (martian4(src) || dst.IsLoopback() || n.isOwn(src)) {
		n.lose(v4, Martian)
		return
	}
	l, ours := n.local(dst)
	switch {
	case echoToAll(packet) && (l.broadcast || dst.IsMulticast() || dst == everybody):
		n.counts.arrived4(packet)
		n.drop(EchoToAll)
		n.overhear4(frame)
	case ours:
		n.counts.arrived4(packet)
		if !n.hear4(packet) {
			return
		}
		if d != n.lo {
			d = l.device // of whom the stack expects what is for it, by whichever link it comes
		} else {
			n.echo4(packet)
		}
		d.deliver(header.IPv4ProtocolNumber, frame)
	case d == n.lo, dst.IsMulticast(), dst == everybody:
		n.counts.arrived4(packet)
		d.deliver(header.IPv4ProtocolNumber, frame)
	default:
		n.forward4(d, frame, packet, to)
	}
}

// receive6 sorts IPv6 packets.
func (n *Node) receive6(d *device, frame []byte, to network.Direction) {
	n.counts.ip[v6].inReceives.Add(1)
	packet, ok := packet6(frame[link:])
	if !ok {
		n.malformed(d, v6)
		return
	}
	src, dst := netip.AddrFrom16([16]byte(packet[8:24])), netip.AddrFrom16([16]byte(packet[24:40]))
	if d != n.lo && (src.IsMulticast() || src.IsLoopback() || dst.IsLoopback() || dst.IsUnspecified()) {
		n.lose(v6, Martian)
		return
	}
	l, ours := n.local(dst)
	switch {
	case ours && (l.device == d || d != n.lo && !dst.IsLinkLocalUnicast()):
		n.counts.arrived6(packet)
		if !n.hear6(packet) {
			return
		}
		l.device.deliver(header.IPv6ProtocolNumber, frame)
	case ours && d == n.lo:
		n.counts.arrived6(packet)
		n.echo6(packet)
		d.deliver(header.IPv6ProtocolNumber, frame)
	case d == n.lo, dst.IsMulticast():
		n.counts.arrived6(packet)
		n.solicited(d, packet)
		d.deliver(header.IPv6ProtocolNumber, frame)
	default:
		n.forward6(d, frame, packet, to)
	}
}

func (n *Node) malformed(d *device, version int) {
	d.counts.inErrors.Add(1)
	n.lose(version, BadHeader)
}

// everybody is the limited broadcast address.
var everybody = netip.AddrFrom4([4]byte{255, 255, 255, 255})

// packet4 is an IPv4 packet without what pads its frame. Its header is whole and right (RFC 1812 section 5.2.2).
func packet4(b []byte) ([]byte, bool) {
	if len(b) < header.IPv4MinimumSize || b[0]>>4 != 4 {
		return nil, false
	}
	h := header.IPv4(b)
	n, total := int(h.HeaderLength()), int(h.TotalLength())
	if n < header.IPv4MinimumSize || n > total || total > len(b) || checksum.Checksum(b[:n], 0) != 0xffff {
		return nil, false
	}
	return b[:total], true
}

// packet6 is an IPv6 packet without what pads its frame.
func packet6(b []byte) ([]byte, bool) {
	if len(b) < header.IPv6MinimumSize || b[0]>>4 != 6 {
		return nil, false
	}
	total := header.IPv6MinimumSize + int(header.IPv6(b).PayloadLength())
	if total > len(b) {
		return nil, false
	}
	return b[:total], true
}

// martian4 says whether src can't be the source of a packet on a wire (RFC 1812 section 5.3.7). Who has no address yet
// sends from 0.0.0.0.
func martian4(src netip.Addr) bool {
	first := src.As4()[0]
	return first == 127 || first >= 224 || first == 0 && !src.IsUnspecified()
}

// deliver hands a frame to the stack. A fault of the stack is counted; it doesn't end the lab.
func (d *device) deliver(proto tcpip.NetworkProtocolNumber, frame []byte) {
	d.mu.RLock()
	dispatcher := d.dispatcher
	d.mu.RUnlock()
	if dispatcher == nil {
		return
	}
	d.handOver(dispatcher, proto, frame)
	if proto != header.ARPProtocolNumber {
		d.node.Settle()
	}
}

func (d *device) handOver(to stack.NetworkDispatcher, proto tcpip.NetworkProtocolNumber, frame []byte) {
	defer func() {
		if recover() != nil {
			d.node.drop(Fault)
		}
	}()
	pkt := stack.NewPacketBuffer(stack.PacketBufferOptions{Payload: buffer.MakeWithData(frame)})
	defer pkt.DecRef()
	pkt.LinkHeader().Consume(link)
	pkt.NetworkProtocolNumber = proto
	to.DeliverNetworkPacket(proto, pkt)
}

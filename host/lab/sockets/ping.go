package sockets

import (
	"net"
	"syscall"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/checksum"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/ports"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
)

// ping is the flavor of ICMP echo (icmp(7)): whole messages go in and out, the port is the identifier.
type ping struct{}

func (ping) protocol(version tcpip.NetworkProtocolNumber) tcpip.TransportProtocolNumber {
	if version == ip6 {
		return header.ICMPv6ProtocolNumber
	}
	return header.ICMPv4ProtocolNumber
}

func (ping) header() int { return 0 }

// reserve takes an identifier that nobody has.
func (f ping) reserve(d *datagram, p *place) error {
	if p.at.LocalPort != 0 {
		return nil
	}
	s := d.world.stack
	_, err := s.PickEphemeralPort(s.SecureRNG(), func(id uint16) (bool, tcpip.Error) {
		at := p.at
		at.LocalPort = id
		if s.CheckRegisterTransportEndpoint(p.versions, f.protocol(d.version), at, ports.Flags{}, p.device) != nil {
			return false, nil
		}
		p.at = at
		return true, nil
	})
	return errno(err)
}

func (f ping) register(d *datagram, p *place) error {
	at := p.at
	at.RemotePort = 0
	return errno(d.world.stack.RegisterTransportEndpoint(p.versions, f.protocol(d.version), at, (*pingEnd)(d), ports.Flags{}, p.device))
}

func (f ping) unregister(d *datagram, p *place) {
	at := p.at
	at.RemotePort = 0
	d.world.stack.UnregisterTransportEndpoint(p.versions, f.protocol(d.version), at, (*pingEnd)(d), ports.Flags{}, p.device)
}

// pack checks that b is an echo request, and gives it the identifier and the checksum.
func (f ping) pack(b []byte, port uint16, _ tcpip.FullAddress, r *stack.Route) error {
	request, sum := byte(header.ICMPv4Echo), uint16(0)
	if r.NetProto() == ip6 {
		request = byte(header.ICMPv6EchoRequest)
		sum = r.PseudoHeaderChecksum(header.ICMPv6ProtocolNumber, uint16(len(b)))
	}
	if len(b) < header.ICMPv4MinimumSize || b[0] != request || b[1] != 0 {
		return syscall.EINVAL
	}
	h := header.ICMPv4(b)
	h.SetIdent(port)
	h.SetChecksum(0)
	h.SetChecksum(^checksum.Checksum(b, sum))
	return nil
}

func (ping) addr(w *world, f tcpip.FullAddress, version tcpip.NetworkProtocolNumber) net.Addr {
	return net.UDPAddrFromAddrPort(w.netip(f, version))
}

// pingEnd is a ping socket as the stack sees it.
type pingEnd datagram

// HandlePacket takes an echo reply.
func (e *pingEnd) HandlePacket(id stack.TransportEndpointID, pkt *stack.PacketBuffer) {
	h := pkt.TransportHeader().Slice()
	reply := byte(header.ICMPv4EchoReply)
	if e.version == ip6 {
		reply = byte(header.ICMPv6EchoReply)
	}
	if len(h) == 0 || h[0] != reply {
		return
	}
	whole := append(append(make([]byte, 0, len(h)+pkt.Data().Size()), h...), payload(pkt)...)
	(*datagram)(e).take(pkt, whole, tcpip.FullAddress{NIC: pkt.NICID, Addr: id.RemoteAddress})
}

// HandleError does nothing: icmpErrors sees every error.
func (e *pingEnd) HandleError(stack.TransportError, *stack.PacketBuffer) {}

// Abort closes the socket when the stack ends.
func (e *pingEnd) Abort() { (*datagram)(e).Close() }

// Wait has nothing to wait for.
func (e *pingEnd) Wait() {}

package sockets

import (
	"net"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/checksum"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/ports"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
)

// udp is the flavor of UDP (RFC 768).
type udp struct{}

func (udp) protocol(tcpip.NetworkProtocolNumber) tcpip.TransportProtocolNumber {
	return header.UDPProtocolNumber
}

func (udp) header() int { return header.UDPMinimumSize }

// reserve takes the port of p, or one that is free.
func (udp) reserve(d *datagram, p *place) error {
	if p.reserved != nil {
		return nil
	}
	r := ports.Reservation{Networks: p.versions, Transport: header.UDPProtocolNumber, Addr: p.at.LocalAddress,
		Port: p.at.LocalPort, Flags: p.flags, BindToDevice: p.device}
	port, err := d.world.stack.ReservePort(d.world.stack.SecureRNG(), r, nil)
	if err != nil {
		return errno(err)
	}
	r.Port, p.at.LocalPort, p.reserved = port, port, &r
	return nil
}

func (udp) register(d *datagram, p *place) error {
	return errno(d.world.stack.RegisterTransportEndpoint(p.versions, header.UDPProtocolNumber, p.at, (*udpEnd)(d), p.flags, p.device))
}

func (udp) unregister(d *datagram, p *place) {
	d.world.stack.UnregisterTransportEndpoint(p.versions, header.UDPProtocolNumber, p.at, (*udpEnd)(d), p.flags, p.device)
}

// pack fills the header of UDP.
func (udp) pack(b []byte, port uint16, to tcpip.FullAddress, r *stack.Route) error {
	h := header.UDP(b)
	h.Encode(&header.UDPFields{SrcPort: port, DstPort: to.Port, Length: uint16(len(b))})
	sum := checksum.Checksum(b, r.PseudoHeaderChecksum(header.UDPProtocolNumber, uint16(len(b))))
	if sum != 0xffff { // a sum of zero is sent as all ones: zero would mean that there is none
		sum = ^sum
	}
	h.SetChecksum(sum)
	return nil
}

func (udp) addr(w *world, f tcpip.FullAddress, version tcpip.NetworkProtocolNumber) net.Addr {
	return net.UDPAddrFromAddrPort(w.netip(f, version))
}

// udpEnd is a UDP socket as the stack sees it.
type udpEnd datagram

// HandlePacket takes a datagram that arrived.
func (e *udpEnd) HandlePacket(id stack.TransportEndpointID, pkt *stack.PacketBuffer) {
	h := header.UDP(pkt.TransportHeader().Slice())
	ip := pkt.Network()
	sound, right := header.UDPValid(h, func() uint16 { return pkt.Data().Checksum() }, uint16(pkt.Data().Size()),
		pkt.NetworkProtocolNumber, ip.SourceAddress(), ip.DestinationAddress(), pkt.RXChecksumValidated)
	stats := e.world.stack.Stats().UDP
	switch {
	case !sound:
		stats.MalformedPacketsReceived.Increment()
		return
	case !right:
		stats.ChecksumErrors.Increment()
		return
	}
	stats.PacketsReceived.Increment()
	length := int(h.Length()) - header.UDPMinimumSize // IP may carry more
	if !(*datagram)(e).take(pkt, payload(pkt)[:length], tcpip.FullAddress{NIC: pkt.NICID, Addr: id.RemoteAddress, Port: h.SourcePort()}) {
		stats.ReceiveBufferErrors.Increment()
	}
}

// HandleError does nothing: icmpErrors sees every error, and knows more of it.
func (e *udpEnd) HandleError(stack.TransportError, *stack.PacketBuffer) {}

// Abort closes the socket when the stack ends.
func (e *udpEnd) Abort() { (*datagram)(e).Close() }

// Wait has nothing to wait for.
func (e *udpEnd) Wait() {}

// payload is what follows the transport header.
func payload(pkt *stack.PacketBuffer) []byte { return pkt.Data().AsRange().ToSlice() }

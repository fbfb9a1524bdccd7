package sockets

import (
	"net"
	"syscall"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/checksum"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
)

// rawIP is the flavor of raw IP (raw(7)) with its protocol: the payload of IP goes in and out.
type rawIP uint8

func (r rawIP) protocol(tcpip.NetworkProtocolNumber) tcpip.TransportProtocolNumber {
	return tcpip.TransportProtocolNumber(r)
}

func (rawIP) header() int { return 0 }

// reserve does nothing: there are no ports.
func (rawIP) reserve(_ *datagram, p *place) error { return nil }

// register makes the socket hear what comes in its protocol.
func (r rawIP) register(d *datagram, p *place) error {
	p.stop = d.world.node.Raw(d.version, r.protocol(d.version), d.hear)
	d.world.errors.raw.add(d)
	p.there = true
	return nil
}

func (rawIP) unregister(d *datagram, p *place) {
	d.world.errors.raw.remove(d)
	p.stop()
}

// behindIP is what follows a packet's IP header. What the stack takes for an extension header of IPv6 is part of it: the
// protocol is the one that the header names.
func behindIP(pkt *stack.PacketBuffer) []byte {
	ip, h := pkt.NetworkHeader().Slice(), pkt.TransportHeader().Slice()
	b := make([]byte, 0, len(ip)+len(h)+pkt.Data().Size())
	if pkt.NetworkProtocolNumber == ip6 {
		b = append(b, ip[header.IPv6MinimumSize:]...)
	}
	return append(append(b, h...), payload(pkt)...)
}

// pack leaves b as it is. ICMPv6 gets its checksum from the system (RFC 3542 section 3.1).
func (r rawIP) pack(b []byte, _ uint16, _ tcpip.FullAddress, route *stack.Route) error {
	if route.NetProto() != ip6 || r != rawIP(header.ICMPv6ProtocolNumber) {
		return nil
	}
	if len(b) < header.ICMPv6MinimumSize {
		return syscall.EINVAL
	}
	h := header.ICMPv6(b)
	h.SetChecksum(0)
	h.SetChecksum(^checksum.Checksum(b, route.PseudoHeaderChecksum(header.ICMPv6ProtocolNumber, uint16(len(b)))))
	return nil
}

func (rawIP) addr(w *world, f tcpip.FullAddress, version tcpip.NetworkProtocolNumber) net.Addr {
	a := w.netip(f, version).Addr()
	return &net.IPAddr{IP: a.AsSlice(), Zone: a.Zone()}
}

// hear takes a packet of the protocol, unless the socket is bound or connected to other addresses.
func (d *datagram) hear(pkt *stack.PacketBuffer) {
	ip := pkt.Network()
	src, dst := ip.SourceAddress(), ip.DestinationAddress()
	d.mu.Lock()
	at, device := d.place.at, d.place.device
	d.mu.Unlock()
	if at.LocalAddress.Len() != 0 && at.LocalAddress != dst || at.RemoteAddress.Len() != 0 && at.RemoteAddress != src ||
		device != 0 && device != pkt.NICID {
		return
	}
	d.take(pkt, behindIP(pkt), tcpip.FullAddress{NIC: pkt.NICID, Addr: src})
}

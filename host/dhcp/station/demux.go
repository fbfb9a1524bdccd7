package station

import (
	"encoding/binary"
	"net"
	"slices"

	"moonwire/host/network"
)

// Ethernet types.
const (
	typeIPv4 = 0x0800
	typeARP  = 0x0806
	typeIPv6 = 0x86dd
)

// etherHeader is the length of an Ethernet header.
const etherHeader = 14

// frame is a received frame, cut at its Ethernet header.
type frame struct {
	*network.Frame
	dst, src MAC
	payload  []byte
}

// take finds out whom a frame concerns.
func (l *Link) take(f *network.Frame) {
	const vlan = 0x0fff
	if len(f.Data) < etherHeader || f.VLAN.TPID != 0 && f.VLAN.TCI&vlan != 0 {
		return
	}
	in := frame{f, MAC(f.Data[:6]), MAC(f.Data[6:12]), f.Data[etherHeader:]}
	switch binary.BigEndian.Uint16(f.Data[12:]) {
	case typeARP:
		l.takeARP(&in)
	case typeIPv4:
		l.takeIPv4(&in)
	case typeIPv6:
		l.takeIPv6(&in)
	}
}

// concerns says whether stations of the link itself care for a frame that one of them sends.
func (l *Link) concerns(b []byte) bool {
	if len(b) < etherHeader {
		return false
	}
	dst := MAC(b[:6])
	l.mu.Lock()
	defer l.mu.Unlock()
	switch kind := binary.BigEndian.Uint16(b[12:]); {
	case dst == broadcast:
		return len(l.stations) > 1 && kind == typeARP
	case dst[0]&1 != 0:
		return len(l.stations) > 1 && kind == typeIPv6 && b[etherHeader+nextOffset] == nextICMPv6
	}
	return l.stations[dst] != nil
}

// count adds one to a figure.
func (l *Link) count(figure *uint64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	*figure++
}

// deliver gives a datagram to the station that it is for. One that is broadcast, or that comes to an address which the
// system has taken over, is for the client that a DHCP message names, not for all: of thousands of stations one takes it.
func (l *Link) deliver(in *frame, d Datagram) {
	l.mu.Lock()
	s := l.stations[in.dst]
	if s == nil && len(d.Payload) >= chaddrOffset+len(MAC{}) {
		s = l.stations[MAC(d.Payload[chaddrOffset:])]
	}
	var hearers []*Station
	switch {
	case s != nil && slices.Contains(s.ports, d.Dst.Port()):
		hearers = []*Station{s}
	case s == nil && in.dst == broadcast:
		for _, o := range l.order {
			if o.hears && slices.Contains(o.ports, d.Dst.Port()) {
				hearers = append(hearers, o)
			}
		}
	}
	if hearers == nil {
		l.stats.Strays++
	}
	l.mu.Unlock()
	for _, s := range hearers {
		s.give(d)
	}
}

// chaddrOffset is where a DHCPv4 message has its client's MAC address (RFC 2131 2).
const chaddrOffset = 28

// give hands a datagram over.
func (s *Station) give(d Datagram) {
	s.link.mu.Lock()
	handle := s.handle
	s.link.mu.Unlock()
	if handle != nil {
		handle(d)
		return
	}
	d.Payload = slices.Clone(d.Payload)
	d.SrcMAC, d.DstMAC = slices.Clone(d.SrcMAC), slices.Clone(d.DstMAC)
	if !s.inbox.add(d) {
		s.link.count(&s.link.stats.Overflows)
	}
}

// hardware is a MAC address as the rest of the world has it.
func hardware(m MAC) net.HardwareAddr { return net.HardwareAddr(m[:]) }

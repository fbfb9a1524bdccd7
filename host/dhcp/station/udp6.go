package station

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"slices"
)

// hopsDefault is the hop limit of datagrams.
const hopsDefault = 64

// takeUDP6 reads a datagram and gives it to the station that the frame goes to.
func (l *Link) takeUDP6(in *frame, p packet6) error {
	b := p.payload
	if len(b) < udpHeader {
		return errMalformed
	}
	n := int(binary.BigEndian.Uint16(b[4:]))
	if n < udpHeader || n > len(b) {
		return errMalformed
	}
	p.payload = b[:n]
	if binary.BigEndian.Uint16(b[6:]) == 0 || p.wrong(in.Checksum) { // RFC 8200 8.1: there must be one
		return errMalformed
	}
	l.deliver6(in, Datagram{Src: netip.AddrPortFrom(p.src, binary.BigEndian.Uint16(b)), Dst: netip.AddrPortFrom(p.dst, binary.BigEndian.Uint16(b[2:])),
		SrcMAC: in.src[:], DstMAC: in.dst[:], Payload: b[udpHeader:n], Time: in.Time})
	return nil
}

// deliver6 gives a datagram to the station that it is for. What goes to a group is for nobody: DHCPv6 answers one client.
func (l *Link) deliver6(in *frame, d Datagram) {
	l.mu.Lock()
	s := l.stations[in.dst]
	if s == nil || !slices.Contains(s.ports, d.Dst.Port()) {
		s = nil
		l.stats.Strays++
	}
	l.mu.Unlock()
	if s != nil {
		s.give(d)
	}
}

// frame6 is Frame for IPv6.
func (s *Station) frame6(b []byte, d Datagram) (int, error) {
	dst, err := frameFor6(d)
	if err != nil {
		return 0, err
	}
	udp := udpHeader + len(d.Payload)
	n := etherHeader + ipv6Header + udp
	if n > len(b) || ipv6Header+udp > s.link.iface.MTU {
		return 0, fmt.Errorf("a datagram of %d bytes is longer than %s carries (its MTU is %d)", ipv6Header+udp, s.link.iface.Name, s.link.iface.MTU)
	}
	copy(b, dst[:])
	copy(b[6:], s.mac[:])
	binary.BigEndian.PutUint16(b[12:], typeIPv6)
	p := packet6{src: d.Src.Addr(), dst: d.Dst.Addr(), hops: hopsDefault, next: protoUDP, payload: b[etherHeader+ipv6Header : n]}
	putUDP6(p, d)
	p.put(b[etherHeader:])
	return n, nil
}

// putUDP6 writes a datagram into its packet's payload.
func putUDP6(p packet6, d Datagram) {
	b := p.payload
	binary.BigEndian.PutUint16(b, d.Src.Port())
	binary.BigEndian.PutUint16(b[2:], d.Dst.Port())
	binary.BigEndian.PutUint16(b[4:], uint16(len(b)))
	b[6], b[7] = 0, 0
	copy(b[udpHeader:], d.Payload)
	c := p.checksum()
	if c == 0 {
		c = 0xffff // 0 says that there is none
	}
	binary.BigEndian.PutUint16(b[6:], c)
}

// frameFor6 is whom the frame of a datagram goes to.
func frameFor6(d Datagram) (MAC, error) {
	switch {
	case len(d.DstMAC) == len(MAC{}):
		return MAC(d.DstMAC), nil
	case d.Dst.Addr().IsMulticast():
		return groupMAC(d.Dst.Addr()), nil
	}
	return MAC{}, fmt.Errorf("the MAC address for %s isn't known", d.Dst.Addr())
}

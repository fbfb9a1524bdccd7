package frame

import (
	"encoding/binary"
	"net/netip"
)

// Type is the ethertype of a frame; 0 when it is too short for one.
func Type(b []byte) uint16 {
	if len(b) < ether {
		return 0
	}
	return binary.BigEndian.Uint16(b[12:])
}

// Read finds the UDP datagram in a frame. Fragments, other protocols and headers that contradict themselves have none.
// Checksums are not looked at: the kernel of the receiving machine leaves them out where frames stay inside it.
func Read(b []byte) (d Datagram, payload []byte, ok bool) {
	switch Type(b) {
	case TypeIPv4:
		return readIPv4(b)
	case TypeIPv6:
		return readIPv6(b)
	}
	return d, nil, false
}

func readIPv4(b []byte) (d Datagram, payload []byte, ok bool) {
	p := b[ether:]
	if len(p) < ipv4 || p[0]>>4 != 4 || p[9] != protoUDP || binary.BigEndian.Uint16(p[6:])&0x3fff != 0 {
		return d, nil, false
	}
	header, total := int(p[0]&15)*4, int(binary.BigEndian.Uint16(p[2:]))
	if header < ipv4 || total < header || total > len(p) {
		return d, nil, false
	}
	return read(b, p[header:total], netip.AddrFrom4([4]byte(p[12:])), netip.AddrFrom4([4]byte(p[16:])))
}

func readIPv6(b []byte) (d Datagram, payload []byte, ok bool) {
	p := b[ether:]
	if len(p) < ipv6 || p[0]>>4 != 6 || p[6] != protoUDP {
		return d, nil, false
	}
	total := ipv6 + int(binary.BigEndian.Uint16(p[4:]))
	if total > len(p) {
		return d, nil, false
	}
	return read(b, p[ipv6:total], netip.AddrFrom16([16]byte(p[8:])), netip.AddrFrom16([16]byte(p[24:])))
}

func read(b, u []byte, src, dst netip.Addr) (d Datagram, payload []byte, ok bool) {
	if len(u) < udp {
		return d, nil, false
	}
	n := int(binary.BigEndian.Uint16(u[4:]))
	if n < udp || n > len(u) {
		return d, nil, false
	}
	d = Datagram{SrcMAC: MAC(b[6:]), DstMAC: MAC(b),
		Src: netip.AddrPortFrom(src, binary.BigEndian.Uint16(u)), Dst: netip.AddrPortFrom(dst, binary.BigEndian.Uint16(u[2:]))}
	return d, u[udp:n], true
}

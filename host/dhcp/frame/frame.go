package frame

import (
	"encoding/binary"
	"net/netip"
)

// Sizes of the headers in front of a datagram's payload.
const (
	ether = 14
	ipv4  = 20
	ipv6  = 40
	udp   = 8

	// Payload4 and Payload6 are where the payload begins.
	Payload4 = ether + ipv4 + udp
	Payload6 = ether + ipv6 + udp
)

// Ethertypes.
const (
	TypeIPv4 = 0x0800
	TypeARP  = 0x0806
	TypeIPv6 = 0x86dd
)

const (
	timeToLive = 64
	protoUDP   = 17
)

// A MAC is a hardware address.
type MAC = [6]byte

// Broadcast is everybody's.
var Broadcast = MAC{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}

// A Datagram is what stands in the headers. The addresses are of one family.
type Datagram struct {
	SrcMAC, DstMAC MAC
	Src, Dst       netip.AddrPort
}

// Put writes the headers of d in front of a payload of n bytes, which stands where Payload says, and returns the frame's
// length.
func (d *Datagram) Put(b []byte, n int) int {
	copy(b, d.DstMAC[:])
	copy(b[6:], d.SrcMAC[:])
	if d.Dst.Addr().Is4() {
		binary.BigEndian.PutUint16(b[12:], TypeIPv4)
		d.putIPv4(b[ether:], n)
		d.putUDP(b[ether+ipv4:Payload4+n], Sum(pseudo(n), b[ether+12:ether+ipv4]))
		return Payload4 + n
	}
	binary.BigEndian.PutUint16(b[12:], TypeIPv6)
	d.putIPv6(b[ether:], n)
	d.putUDP(b[ether+ipv6:Payload6+n], Sum(pseudo(n), b[ether+8:ether+ipv6]))
	return Payload6 + n
}

// Payload is where the payload of d begins.
func (d *Datagram) Payload() int {
	if d.Dst.Addr().Is4() {
		return Payload4
	}
	return Payload6
}

func (d *Datagram) putIPv4(b []byte, n int) {
	b[0], b[1] = 4<<4|ipv4/4, 0
	binary.BigEndian.PutUint16(b[2:], uint16(ipv4+udp+n))
	binary.BigEndian.PutUint32(b[4:], 0x4000) // no identifier where nothing may be fragmented (RFC 6864 section 4.1)
	b[8], b[9], b[10], b[11] = timeToLive, protoUDP, 0, 0
	src, dst := d.Src.Addr().As4(), d.Dst.Addr().As4()
	copy(b[12:], src[:])
	copy(b[16:], dst[:])
	binary.BigEndian.PutUint16(b[10:], ^Fold(Sum(0, b[:ipv4])))
}

func (d *Datagram) putIPv6(b []byte, n int) {
	binary.BigEndian.PutUint32(b, 6<<28)
	binary.BigEndian.PutUint16(b[4:], uint16(udp+n))
	b[6], b[7] = protoUDP, timeToLive
	src, dst := d.Src.Addr().As16(), d.Dst.Addr().As16()
	copy(b[8:], src[:])
	copy(b[24:], dst[:])
}

// putUDP writes the header at the beginning of b, which is the datagram. above is the sum of the pseudo header.
func (d *Datagram) putUDP(b []byte, above uint64) {
	binary.BigEndian.PutUint16(b, d.Src.Port())
	binary.BigEndian.PutUint16(b[2:], d.Dst.Port())
	binary.BigEndian.PutUint16(b[4:], uint16(len(b)))
	b[6], b[7] = 0, 0
	c := ^Fold(Sum(above, b))
	if c == 0 {
		c = 0xffff // 0 says that there is none
	}
	binary.BigEndian.PutUint16(b[6:], c)
}

// pseudo is the part of a pseudo header's sum beside the addresses (RFC 768).
func pseudo(n int) uint64 { return protoUDP + uint64(udp+n) }

// Sum adds b to a sum of 16-bit words that Fold ends (RFC 1071). Eight bytes are taken at once: carries are added at the end.
func Sum(t uint64, b []byte) uint64 {
	for ; len(b) >= 8; b = b[8:] {
		w := binary.BigEndian.Uint64(b)
		t += w>>48 + w>>32&0xffff + w>>16&0xffff + w&0xffff
	}
	for ; len(b) > 1; b = b[2:] {
		t += uint64(b[0])<<8 | uint64(b[1])
	}
	if len(b) == 1 {
		t += uint64(b[0]) << 8
	}
	return t
}

// Fold is the sum in 16 bits.
func Fold(t uint64) uint16 {
	for t > 0xffff {
		t = t>>16 + t&0xffff
	}
	return uint16(t)
}

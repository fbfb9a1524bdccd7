package station

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"net/netip"

	"moonwire/host/network"
)

const (
	ipv4Header = 20
	udpHeader  = 8
	protoUDP   = 17
	timeToLive = 64
	// What stands beside the offset in the fragment field (RFC 791 3.1).
	dontFragment  = 0x4000
	moreFragments = 0x2000
	offsetMask    = 0x1fff
)

// limited is the limited broadcast address.
var limited = netip.AddrFrom4([4]byte{255, 255, 255, 255})

// takeIPv4 reads an IPv4 datagram.
func (l *Link) takeIPv4(in *frame) {
	d, err := readUDP4(in.payload, in.Checksum)
	switch {
	case err == nil:
		d.SrcMAC, d.DstMAC, d.Time = in.src[:], in.dst[:], in.Time
		l.deliver(in, d)
	case errors.Is(err, errFragment):
		l.count(&l.stats.Fragments)
	case errors.Is(err, errMalformed):
		l.count(&l.stats.Malformed)
	}
}

// Why a packet is no datagram for anybody.
var (
	errOther     = errors.New("another protocol")
	errFragment  = errors.New("a fragment")
	errMalformed = errors.New("malformed")
)

// readUDP4 reads an IPv4 packet with a UDP datagram (RFC 791, RFC 768). A checksum that was left to a network card isn't
// there yet.
func readUDP4(b []byte, known network.Checksum) (d Datagram, err error) {
	if len(b) < ipv4Header || b[0]>>4 != 4 {
		return d, errMalformed
	}
	header, total := int(b[0]&15)*4, int(binary.BigEndian.Uint16(b[2:]))
	if header < ipv4Header || total < header || total > len(b) || sum(0, b[:header]) != 0xffff {
		return d, errMalformed
	}
	if binary.BigEndian.Uint16(b[6:])&(moreFragments|offsetMask) != 0 {
		return d, errFragment
	}
	if b[9] != protoUDP {
		return d, errOther
	}
	src, dst, udp := netip.AddrFrom4([4]byte(b[12:])), netip.AddrFrom4([4]byte(b[16:])), b[header:total]
	if len(udp) < udpHeader {
		return d, errMalformed
	}
	n := int(binary.BigEndian.Uint16(udp[4:]))
	if n < udpHeader || n > len(udp) {
		return d, errMalformed
	}
	udp = udp[:n]
	if known != network.ChecksumDeferred && binary.BigEndian.Uint16(udp[6:]) != 0 && sum(pseudo4(src, dst, n), udp) != 0xffff {
		return d, errMalformed
	}
	d.Src = netip.AddrPortFrom(src, binary.BigEndian.Uint16(udp))
	d.Dst = netip.AddrPortFrom(dst, binary.BigEndian.Uint16(udp[2:]))
	d.Payload = udp[udpHeader:]
	return d, nil
}

// Send sends a datagram. It needs DstMAC where the destination is one host.
func (s *Station) Send(ctx context.Context, d Datagram) error {
	b := make([]byte, etherHeader+ipv6Header+udpHeader+len(d.Payload))
	n, err := s.Frame(b, d)
	if err != nil {
		return err
	}
	return s.link.send(ctx, b[:n])
}

// Frame writes the frame of a datagram into b and returns its length.
func (s *Station) Frame(b []byte, d Datagram) (int, error) {
	switch src, dst := d.Src.Addr(), d.Dst.Addr(); {
	case src.Is6() && dst.Is6():
		return s.frame6(b, d)
	case !src.Is4() || !dst.Is4():
		return 0, fmt.Errorf("a datagram from %s to %s is neither IPv4's nor IPv6's", d.Src, d.Dst)
	}
	dst, err := frameFor(d)
	if err != nil {
		return 0, err
	}
	udp := udpHeader + len(d.Payload)
	n := etherHeader + ipv4Header + udp
	if n > len(b) || ipv4Header+udp > s.link.iface.MTU {
		return 0, fmt.Errorf("a datagram of %d bytes is longer than %s carries (its MTU is %d)", ipv4Header+udp, s.link.iface.Name, s.link.iface.MTU)
	}
	copy(b, dst[:])
	copy(b[6:], s.mac[:])
	binary.BigEndian.PutUint16(b[12:], typeIPv4)
	s.link.putIPv4(b[etherHeader:], d.Src.Addr(), d.Dst.Addr(), udp)
	putUDP(b[etherHeader+ipv4Header:n], d)
	return n, nil
}

// frameFor is whom the frame of a datagram goes to.
func frameFor(d Datagram) (MAC, error) {
	a := d.Dst.Addr()
	switch {
	case len(d.DstMAC) == len(MAC{}):
		return MAC(d.DstMAC), nil
	case a == limited:
		return broadcast, nil
	case a.IsMulticast(): // RFC 1112 6.4
		b := a.As4()
		return MAC{0x01, 0x00, 0x5e, b[1] & 0x7f, b[2], b[3]}, nil
	}
	return MAC{}, fmt.Errorf("the MAC address for %s isn't known", a)
}

func (l *Link) putIPv4(b []byte, src, dst netip.Addr, payload int) {
	l.mu.Lock()
	l.id++
	id := l.id
	l.mu.Unlock()
	b[0], b[1] = 4<<4|ipv4Header/4, 0
	binary.BigEndian.PutUint16(b[2:], uint16(ipv4Header+payload))
	binary.BigEndian.PutUint16(b[4:], id)
	binary.BigEndian.PutUint16(b[6:], dontFragment)
	b[8], b[9], b[10], b[11] = timeToLive, protoUDP, 0, 0
	from, to := src.As4(), dst.As4()
	copy(b[12:], from[:])
	copy(b[16:], to[:])
	binary.BigEndian.PutUint16(b[10:], ^sum(0, b[:ipv4Header]))
}

func putUDP(b []byte, d Datagram) {
	binary.BigEndian.PutUint16(b, d.Src.Port())
	binary.BigEndian.PutUint16(b[2:], d.Dst.Port())
	binary.BigEndian.PutUint16(b[4:], uint16(len(b)))
	b[6], b[7] = 0, 0
	copy(b[udpHeader:], d.Payload)
	c := ^sum(pseudo4(d.Src.Addr(), d.Dst.Addr(), len(b)), b)
	if c == 0 {
		c = 0xffff // 0 says that there is none
	}
	binary.BigEndian.PutUint16(b[6:], c)
}

// pseudo4 is the sum of the pseudo header of a UDP datagram of n bytes.
func pseudo4(src, dst netip.Addr, n int) uint32 {
	from, to := src.As4(), dst.As4()
	return uint32(sum(0, from[:])) + uint32(sum(0, to[:])) + protoUDP + uint32(n)
}

// sum is the Internet checksum of b before the last complement (RFC 1071), continued from start.
func sum(start uint32, b []byte) uint16 {
	t := uint64(start)
	for ; len(b) > 1; b = b[2:] {
		t += uint64(b[0])<<8 | uint64(b[1])
	}
	if len(b) == 1 {
		t += uint64(b[0]) << 8
	}
	for t > 0xffff {
		t = t>>16 + t&0xffff
	}
	return uint16(t)
}

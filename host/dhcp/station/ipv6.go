package station

import (
	"encoding/binary"
	"errors"
	"net/netip"

	"moonwire/host/network"
)

// What IPv6 packets are made of (RFC 8200).
const (
	ipv6Header      = 40
	nextOffset      = 6
	nextHopByHop    = 0
	nextRouting     = 43
	nextFragment    = 44
	nextICMPv6      = 58
	nextDestination = 60
)

// hopsOnLink is the hop limit of neighbour discovery: no router lets a packet through that has it (RFC 4861 section 3.1).
const hopsOnLink = 255

// A packet6 is an IPv6 packet, as far as a station cares.
type packet6 struct {
	src, dst netip.Addr
	hops     uint8
	next     uint8 // what the payload is
	payload  []byte
}

// readPacket6 reads an IPv6 packet and steps over the extension headers before its payload.
func readPacket6(b []byte) (p packet6, err error) {
	if len(b) < ipv6Header || b[0]>>4 != 6 {
		return p, errMalformed
	}
	size := int(binary.BigEndian.Uint16(b[4:]))
	if size > len(b)-ipv6Header {
		return p, errMalformed
	}
	p = packet6{src: netip.AddrFrom16([16]byte(b[8:])), dst: netip.AddrFrom16([16]byte(b[24:])), hops: b[7], next: b[nextOffset],
		payload: b[ipv6Header : ipv6Header+size]}
	for {
		switch p.next {
		case nextFragment:
			return p, errFragment
		case nextHopByHop, nextRouting, nextDestination:
		default:
			return p, nil
		}
		if len(p.payload) < 8 || 8*(int(p.payload[1])+1) > len(p.payload) {
			return p, errMalformed
		}
		if p.next == nextRouting && p.payload[3] != 0 { // it goes on from here
			return p, errOther
		}
		p.next, p.payload = p.payload[0], p.payload[8*(int(p.payload[1])+1):]
	}
}

// put writes the packet into b, which has room for it; the payload may stand there already.
func (p packet6) put(b []byte) {
	src, dst := p.src.As16(), p.dst.As16()
	binary.BigEndian.PutUint32(b, 6<<28)
	binary.BigEndian.PutUint16(b[4:], uint16(len(p.payload)))
	b[nextOffset], b[7] = p.next, p.hops
	copy(b[8:], src[:])
	copy(b[24:], dst[:])
	copy(b[ipv6Header:], p.payload)
}

// frame is the packet in a frame from one MAC address to another.
func (p packet6) frame(src, dst MAC) []byte {
	b := make([]byte, etherHeader+ipv6Header+len(p.payload))
	copy(b, dst[:])
	copy(b[6:], src[:])
	binary.BigEndian.PutUint16(b[12:], typeIPv6)
	p.put(b[etherHeader:])
	return b
}

// checksum is the Internet checksum of the payload with the pseudo header before it (RFC 8200 section 8.1): 0 when the
// right one stands in it already.
func (p packet6) checksum() uint16 {
	src, dst := p.src.As16(), p.dst.As16()
	pseudo := uint32(sum(0, src[:])) + uint32(sum(0, dst[:])) + uint32(len(p.payload)) + uint32(p.next)
	return ^sum(pseudo, p.payload)
}

// wrong says whether the checksum is there and not right.
func (p packet6) wrong(known network.Checksum) bool {
	return known != network.ChecksumDeferred && p.checksum() != 0
}

// takeIPv6 finds out whom an IPv6 packet concerns.
func (l *Link) takeIPv6(in *frame) {
	p, err := readPacket6(in.payload)
	if err == nil {
		switch p.next {
		case protoUDP:
			err = l.takeUDP6(in, p)
		case nextICMPv6:
			l.takeDiscovery(in, p)
			l.takeQuery(in, p)
		}
	}
	switch {
	case errors.Is(err, errFragment):
		l.count(&l.stats.Fragments)
	case errors.Is(err, errMalformed):
		l.count(&l.stats.Malformed)
	}
}

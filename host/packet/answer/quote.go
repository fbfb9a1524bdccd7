package answer

import (
	"bytes"
	"math/bits"
	"net/netip"
)

// The protocol numbers of headers that a quote may end in (IANA).
const (
	protoICMP    = 1
	protoTCP     = 6
	protoUDP     = 17
	protoICMP6   = 58
	protoSCTP    = 132
	protoUDPLite = 136
)

// quote checks that the bytes b, which an ICMP error brought back, are the beginning of request, an IP packet. What
// routers change on the way does not count: TTL, checksum, type of service.
func (t *trail) quote(b, request []byte) bool {
	if len(b) == 0 || len(request) == 0 {
		return t.refuse("quoted bytes", len(b), "at least an IP header")
	}
	if !same(t, "quoted version", b[0]>>4, request[0]>>4) {
		return false
	}
	if b[0]>>4 == 6 {
		return t.quote6(b, request)
	}
	return t.quote4(b, request)
}

func (t *trail) quote4(b, request []byte) bool {
	inner, outer := headerLen(b), headerLen(request)
	if inner < 0 || outer < 0 {
		return t.refuse("quoted bytes", len(b), "at least an IP header")
	}
	ok := same(t, "quoted dst", netip.AddrFrom4([4]byte(b[16:20])), netip.AddrFrom4([4]byte(request[16:20]))) &&
		same(t, "quoted src", netip.AddrFrom4([4]byte(b[12:16])), netip.AddrFrom4([4]byte(request[12:16]))) &&
		same(t, "quoted proto", b[9], request[9]) &&
		t.quotedID(be16(b, 4), be16(request, 4))
	if !ok {
		return false
	}
	proto := b[9]
	if be16(request, 6)&0x1fff != 0 {
		proto = 0 // a fragment that has no header of the next layer
	}
	return t.quotedUpper(proto, b[inner:], request[outer:], false)
}

// headerLen is the length of an IPv4 header; -1 when it is cut short.
func headerLen(b []byte) int {
	if len(b) < 20 {
		return -1
	}
	n := int(b[0]&0xf) * 4
	if n < 20 || n > len(b) {
		return -1
	}
	return n
}

// quotedID compares identifications: some hosts quote them in their own byte order.
func (t *trail) quotedID(got, want uint16) bool {
	if bits.ReverseBytes16(got) == want {
		got = want
	}
	return same(t, "quoted id", got, want)
}

func (t *trail) quote6(b, request []byte) bool {
	if len(b) < 40 || len(request) < 40 {
		return t.refuse("quoted bytes", len(b), "at least an IP header")
	}
	if !same(t, "quoted src", netip.AddrFrom16([16]byte(b[8:24])), netip.AddrFrom16([16]byte(request[8:24]))) {
		return false
	}
	proto, upper := upper6(b)
	wanted, mine := upper6(request)
	if b[6] != protoRouting { // which changes the address on its way
		if !same(t, "quoted dst", netip.AddrFrom16([16]byte(b[24:40])), netip.AddrFrom16([16]byte(request[24:40]))) {
			return false
		}
	}
	return same(t, "quoted proto", proto, wanted) && t.quotedUpper(proto, upper, mine, true)
}

// The extension headers of IPv6 (RFC 8200 section 4).
const (
	protoHopByHop    = 0
	protoRouting     = 43
	protoFragment    = 44
	protoDestination = 60
)

// upper6 finds what follows an IPv6 header and its extensions.
func upper6(b []byte) (proto byte, rest []byte) {
	proto, rest = b[6], b[40:]
	for len(rest) >= 8 {
		n := 8
		switch proto {
		case protoHopByHop, protoRouting, protoDestination:
			n += 8 * int(rest[1])
		case protoFragment:
		default:
			return proto, rest
		}
		if n > len(rest) {
			return proto, rest
		}
		proto, rest = rest[0], rest[n:]
	}
	return proto, rest
}

// quotedUpper compares the next layer's first bytes: at least eight come back, less are taken as they are (RFC 792).
func (t *trail) quotedUpper(proto byte, b, request []byte, six bool) bool {
	if len(b) < 8 || len(request) < 8 {
		n := min(len(b), len(request))
		return same(t, "quoted data", string(b[:n]), string(request[:n]))
	}
	switch proto {
	case protoTCP:
		return t.quotedPorts(b, request) && same(t, "quoted seq", be32(b, 4), be32(request, 4))
	case protoUDP, protoUDPLite:
		return t.quotedPorts(b, request) && same(t, "quoted len", be16(b, 4), be16(request, 4)) &&
			(!six || same(t, "quoted chksum", be16(b, 6), be16(request, 6)))
	case protoSCTP:
		return t.quotedPorts(b, request) && same(t, "quoted tag", be32(b, 4), be32(request, 4))
	case protoICMP, protoICMP6:
		return same(t, "quoted type", b[0], request[0]) && same(t, "quoted id", be16(b, 4), be16(request, 4)) &&
			same(t, "quoted seq", be16(b, 6), be16(request, 6))
	}
	if bytes.Equal(b[:8], request[:8]) {
		t.hold("quoted data")
		return true
	}
	return t.refuse("quoted data", hexText(b[:8]), hexText(request[:8]))
}

func (t *trail) quotedPorts(b, request []byte) bool {
	return same(t, "quoted sport", be16(b, 0), be16(request, 0)) && same(t, "quoted dport", be16(b, 2), be16(request, 2))
}

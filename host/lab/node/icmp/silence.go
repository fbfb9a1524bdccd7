package icmp

import (
	"net/netip"

	"gvisor.dev/gvisor/pkg/tcpip/header"
)

// Deserves4 says whether an IPv4 packet may be answered with an error: not one that is an error itself or might be, nor a
// fragment but the first, nor one from or to more than one host (RFC 1122 section 3.2.2, RFC 1812 section 4.3.2.7).
// Link-layer broadcasts are the caller's to know.
func Deserves4(packet []byte) bool {
	h := header.IPv4(packet)
	if h.FragmentOffset() != 0 || !single4(packet[12:16]) || many4(packet[16:20]) {
		return false
	}
	if h.Protocol() != uint8(header.ICMPv4ProtocolNumber) {
		return true
	}
	n := int(h.HeaderLength())
	return len(packet) > n && query4(packet[n])
}

// single4 says whether a can be the address of one host.
func single4(a []byte) bool {
	return a[0] != 0 && a[0] < 224
}

// many4 says whether a is a group or everybody.
func many4(a []byte) bool {
	return a[0]&0xf0 == 224 || netip.AddrFrom4([4]byte(a)) == netip.AddrFrom4([4]byte{255, 255, 255, 255})
}

// query4 says whether an ICMP type is known to be no error.
func query4(kind byte) bool {
	switch kind {
	case 0, 8, 13, 14, 15, 16, 17, 18: // echo, timestamp, information, address mask
		return true
	}
	return false
}

// Deserves6 says the same of an IPv6 packet (RFC 4443 section 2.4 e). A group may be told that a packet was too big or
// that it has an option that it doesn't know.
func Deserves6(packet []byte, m Message) bool {
	src, dst := packet[8:24], packet[24:40]
	group := m.Type == 2 || m.Type == 4 && m.Code == 2
	if src[0] == 0xff || [16]byte(src) == [16]byte{} || dst[0] == 0xff && !group {
		return false
	}
	kind, at, ok := Upper6(packet)
	if !ok {
		return false
	}
	return kind != uint8(header.ICMPv6ProtocolNumber) || at < len(packet) && packet[at] >= 128 && packet[at] != redirect
}

// redirect is the type of a message that is no error and yet must not be answered with one.
const redirect = 137

// Upper6 finds the header behind IPv6's own: its type and where it begins. It says no when there is none to be found, as
// in a fragment but the first.
func Upper6(packet []byte) (kind byte, at int, ok bool) {
	field, at, ok := upper6(packet)
	if !ok {
		return 0, 0, false
	}
	return packet[field], at, true
}

// TypeOfUpper6 is where the type of the header behind IPv6's own stands.
func TypeOfUpper6(packet []byte) int {
	field, _, _ := upper6(packet)
	return field
}

func upper6(packet []byte) (field, at int, ok bool) {
	field, at = 6, header.IPv6MinimumSize
	for {
		switch packet[field] {
		case 0, 43, 60: // hop by hop, routing, destination
			if len(packet) < at+8 {
				return 0, 0, false
			}
			field, at = at, at+8+8*int(packet[at+1])
		case 44: // fragment
			if len(packet) < at+8 || packet[at+2] != 0 || packet[at+3]&0xf8 != 0 {
				return 0, 0, false
			}
			field, at = at, at+8
		default:
			return field, at, at <= len(packet)
		}
	}
}

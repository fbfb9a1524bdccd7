package mib

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"strings"
)

// Values of InetAddressType (RFC 4001 section 3).
const (
	InetUnknown = 0
	InetIPv4    = 1
	InetIPv6    = 2
	InetIPv4z   = 3
	InetIPv6z   = 4
	InetDNS     = 16
)

// inetConventions are the conventions for one type of address (RFC 4001 section 4).
var inetConventions = map[string]int64{
	"InetAddressIPv4": InetIPv4, "InetAddressIPv6": InetIPv6, "InetAddressIPv4z": InetIPv4z, "InetAddressIPv6z": InetIPv6z,
	"Ipv6Address": InetIPv6,
}

// InetAddressText is an InetAddress of the given InetAddressType: 10.0.0.1, 2001:db8::1, fe80::1%2, a DNS name. Octets
// that aren't of the type are written as those of an unknown string.
func InetAddressText(kind int64, b []byte) string {
	if text, ok := AddressOf(kind, b); ok {
		return text
	}
	return octetsText(b)
}

// AddressOf is InetAddressText for octets that are of the type; ok is false for others.
func AddressOf(kind int64, b []byte) (text string, ok bool) {
	switch {
	case kind == InetIPv4 && len(b) == 4, kind == InetIPv6 && len(b) == 16:
		a, _ := netip.AddrFromSlice(b)
		return a.String(), true
	case kind == InetIPv4z && len(b) == 8, kind == InetIPv6z && len(b) == 20:
		a, _ := netip.AddrFromSlice(b[:len(b)-4])
		return fmt.Sprintf("%s%%%d", a, binary.BigEndian.Uint32(b[len(b)-4:])), true
	case kind == InetDNS:
		return string(printable(b)), true
	}
	return "", false
}

// inetKind guesses the type of an address from its length; printable text is taken for text.
func inetKind(b []byte) (kind int64, sure bool) {
	plain := true
	for _, c := range b {
		plain = plain && c >= 0x20 && c < 0x7f
	}
	if plain {
		return InetUnknown, false
	}
	switch len(b) {
	case 4:
		return InetIPv4, true
	case 8:
		return InetIPv4z, true
	case 16:
		return InetIPv6, true
	case 20:
		return InetIPv6z, true
	}
	return InetUnknown, false
}

// ParseInetAddress reads an address and says what type it is.
func ParseInetAddress(text string) (kind int64, b []byte) {
	bare, zone, zoned := strings.Cut(text, "%")
	a, err := netip.ParseAddr(bare)
	var index uint32
	if zoned {
		if _, bad := fmt.Sscanf(zone, "%d", &index); bad != nil || fmt.Sprint(index) != zone {
			return InetDNS, []byte(text)
		}
	}
	if err != nil {
		return InetDNS, []byte(text)
	}
	kind, b = InetIPv4, a.AsSlice()
	if a.Is6() {
		kind = InetIPv6
	}
	if zoned {
		kind, b = kind+2, binary.BigEndian.AppendUint32(b, index)
	}
	return kind, b
}

package network

import (
	"net/netip"
	"strconv"
	"strings"
)

// numericAddr reads host as an address; an invalid one and no code when it is a name.
func numericAddr(n Network, host string, h Hints) (netip.Addr, GAICode) {
	if a, ok := parseIPv4(host); ok {
		switch {
		case h.Family != AFInet6:
			return a, 0
		case h.Flags&AIV4Mapped != 0:
			return netip.AddrFrom16(a.As16()), 0
		}
		return netip.Addr{}, EAIAddrFamily
	}
	text, zone, zoned := strings.Cut(host, "%")
	a, err := netip.ParseAddr(text)
	if err != nil || !a.Is6() {
		return netip.Addr{}, 0
	}
	if h.Family == AFInet {
		if a.Is4In6() {
			return a.Unmap(), 0
		}
		return netip.Addr{}, EAIAddrFamily
	}
	if zoned {
		if zone, ok := scope(n, a, zone); ok {
			return a.WithZone(zone), 0
		}
		return netip.Addr{}, EAINoName
	}
	return a, 0
}

// scope reads the zone of a scoped address (RFC 4007 section 11): an interface's name where the scope is the link,
// and a number anywhere. It gives the name for the number where it can, and nothing for zone 0.
func scope(n Network, a netip.Addr, zone string) (string, bool) {
	onLink := a.IsLinkLocalUnicast() || a.IsLinkLocalMulticast()
	list, _ := n.Interfaces()
	if onLink {
		for _, i := range list {
			if i.Name == zone {
				return zone, true
			}
		}
	}
	index, err := strconv.ParseUint(zone, 10, 32)
	if err != nil || zone[0] == '+' {
		return "", false
	}
	if index == 0 {
		return "", true
	}
	if onLink {
		for _, i := range list {
			if uint64(i.Index) == index {
				return i.Name, true
			}
		}
	}
	return strconv.FormatUint(index, 10), true
}

// parseIPv4 reads every form that inet_aton(3) knows: one to four parts, each decimal, octal (0…) or hexadecimal
// (0x…), the last one filling the bytes that are left.
func parseIPv4(s string) (netip.Addr, bool) {
	parts := strings.Split(s, ".")
	if len(parts) > 4 {
		return netip.Addr{}, false
	}
	var v uint64
	for i, p := range parts {
		bits := 8
		if i == len(parts)-1 {
			bits = 8 * (5 - len(parts))
		}
		n, ok := parseNumber(p, bits)
		if !ok {
			return netip.Addr{}, false
		}
		v = v<<bits | n
	}
	return netip.AddrFrom4([4]byte{byte(v >> 24), byte(v >> 16), byte(v >> 8), byte(v)}), true
}

// parseNumber reads a number of C's notation that fits into bits.
func parseNumber(s string, bits int) (uint64, bool) {
	base := 10
	switch {
	case len(s) > 2 && (s[:2] == "0x" || s[:2] == "0X"):
		s, base = s[2:], 16
	case len(s) > 1 && s[0] == '0':
		s, base = s[1:], 8
	}
	if s == "" || s[0] == '+' || s[0] == '-' || strings.Contains(s, "_") {
		return 0, false
	}
	n, err := strconv.ParseUint(s, base, bits)
	return n, err == nil
}

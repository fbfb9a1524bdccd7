package mib

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// IntText is a number as people read it: the name that an enumeration gives it, or digits as the display hint says.
func (s *Syntax) IntText(n int64) string {
	if name := s.EnumName(n); name != "" && s.Base != Bits {
		return name
	}
	if text, ok := hintedNumber(s.Hint, n); ok {
		return text
	}
	return strconv.FormatInt(n, 10)
}

// OctetsText is a string as people read it: bits by name, as the display hint says, an Internet address as one; printable
// text as it is, and all else in hexadecimal, as net-snmp does it.
func (s *Syntax) OctetsText(b []byte) string {
	if s.Base == Bits {
		return s.bitsText(b)
	}
	if text, ok := s.known(b); ok {
		return text
	}
	if s.Hint != "" {
		if text, err := hinted(s.Hint, b); err == nil {
			return text
		}
	}
	return octetsText(b)
}

// octetsText is a string of which nothing is known.
func octetsText(b []byte) string {
	for _, c := range b {
		if (c < 0x20 || c > 0x7e) && (c < '\t' || c > '\r') {
			return strings.TrimSuffix(fmt.Sprintf("% X", b), " ")
		}
	}
	return string(b)
}

// known writes values of the conventions that have a form of their own; ok is false for all others.
func (s *Syntax) known(b []byte) (text string, ok bool) {
	switch {
	case s.Base == IpAddress && len(b) == 4:
		return netip.AddrFrom4([4]byte(b)).String(), true
	case s.Name == "InetAddress":
		kind, sure := inetKind(b)
		return InetAddressText(kind, b), sure
	case inetConventions[s.Name] != 0:
		return InetAddressText(inetConventions[s.Name], b), true
	}
	return "", false
}

// bitsText are the names of the bits that are set; those without a name are numbers. The first bit of the first octet is
// bit 0 (RFC 2578 section 7.1.4).
func (s *Syntax) bitsText(b []byte) string {
	var set []string
	for i := range 8 * len(b) {
		if b[i/8]>>(7-i%8)&1 == 0 {
			continue
		}
		if name := s.EnumName(int64(i)); name != "" {
			set = append(set, name)
		} else {
			set = append(set, strconv.Itoa(i))
		}
	}
	return strings.Join(set, ", ")
}

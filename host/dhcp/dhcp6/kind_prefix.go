package dhcp6

import (
	"errors"
	"net/netip"

	"moonwire/host/packet"
)

// Prefix is a length of one byte and an IPv6 address of 16; bits behind the length are kept.
type Prefix struct{}

var errPrefixLength = errors.New("a prefix of more than 128 bits")

func (Prefix) Read(b []byte) (packet.Value, int, error) {
	if len(b) < 17 {
		return nil, 0, errShort
	}
	if b[0] > 128 {
		return nil, 0, errPrefixLength
	}
	return netip.PrefixFrom(netip.AddrFrom16([16]byte(b[1:])), int(b[0])).String(), 17, nil
}

func (Prefix) Append(dst []byte, v packet.Value) ([]byte, error) {
	p, err := prefixOf(v)
	if err != nil {
		return dst, err
	}
	return append(append(dst, byte(p.Bits())), p.Addr().AsSlice()...), nil
}

func (Prefix) Type() string { return "string" }

// ShortPrefix is a length of one byte and as many bytes of an IPv6 address as it needs (RFC 7598 section 4).
type ShortPrefix struct{}

func (ShortPrefix) Read(b []byte) (packet.Value, int, error) {
	if len(b) < 1 {
		return nil, 0, errShort
	}
	if b[0] > 128 {
		return nil, 0, errPrefixLength
	}
	n := 1 + (int(b[0])+7)/8
	if len(b) < n {
		return nil, 0, errShort
	}
	var a [16]byte
	copy(a[:], b[1:n])
	return netip.PrefixFrom(netip.AddrFrom16(a), int(b[0])).String(), n, nil
}

func (ShortPrefix) Append(dst []byte, v packet.Value) ([]byte, error) {
	p, err := prefixOf(v)
	if err != nil {
		return dst, err
	}
	return append(append(dst, byte(p.Bits())), p.Addr().AsSlice()[:(p.Bits()+7)/8]...), nil
}

func (ShortPrefix) Type() string { return "string" }

func prefixOf(v packet.Value) (netip.Prefix, error) {
	s, _ := v.(string)
	p, err := netip.ParsePrefix(s)
	if err != nil || p.Addr().Is4() {
		return p, expected("IPv6 prefix, as 2001:db8::/56,", v)
	}
	return p, nil
}

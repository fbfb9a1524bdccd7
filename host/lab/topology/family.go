package topology

import (
	"encoding/binary"
	"net/netip"
	"strconv"
)

// family is IPv4 or IPv6.
type family int

const (
	v4 family = iota
	v6
)

// familyOf is that of an address.
func familyOf(a netip.Addr) family {
	if a.Is4() {
		return v4
	}
	return v6
}

// prefix is what segment n has: 10.0.n.0/24, 10.n.0.0/16 when it is wide, fd00:0:0:n::/64.
func (f family) prefix(n int, wide bool) netip.Prefix {
	switch {
	case f == v6:
		a := [16]byte{0xfd}
		binary.BigEndian.PutUint32(a[4:], digits(n))
		return netip.PrefixFrom(netip.AddrFrom16(a), 64)
	case wide:
		return netip.PrefixFrom(netip.AddrFrom4([4]byte{10, byte(n)}), 16)
	}
	return netip.PrefixFrom(netip.AddrFrom4([4]byte{10, byte(n >> 8), byte(n)}), 24)
}

// host is address k of a prefix, from 1 on; invalid when it has no such address.
func (f family) host(p netip.Prefix, k int) netip.Addr {
	if p.Addr().BitLen()-p.Bits() == 1 { // RFC 3021, RFC 6164: both addresses are hosts
		k--
	}
	if f == v4 {
		a := p.Masked().Addr().As4()
		n := binary.BigEndian.Uint32(a[:]) + uint32(k)
		binary.BigEndian.PutUint32(a[:], n)
		return within(p, netip.AddrFrom4(a))
	}
	a := p.Masked().Addr().As16()
	n := binary.BigEndian.Uint32(a[12:]) + digits(k)
	binary.BigEndian.PutUint32(a[12:], n)
	return within(p, netip.AddrFrom16(a))
}

// number is which of a prefix's addresses a is: the k that host makes it of, or 0.
func (f family) number(p netip.Prefix, a netip.Addr) int {
	low, base := a.AsSlice(), p.Masked().Addr().AsSlice()
	k := int(binary.BigEndian.Uint32(low[len(low)-4:]) - binary.BigEndian.Uint32(base[len(base)-4:]))
	if f == v6 {
		k, _ = strconv.Atoi(strconv.FormatInt(int64(k), 16))
	}
	if p.Addr().BitLen()-p.Bits() == 1 {
		k++
	}
	if f.host(p, k) != a {
		return 0
	}
	return k
}

// within is a when p has it as a host's address.
func within(p netip.Prefix, a netip.Addr) netip.Addr {
	if !p.Contains(a) || a.Is4() && p.Bits() < 31 && !p.Contains(a.Next()) { // the last is for broadcasts
		return netip.Addr{}
	}
	return a
}

// digits reads the decimal digits of n as hexadecimal ones, so that both families show the same.
func digits(n int) uint32 {
	d, _ := strconv.ParseUint(strconv.Itoa(n), 16, 32) // n has eight digits at most
	return uint32(d)
}

// linkLocal makes the address of a card from its MAC (RFC 4291 appendix A).
func linkLocal(mac []byte) netip.Prefix {
	a := [16]byte{0: 0xfe, 1: 0x80, 8: mac[0] ^ 2, 9: mac[1], 10: mac[2], 11: 0xff, 12: 0xfe, 13: mac[3], 14: mac[4], 15: mac[5]}
	return netip.PrefixFrom(netip.AddrFrom16(a), 64)
}

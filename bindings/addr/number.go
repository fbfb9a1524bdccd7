package addr

import (
	"encoding/binary"
	"math"
	"math/bits"
	"net/netip"
)

// A number is an address as a whole number of 128 bits; an IPv4 address takes the low 32.
type number struct{ hi, lo uint64 }

func numberOf(a netip.Addr) number {
	if a.Is4() {
		b := a.As4()
		return number{0, uint64(binary.BigEndian.Uint32(b[:]))}
	}
	b := a.As16()
	return number{binary.BigEndian.Uint64(b[:8]), binary.BigEndian.Uint64(b[8:])}
}

// addr is the address of that number in like's family and zone; false where it has none.
func (n number) addr(like netip.Addr) (netip.Addr, bool) {
	if like.Is4() {
		var b [4]byte
		binary.BigEndian.PutUint32(b[:], uint32(n.lo))
		return netip.AddrFrom4(b), n.hi == 0 && n.lo <= math.MaxUint32
	}
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], n.hi)
	binary.BigEndian.PutUint64(b[8:], n.lo)
	return netip.AddrFrom16(b).WithZone(like.Zone()), true
}

// plus adds modulo 2^128 and says whether that went past the end.
func (n number) plus(m number) (sum number, over bool) {
	lo, carry := bits.Add64(n.lo, m.lo, 0)
	hi, carry := bits.Add64(n.hi, m.hi, carry)
	return number{hi, lo}, carry != 0
}

// minus subtracts modulo 2^128 and says whether that went below zero.
func (n number) minus(m number) (difference number, under bool) {
	lo, borrow := bits.Sub64(n.lo, m.lo, 0)
	hi, borrow := bits.Sub64(n.hi, m.hi, borrow)
	return number{hi, lo}, borrow != 0
}

// float is the nearest number that Lua has.
func (n number) float() float64 { return math.Ldexp(float64(n.hi), 64) + float64(n.lo) }

// power is 2^exp; 2^128 is 0.
func power(exp int) number {
	switch {
	case exp >= 128:
		return number{}
	case exp >= 64:
		return number{1 << (exp - 64), 0}
	}
	return number{0, 1 << exp}
}

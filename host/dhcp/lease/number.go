package lease

import (
	"encoding/binary"
	"math"
	"math/bits"
	"net/netip"
)

// number is an address as an integer of 128 bits.
type number struct{ high, low uint64 }

func numberOf(a netip.Addr) number {
	b := a.As16()
	return number{binary.BigEndian.Uint64(b[:8]), binary.BigEndian.Uint64(b[8:])}
}

// addr is the address of n in a's version.
func (n number) addr(like netip.Addr) netip.Addr {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], n.high)
	binary.BigEndian.PutUint64(b[8:], n.low)
	if like.Is4() {
		return netip.AddrFrom4([4]byte(b[12:]))
	}
	return netip.AddrFrom16(b)
}

func (n number) plus(m number) number {
	low, carry := bits.Add64(n.low, m.low, 0)
	high, _ := bits.Add64(n.high, m.high, carry)
	return number{high, low}
}

func (n number) minus(m number) number {
	low, borrow := bits.Sub64(n.low, m.low, 0)
	high, _ := bits.Sub64(n.high, m.high, borrow)
	return number{high, low}
}

// bit is the number with one bit set, the i-th from the right.
func bit(i int) number {
	if i >= 64 {
		return number{high: 1 << (i - 64)}
	}
	return number{low: 1 << i}
}

// shifted is n without its last i bits, as far as that fits; else the largest there is.
func (n number) shifted(i int) uint64 {
	switch {
	case i >= 128:
		return 0
	case i >= 64:
		return n.high >> (i - 64)
	case n.high>>i != 0:
		return math.MaxUint64
	}
	return n.low>>i | n.high<<(64-i)
}

package packet

import (
	"fmt"
	"math"
	"net/netip"
	"strings"
)

// Values are several values for one field.
type Values interface {
	Len() uint64
	At(i uint64) Value
}

// A Range is the numbers from From to To, both included, Step apart.
type Range struct{ From, To, Step uint64 }

// String is the call that makes the range.
func (r Range) String() string { return fmt.Sprintf("range(%d, %d, %d)", r.From, r.To, r.Step) }

// Len counts the numbers.
func (r Range) Len() uint64 { return (r.To-r.From)/r.Step + 1 }

// At is the ith, from 0.
func (r Range) At(i uint64) Value { return r.From + i*r.Step }

// List is values one by one.
type List []Value

// Len counts the values.
func (l List) Len() uint64 { return uint64(len(l)) }

// At is the ith, from 0.
func (l List) At(i uint64) Value { return l[i] }

// Prefix is all addresses of a network.
type Prefix netip.Prefix

// Len counts the addresses, up to 2^64-1.
func (p Prefix) Len() uint64 {
	n := netip.Prefix(p)
	if host := n.Addr().BitLen() - n.Bits(); host < 64 {
		return 1 << host
	}
	return math.MaxUint64
}

// At is the ith, from 0.
func (p Prefix) At(i uint64) Value {
	a := netip.Prefix(p).Masked().Addr()
	b := a.As16()
	setBits(b[:], 64, 64, getBits(b[:], 64, 64)+i)
	sum := netip.AddrFrom16(b)
	if a.Is4() {
		return sum.Unmap()
	}
	return sum
}

// ValuesOf is v as several values for a field that holds one: a Range, a list, the prefix of a network; nil when v is
// one value.
func ValuesOf(f *Field, v Value) Values {
	switch v := v.(type) {
	case Range:
		return v
	case []Value:
		if f.Bits != 0 && len(v) > 0 {
			return List(v)
		}
	case string:
		if f.Kind != IPv4 && f.Kind != IPv6 || !strings.Contains(v, "/") {
			return nil
		}
		if n, err := netip.ParsePrefix(v); err == nil {
			return Prefix(n)
		}
	}
	return nil
}

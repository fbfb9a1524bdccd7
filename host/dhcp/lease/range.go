package lease

import (
	"fmt"
	"net/netip"
	"strings"
)

// A Range is the addresses from First to Last, both included.
type Range struct{ First, Last netip.Addr }

// ParseRange reads FIRST-LAST, one address, or a prefix. Of a prefix of IPv4 the network's own address and its broadcast
// address are left out, of IPv6 the first, which is the routers' (RFC 4291 section 2.6.1).
func ParseRange(text string) (Range, error) {
	if first, last, two := strings.Cut(text, "-"); two {
		return between(text, first, last)
	}
	if !strings.Contains(text, "/") {
		return between(text, text, text)
	}
	p, err := netip.ParsePrefix(text)
	if err != nil {
		return Range{}, fmt.Errorf("%q is no range of addresses: FIRST-LAST, ADDRESS or ADDRESS/BITS", text)
	}
	r := Span(p)
	switch {
	case p.Bits() >= p.Addr().BitLen()-1: // RFC 3021, RFC 6164
	case p.Addr().Is4():
		r.First, r.Last = r.First.Next(), r.Last.Prev()
	default:
		r.First = r.First.Next()
	}
	return r, nil
}

func between(text, first, last string) (Range, error) {
	a, errA := netip.ParseAddr(strings.TrimSpace(first))
	b, errB := netip.ParseAddr(strings.TrimSpace(last))
	switch {
	case errA != nil || errB != nil || a.Zone() != "" || b.Zone() != "":
		return Range{}, fmt.Errorf("%q is no range of addresses: FIRST-LAST, ADDRESS or ADDRESS/BITS", text)
	case a.BitLen() != b.BitLen():
		return Range{}, fmt.Errorf("%q mixes IPv4 and IPv6", text)
	case b.Less(a):
		return Range{}, fmt.Errorf("%q ends before it begins", text)
	}
	return Range{a, b}, nil
}

// Span is all addresses of a prefix.
func Span(p netip.Prefix) Range {
	p = p.Masked()
	rest := p.Addr().BitLen() - p.Bits()
	if rest == 128 {
		return Range{p.Addr(), number{^uint64(0), ^uint64(0)}.addr(p.Addr())}
	}
	last := numberOf(p.Addr()).plus(bit(rest).minus(number{low: 1}))
	return Range{p.Addr(), last.addr(p.Addr())}
}

// Contains says whether a is in the range.
func (r Range) Contains(a netip.Addr) bool {
	return a.BitLen() == r.First.BitLen() && r.First.Compare(a) <= 0 && a.Compare(r.Last) <= 0
}

// String is FIRST-LAST.
func (r Range) String() string { return r.First.String() + "-" + r.Last.String() }

package addr

import (
	"net/netip"
)

// add is a moved by n, or below zero; false past either end of its family.
func add(a netip.Addr, n number, down bool) (netip.Addr, bool) {
	move := number.plus
	if down {
		move = number.minus
	}
	sum, over := move(numberOf(a), n)
	b, ok := sum.addr(a)
	return b, ok && !over
}

// last is the highest address of p.
func last(p netip.Prefix) netip.Addr {
	first := p.Masked().Addr()
	size, _ := power(p.Addr().BitLen() - p.Bits()).minus(number{0, 1})
	end, _ := numberOf(first).plus(size)
	a, _ := end.addr(first)
	return a
}

// mask is p's netmask, or with wild its complement.
func mask(p netip.Prefix, wild bool) netip.Addr {
	all := netip.PrefixFrom(zero(p.Addr()), 0)
	low := netip.PrefixFrom(zero(p.Addr()), p.Bits())
	if wild {
		return last(low)
	}
	n, _ := numberOf(last(all)).minus(numberOf(last(low)))
	a, _ := n.addr(p.Addr())
	return a
}

// zero is the unspecified address of a's family.
func zero(a netip.Addr) netip.Addr {
	if a.Is4() {
		return netip.IPv4Unspecified()
	}
	return netip.IPv6Unspecified()
}

// span is the fewest prefixes that hold the addresses from first to end and no others.
func span(first, end netip.Addr) []netip.Prefix {
	var list []netip.Prefix
	for ok := true; ok && first.Compare(end) <= 0; {
		p := netip.PrefixFrom(first, first.BitLen())
		for p.Bits() > 0 {
			wider := netip.PrefixFrom(first, p.Bits()-1)
			if wider.Masked().Addr() != first || last(wider).Compare(end) > 0 {
				break
			}
			p = wider
		}
		list = append(list, p)
		first, ok = add(last(p), number{0, 1}, false)
	}
	return list
}

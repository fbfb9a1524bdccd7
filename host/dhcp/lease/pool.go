package lease

import (
	"errors"
	"fmt"
	"math"
	"net/netip"
	"slices"
)

// A Pool is what a Table may give away: the units of some ranges. A unit is an address, or a prefix of some length.
// Units that nobody ever had are given first, in order; then those that nobody has had for the longest time.
type Pool struct {
	Name string

	table  *Table
	bits   int // of a unit
	ranges []Range
	size   uint64

	fresh number // the next unit that nobody had, in ranges[at]
	at    int
	idle  queue  // units that somebody had
	held  uint64 // units that are offered, bound or declined
}

// most bounds how many units of one pool are remembered: a pool of IPv6 has more than memory could hold.
const most = 1 << 21

// NewPool makes a pool of units of so many bits: 32 and 128 are addresses, less is prefixes to delegate, which begin at
// multiples of their size.
func (t *Table) NewPool(name string, bits int, ranges ...Range) (*Pool, error) {
	if len(ranges) == 0 {
		return nil, errors.New("a pool needs a range of addresses")
	}
	p := &Pool{Name: name, table: t, bits: bits, ranges: slices.Clone(ranges)}
	slices.SortFunc(p.ranges, func(a, b Range) int { return a.First.Compare(b.First) })
	for i, r := range p.ranges {
		switch rest := r.First.BitLen() - bits; {
		case r.First.BitLen() != p.ranges[0].First.BitLen():
			return nil, fmt.Errorf("a pool of IPv4 and IPv6 at once (%s and %s)", p.ranges[0], r)
		case rest < 0 || bits < 1:
			return nil, fmt.Errorf("prefixes of %d bits from %s", bits, r)
		case i > 0 && !p.ranges[i-1].Last.Less(r.First):
			return nil, fmt.Errorf("the ranges %s and %s overlap", p.ranges[i-1], r)
		case unit(r.First, bits).Addr() != r.First:
			return nil, fmt.Errorf("no prefix of %d bits begins at %s", bits, r.First)
		}
		p.size = saturate(p.size, p.units(r))
	}
	p.fresh = numberOf(p.ranges[0].First)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.pools = append(t.pools, p)
	return p, nil
}

// units is how many of them a range has: a part of one at its end doesn't count.
func (p *Pool) units(r Range) uint64 {
	rest := r.First.BitLen() - p.bits
	n := numberOf(r.Last).minus(numberOf(r.First)).plus(number{low: 1})
	if n == (number{}) { // all addresses of IPv6
		return math.MaxUint64
	}
	return n.shifted(rest)
}

func saturate(a, b uint64) uint64 {
	if a+b < a {
		return math.MaxUint64
	}
	return a + b
}

// unit is the prefix of so many bits that a is in.
func unit(a netip.Addr, bits int) netip.Prefix {
	return netip.PrefixFrom(a, bits).Masked()
}

// Contains says whether a prefix is a unit of the pool.
func (p *Pool) Contains(u netip.Prefix) bool {
	return u.Bits() == p.bits && slices.ContainsFunc(p.ranges, func(r Range) bool {
		return r.Contains(u.Addr()) && r.Contains(Span(u).Last)
	})
}

// Bits is the length of a unit: that of an address, or of the prefixes that are delegated.
func (p *Pool) Bits() int { return p.bits }

// Size is how many units there are, Held how many are in use or offered.
func (p *Pool) Size() uint64 { return p.size }

// Held is how many units are offered, bound or declined.
func (p *Pool) Held() uint64 {
	p.table.mu.Lock()
	defer p.table.mu.Unlock()
	return p.held
}

// take finds a unit to give away; nil when none is left. The table is locked.
func (p *Pool) take() *entry {
	if uint64(len(p.table.entries)) < most || p.idle.first == nil {
		if e := p.takeFresh(); e != nil {
			return e
		}
	}
	return p.idle.first
}

// takeFresh finds a unit that nobody had. Each one is looked at once.
func (p *Pool) takeFresh() *entry {
	for p.at < len(p.ranges) {
		r := p.ranges[p.at]
		u := netip.PrefixFrom(p.fresh.addr(r.First), p.bits)
		if last := Span(u).Last; !r.Contains(last) || last == r.Last {
			p.at++
			if p.at < len(p.ranges) {
				p.fresh = numberOf(p.ranges[p.at].First)
			}
			if !r.Contains(last) {
				continue
			}
		} else {
			p.fresh = numberOf(last).plus(number{low: 1})
		}
		if p.table.entries[u] == nil && !p.table.reserved[u] {
			return p.table.add(u)
		}
	}
	return nil
}

// Within says whether all of the pool is inside of a prefix.
func (p *Pool) Within(n netip.Prefix) bool {
	return !slices.ContainsFunc(p.ranges, func(r Range) bool { return !n.Contains(r.First) || !n.Contains(r.Last) })
}

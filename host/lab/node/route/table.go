// Package route is a routing table: the longest prefix wins, then the lowest metric (RFC 1812 section 5.2.4.3).
package route

import (
	"cmp"
	"maps"
	"net/netip"
	"slices"
)

// Hop is one route.
type Hop struct {
	Dst       netip.Prefix // masked
	Gateway   netip.Addr   // the zero Addr: the destination is a neighbour
	Src       netip.Addr   // to send from; the zero Addr: the interface's first
	Interface int          // index
	Metric    int
	MTU       int  // 0: the interface's
	Connected bool // it came with an address
}

// Table is a set of routes. The zero Table is empty. It is not safe for concurrent use; a Clone is a snapshot.
type Table struct {
	hops map[netip.Prefix][]Hop // the best first
	bits [2][]int               // lengths of prefixes in use, the longest first: of IPv4, of IPv6
}

// Add adds a route. It refuses one that is there already: the same destination, metric, gateway and interface.
func (t *Table) Add(h Hop) bool {
	if t.hops == nil {
		t.hops = map[netip.Prefix][]Hop{}
	}
	list := t.hops[h.Dst]
	if slices.ContainsFunc(list, func(o Hop) bool { return same(o, h) }) {
		return false
	}
	list = append(slices.Clone(list), h)
	slices.SortStableFunc(list, func(a, b Hop) int { return cmp.Compare(a.Metric, b.Metric) })
	t.hops[h.Dst] = list
	t.count()
	return true
}

func same(a, b Hop) bool {
	return a.Metric == b.Metric && a.Gateway == b.Gateway && a.Interface == b.Interface
}

// Remove takes out the routes that match and returns how many that were.
func (t *Table) Remove(match func(Hop) bool) int {
	n := 0
	for dst, list := range t.hops {
		rest := slices.DeleteFunc(slices.Clone(list), match)
		n += len(list) - len(rest)
		if len(rest) == 0 {
			delete(t.hops, dst)
		} else {
			t.hops[dst] = rest
		}
	}
	t.count()
	return n
}

// count finds the lengths in use.
func (t *Table) count() {
	var used [2][129]bool
	for dst := range t.hops {
		used[version(dst.Addr())][dst.Bits()] = true
	}
	for v := range used {
		t.bits[v] = nil
		for n := 128; n >= 0; n-- {
			if used[v][n] {
				t.bits[v] = append(t.bits[v], n)
			}
		}
	}
}

func version(a netip.Addr) int {
	if a.Is4() {
		return 0
	}
	return 1
}

// Lookup finds the best route to dst among those that are usable.
func (t *Table) Lookup(dst netip.Addr, usable func(*Hop) bool) (Hop, bool) {
	for _, n := range t.bits[version(dst)] {
		p, _ := dst.Prefix(n)
		list := t.hops[p]
		for i := range list {
			if usable(&list[i]) {
				return list[i], true
			}
		}
	}
	return Hop{}, false
}

// All are the routes: IPv4's first, the longest prefix first, then by address and metric.
func (t *Table) All() []Hop {
	var out []Hop
	order := func(a, b netip.Prefix) int {
		return cmp.Or(cmp.Compare(version(a.Addr()), version(b.Addr())), cmp.Compare(b.Bits(), a.Bits()), a.Addr().Compare(b.Addr()))
	}
	for _, dst := range slices.SortedFunc(maps.Keys(t.hops), order) {
		out = append(out, t.hops[dst]...)
	}
	return out
}

// Clone is a copy that changes of t don't reach.
func (t *Table) Clone() *Table { return &Table{hops: maps.Clone(t.hops), bits: t.bits} }

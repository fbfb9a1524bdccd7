package fragment

import (
	"slices"
	"sort"
)

// A Policy says what becomes of a datagram whose fragments overlap.
type Policy string

// The policies.
const (
	First   Policy = "first"   // bytes that are there stay
	Last    Policy = "last"    // newer bytes replace older ones
	Linux   Policy = "linux"   // the datagram is given up, but a fragment inside of what is there is ignored (Linux since 4.19)
	BSD     Policy = "bsd"     // older bytes stay where their fragment begins no later than the newer one (4.4BSD)
	RFC5722 Policy = "rfc5722" // the datagram is given up with all its fragments that are still to come
)

// Policies are all, in the order in which documents list them.
var Policies = []Policy{First, Last, Linux, BSD, RFC5722}

// A stretch is bytes of the payload, from offset from.
type stretch struct {
	from int
	data []byte
}

func (s stretch) end() int { return s.from + len(s.data) }

// cutTo is the part of s from a to b.
func (s stretch) cutTo(a, b int) stretch { return stretch{a, s.data[a-s.from : b-s.from]} }

// A clash is bytes that two fragments have.
type clash struct{ from, to int }

// near finds those of the stretches that have bytes in common with s: parts[lo:hi]. They are in order and don't overlap.
func near(parts []stretch, s stretch) (lo, hi int) {
	lo = sort.Search(len(parts), func(i int) bool { return parts[i].end() > s.from })
	hi = lo
	for hi < len(parts) && parts[hi].from < s.end() {
		hi++
	}
	return lo, hi
}

// merge puts a new stretch together with the old ones that it has bytes in common with. keep says of an old one whether
// its bytes stay where both have some.
func merge(old []stretch, s stretch, keep func(old stretch) bool) (merged []stretch, clashes []clash, added int) {
	left := s // what of s is still to be placed
	place := func(part stretch) {
		if len(part.data) > 0 {
			merged, added = append(merged, part), added+len(part.data)
		}
	}
	for _, o := range old {
		a, b := max(o.from, s.from), min(o.end(), s.end())
		clashes = append(clashes, clash{a, b})
		if keep(o) {
			place(left.cutTo(left.from, max(left.from, a)))
			left = left.cutTo(max(left.from, b), s.end())
			merged = append(merged, o)
			continue
		}
		if o.from < a {
			merged = append(merged, o.cutTo(o.from, a))
		}
		place(left.cutTo(left.from, b))
		left = left.cutTo(b, s.end())
		if o.end() > b {
			merged = append(merged, o.cutTo(b, o.end()))
		}
	}
	place(left)
	return merged, clashes, added
}

// keeper is the rule of a policy that decides byte by byte; nil for the others.
func (p Policy) keeper(s stretch) func(old stretch) bool {
	switch p {
	case First:
		return func(stretch) bool { return true }
	case Last:
		return func(stretch) bool { return false }
	case BSD:
		return func(old stretch) bool { return old.from <= s.from }
	}
	return nil
}

// A run is fragments that came in order behind one another, as Linux keeps them.
type run struct{ from, end int }

// linuxVerdict says what Linux does with a fragment: whether it is inside of a run, or overlaps one. The runs are those
// with the fragment, when it is neither.
func linuxVerdict(runs []run, from, end int) (after []run, duplicate, overlap bool) {
	if n := len(runs); n > 0 && runs[n-1].end < end {
		last := &runs[n-1]
		switch {
		case from < last.end:
			return runs, false, true
		case from == last.end:
			last.end = end
			return runs, false, false
		}
		return append(runs, run{from, end}), false, false
	}
	for i, r := range runs {
		switch {
		case end <= r.from:
			return slices.Insert(runs, i, run{from, end}), false, false
		case from >= r.end:
		case from >= r.from && end <= r.end:
			return runs, true, false
		default:
			return runs, false, true
		}
	}
	return append(runs, run{from, end}), false, false
}

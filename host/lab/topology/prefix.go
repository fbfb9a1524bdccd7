package topology

import (
	"cmp"
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// prefixes are those in use: chosen ones in a set, others in a list.
type prefixes struct {
	chosen map[netip.Prefix]bool
	others []netip.Prefix
}

// free says whether nobody uses part of p.
func (u *prefixes) free(p netip.Prefix) bool {
	if u.chosen[p] || slices.ContainsFunc(u.others, p.Overlaps) {
		return false
	}
	if p.Bits() != 16 {
		return true
	}
	for q := range u.chosen {
		if p.Overlaps(q) {
			return false
		}
	}
	return true
}

// take notes a chosen prefix.
func (u *prefixes) take(p netip.Prefix) {
	if p.Bits() == 16 {
		u.others = append(u.others, p)
	} else {
		u.chosen[p] = true
	}
}

// setPrefixes gives each segment its prefixes: the wished ones, those of addresses that the Spec has, else chosen ones.
func (b *builder) setPrefixes() error {
	if err := b.wishPrefixes(); err != nil {
		return err
	}
	used := &prefixes{chosen: map[netip.Prefix]bool{}}
	for _, s := range b.plan.Segments {
		for _, m := range s.Members {
			for _, p := range m.Interface.Addrs {
				if p.Addr().IsLinkLocalUnicast() {
					continue
				}
				s.adopt(p.Masked())
				used.others = append(used.others, p.Masked())
			}
		}
		for _, p := range []netip.Prefix{s.V4, s.V6} {
			if p.IsValid() {
				used.others = append(used.others, p)
			}
		}
	}
	byVLAN := map[*Segment]bool{}
	for _, s := range b.plan.Segments {
		byVLAN[s] = s.VLAN > 1 && b.choose(s, used, s.VLAN)
	}
	next := 1
	for _, s := range b.plan.Segments {
		if byVLAN[s] {
			continue
		}
		for ; !b.choose(s, used, next); next++ {
			if next == most {
				return fault("network "+s.Name, "a lab has %d networks at most", most)
			}
		}
		next++
	}
	return nil
}

// adopt takes a prefix that the segment's addresses have, unless it has one of that family.
func (s *Segment) adopt(p netip.Prefix) {
	of := &s.V4
	if p.Addr().Is6() {
		of = &s.V6
	}
	if !of.IsValid() {
		*of = p
	}
}

// choose gives the segment what it lacks by number n, and reports false when that is taken.
func (b *builder) choose(s *Segment, used *prefixes, n int) bool {
	var chosen []netip.Prefix
	for _, f := range []family{v4, v6} {
		count := 0
		for _, m := range s.Members {
			if b.wants(m.Interface, f) {
				count++
			}
		}
		if count == 0 || f == v4 && s.V4.IsValid() || f == v6 && s.V6.IsValid() {
			continue
		}
		p := f.prefix(n, count > 254)
		if f == v4 && count > 254 && n > 255 || !used.free(p) {
			return false
		}
		chosen = append(chosen, p)
	}
	for _, p := range chosen {
		s.adopt(p)
		used.take(p)
	}
	return true
}

// wishPrefixes gives segments the prefixes that the Spec has for them.
func (b *builder) wishPrefixes() error {
	for _, key := range slices.Sorted(maps.Keys(b.spec.Networks)) {
		s, err := b.segmentOf(key)
		if err != nil {
			return err
		}
		for _, p := range b.spec.Networks[key] {
			if p.Addr().Is4() && s.V4.IsValid() || p.Addr().Is6() && s.V6.IsValid() {
				return fault("network "+s.Name, "it is given two prefixes of one family (%s and another)", p)
			}
			s.adopt(p.Masked())
		}
	}
	return nil
}

// segmentOf is the segment that a key of Networks means.
func (b *builder) segmentOf(key string) (*Segment, error) {
	var fits func(*Segment) bool
	if id, ok := strings.CutPrefix(key, "vlan "); ok {
		vlan, _ := strconv.Atoi(id)
		fits = func(s *Segment) bool { return s.VLAN == vlan }
	} else {
		r, ok := b.plan.find(key)
		if !ok {
			return nil, b.plan.unknown("networks", key)
		}
		fits = r.on
	}
	var found []*Segment
	for _, s := range b.plan.Segments {
		if fits(s) {
			found = append(found, s)
		}
	}
	if len(found) > 1 {
		untagged := slices.DeleteFunc(slices.Clone(found), func(s *Segment) bool { return s.VLAN > 1 })
		if len(untagged) == 1 {
			found = untagged
		}
	}
	if len(found) != 1 {
		return nil, fault("networks of "+key, "it means %d networks%s", len(found), ofWhich(found))
	}
	return found[0], nil
}

// on says whether the segment is on what the reference names.
func (r reference) on(s *Segment) bool {
	return r.node != nil && slices.Contains(s.switches, r.node) || r.link != nil && slices.Contains(s.links, r.link)
}

func ofWhich(found []*Segment) string {
	var names []string
	for _, s := range found {
		if s.VLAN > 0 {
			names = append(names, fmt.Sprintf("vlan %d", s.VLAN))
		}
	}
	if names == nil {
		return " (name a link, a switch or \"vlan 10\")"
	}
	return ": name one of " + strings.Join(names, ", ")
}

// checkPrefixes refuses segments whose prefixes overlap.
func (b *builder) checkPrefixes() error {
	type owned struct {
		prefix netip.Prefix
		by     *Segment
	}
	var all []owned
	for _, s := range b.plan.Segments {
		s.all = s.prefixes()
		for _, p := range s.all {
			all = append(all, owned{p, s})
		}
	}
	slices.SortStableFunc(all, func(x, y owned) int {
		return cmp.Or(x.prefix.Addr().Compare(y.prefix.Addr()), cmp.Compare(x.prefix.Bits(), y.prefix.Bits()))
	})
	for i, outer := 1, 0; i < len(all); i++ { // prefixes lie in each other or apart
		if !all[outer].prefix.Overlaps(all[i].prefix) {
			outer = i
		} else if all[outer].by != all[i].by {
			return fault("network "+all[i].by.Name, "its prefix %s overlaps %s of %s, so no route could tell them apart",
				all[i].prefix, all[outer].prefix, all[outer].by.Name)
		}
	}
	return nil
}

// prefixes are all that the segment's addresses have, link-local ones aside.
func (s *Segment) prefixes() (all []netip.Prefix) {
	seen := map[netip.Prefix]bool{}
	add := func(p netip.Prefix) {
		if p.IsValid() && !seen[p] {
			seen[p] = true
			all = append(all, p)
		}
	}
	add(s.V4)
	add(s.V6)
	for _, m := range s.Members {
		for _, p := range m.Interface.Addrs {
			if !p.Addr().IsLinkLocalUnicast() {
				add(p.Masked())
			}
		}
	}
	return all
}

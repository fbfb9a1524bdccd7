package topology

import (
	"cmp"
	"net/netip"
	"slices"
)

// takeAddresses gives interfaces the addresses that the Spec has for them.
func (b *builder) takeAddresses() error {
	b.given = map[*Interface]bool{}
	b.taken = map[netip.Addr]Member{}
	more, err := resolve(b.plan, "addresses", b.spec.Addresses)
	if err != nil {
		return err
	}
	for l := range more.links {
		return fault("addresses of "+l.Name, "a link has none: name a node or an interface (\"%s.%s\")", l.Ends[0].Node.Name, l.Ends[0].Interface)
	}
	for _, n := range b.plan.Nodes {
		wishes, err := wishesOf(b, n, "addresses", b.spec.Nodes[n.Name].Addresses)
		if err != nil {
			return err
		}
		if wishes, err = more.join(n, wishes); err != nil {
			return err
		}
		for _, i := range n.Interfaces {
			wish, ok := wishes[i]
			if !ok {
				continue
			}
			b.given[i] = len(wish) == 0
			for _, p := range wish {
				if err := b.takeAddress(Member{n, i}, p); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// join adds what was said of a node's interfaces by reference to the wishes of its NodeSpec.
func (s said[V]) join(n *Node, wishes map[*Interface]V) (map[*Interface]V, error) {
	for k, i := range n.Interfaces {
		v, ok := s.cards[i]
		if all, said := s.nodes[n]; said && k == 0 && !ok {
			v, ok = all, true
		}
		if !ok {
			continue
		}
		if _, twice := wishes[i]; twice {
			return nil, fault(named(n, i), "its addresses are given twice")
		}
		if wishes == nil {
			wishes = map[*Interface]V{}
		}
		wishes[i] = v
	}
	if _, said := s.nodes[n]; said && len(n.Interfaces) == 0 {
		return nil, fault("node "+n.Name, "it has no interface for addresses")
	}
	return wishes, nil
}

// takeAddress gives one address to an interface.
func (b *builder) takeAddress(m Member, p netip.Prefix) error {
	where := named(m.Node, m.Interface)
	a := p.Addr()
	if other, clash := b.taken[a]; clash && !a.IsLinkLocalUnicast() {
		return fault(where, "%s has the address %s already", named(other.Node, other.Interface), a)
	}
	switch {
	case a.Is4In6(), a.Zone() != "", a.IsUnspecified(), a.IsMulticast(), a.IsLoopback():
		return fault(where, "%s can't be the address of an interface", a)
	case a.Is6() && m.Interface.MTU < leastMTU6:
		return fault(where, "its MTU of %d is below %d, the least that IPv6 allows (RFC 8200 section 5), so it can't have %s", m.Interface.MTU, leastMTU6, a)
	case a.Is4() && p.Bits() < 31 && (a == p.Masked().Addr() || !p.Contains(a.Next())):
		return fault(where, "%s is the first or the last address of %s: they stand for the network and for a broadcast", a, p.Masked())
	}
	b.taken[a] = m
	m.Interface.Addrs = append(m.Interface.Addrs, p)
	return nil
}

// has says whether the interface has an address of a family, link-local ones aside.
func (i *Interface) has(f family) bool {
	return slices.ContainsFunc(i.Addrs, func(p netip.Prefix) bool {
		return familyOf(p.Addr()) == f && !p.Addr().IsLinkLocalUnicast()
	})
}

// wants says whether an address of a family is to be chosen for the interface.
func (b *builder) wants(i *Interface, f family) bool {
	none, said := b.given[i]
	switch {
	case said && none, i.has(f), f == v4 && b.spec.NoIPv4:
		return false
	}
	return f == v4 || !b.spec.NoIPv6 && i.MTU >= leastMTU6
}

// setAddresses numbers the interfaces of each segment: routers first, then in the order of the nodes.
func (b *builder) setAddresses() error {
	for _, s := range b.plan.Segments {
		slices.SortStableFunc(s.Members, func(x, y Member) int {
			return cmp.Or(rank(x.Node)-rank(y.Node), cmp.Compare(x.Node.place, y.Node.place))
		})
		if err := b.checkMembers(s); err != nil {
			return err
		}
		k := 0
		for _, m := range s.Members {
			var err error
			if k, err = b.number(s, m, k+1); err != nil {
				return err
			}
		}
	}
	for _, n := range b.plan.Nodes {
		for _, i := range n.Interfaces {
			b.finish(i)
		}
	}
	return nil
}

// checkMembers refuses a segment where addresses of one family would be chosen for two cards of a node.
func (b *builder) checkMembers(s *Segment) error {
	cards := map[*Node]*Interface{}
	for _, m := range s.Members {
		if !b.wants(m.Interface, v4) && !b.wants(m.Interface, v6) {
			continue
		}
		if first := cards[m.Node]; first != nil {
			return fault("link "+m.Interface.Link.Name, "%s is on this network by %s already: two cards there would have one route "+
				"(addresses={} leaves one without)", m.Node.Name, first.Name)
		}
		cards[m.Node] = m.Interface
	}
	return nil
}

func rank(n *Node) int {
	if n.Kind == Router {
		return 0
	}
	return 1
}

// number gives an interface addresses in the families that it wants: by the number that its given address has, else by
// the first from k on that nobody has. It returns the last number that it passed.
func (b *builder) number(s *Segment, m Member, k int) (int, error) {
	wanted := map[family]netip.Prefix{}
	own := 0
	for f, p := range map[family]netip.Prefix{v4: s.V4, v6: s.V6} {
		switch {
		case p.IsValid() && b.wants(m.Interface, f):
			wanted[f] = p
		case p.IsValid():
			own = max(own, m.Interface.numberIn(p))
		}
	}
	if len(wanted) == 0 {
		return k - 1, nil
	}
	if own > 0 && b.free(wanted, own) {
		return k - 1, b.assign(wanted, m, own)
	}
	for ; !b.free(wanted, k); k++ {
		for f, p := range wanted {
			if !f.host(p, k).IsValid() {
				return 0, fault("network "+s.Name, "%s has no address left for %s", p, named(m.Node, m.Interface))
			}
		}
	}
	return k, b.assign(wanted, m, k)
}

// free says whether nobody has number k in any of the prefixes.
func (b *builder) free(in map[family]netip.Prefix, k int) bool {
	for f, p := range in {
		a := f.host(p, k)
		if _, taken := b.taken[a]; taken || !a.IsValid() {
			return false
		}
	}
	return true
}

func (b *builder) assign(in map[family]netip.Prefix, m Member, k int) error {
	for f, p := range in {
		if err := b.takeAddress(m, netip.PrefixFrom(f.host(p, k), p.Bits())); err != nil {
			return err
		}
	}
	return nil
}

// numberIn is the number of the interface's address in p, 0 when it has none there.
func (i *Interface) numberIn(p netip.Prefix) int {
	for _, a := range i.Addrs {
		if p.Contains(a.Addr()) {
			return familyOf(p.Addr()).number(p, a.Addr())
		}
	}
	return 0
}

// finish adds the link-local address and sorts.
func (b *builder) finish(i *Interface) {
	own := slices.ContainsFunc(i.Addrs, func(p netip.Prefix) bool { return p.Addr().Is6() && p.Addr().IsLinkLocalUnicast() })
	if !own && !i.idle && !b.spec.NoIPv6 && i.MTU >= leastMTU6 {
		i.Addrs = append(i.Addrs, linkLocal(i.MAC))
	}
	slices.SortStableFunc(i.Addrs, func(p, q netip.Prefix) int {
		return cmp.Or(int(familyOf(p.Addr()))-int(familyOf(q.Addr())), class(p)-class(q))
	})
}

// class puts link-local addresses last.
func class(p netip.Prefix) int {
	if p.Addr().IsLinkLocalUnicast() {
		return 1
	}
	return 0
}

package topology

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
)

// all is the prefix of every address.
func (f family) all() netip.Prefix {
	if f == v4 {
		return netip.PrefixFrom(netip.IPv4Unspecified(), 0)
	}
	return netip.PrefixFrom(netip.IPv6Unspecified(), 0)
}

// checkRoutes refuses routes of nodes that aren't there.
func (b *builder) checkRoutes() error {
	for _, name := range slices.Sorted(maps.Keys(b.spec.Routes)) {
		if n := b.plan.nodes[name]; n == nil {
			return b.plan.unknown("routes", name)
		}
	}
	return nil
}

// setStatic adds the routes that the Spec has for a node.
func (b *builder) setStatic(n *Node, atlases []*atlas) error {
	for _, s := range slices.Concat(b.spec.Nodes[n.Name].Routes, b.spec.Routes[n.Name]) {
		routes, err := b.static(n, s, atlases)
		if err != nil {
			return err
		}
		for _, r := range routes {
			for _, old := range n.Routes {
				if old.Dst == r.Dst {
					return fault(string(n.Kind)+" "+n.Name, "it has two routes to %s, by %s and by %s: one counts", s.Dst, old.Via, r.Via)
				}
			}
			n.Routes = append(n.Routes, r)
		}
	}
	return nil
}

// static makes the routes of a RouteSpec: "default" by a name is one of each family that the neighbour has.
func (b *builder) static(n *Node, s RouteSpec, atlases []*atlas) (routes []Route, err error) {
	subject := "route of " + n.Name + " to " + s.Dst
	dst, err := readDst(s.Dst)
	if err != nil {
		return nil, fault(subject, "%v", err)
	}
	if b.plan.nodes[s.Via] == nil {
		if _, err := netip.ParseAddr(s.Via); err != nil {
			return nil, fault(subject, "its gateway %q is no address and no node%s", s.Via, meant(s.Via, b.plan.nodeNames()))
		}
	}
	for _, a := range atlases {
		h := a.gateway(n, s.Via)
		switch {
		case h.iface == "":
		case !dst.IsValid():
			routes = append(routes, Route{a.family.all(), h.via, h.iface, true})
		case familyOf(dst.Addr()) == a.family:
			routes = append(routes, Route{dst, h.via, h.iface, true})
		}
	}
	if routes == nil {
		return nil, fault(subject, "its gateway %s is on none of the networks of %s", s.Via, n.Name)
	}
	return routes, nil
}

// readDst reads a destination; that of "default" is invalid.
func readDst(text string) (netip.Prefix, error) {
	if text == "default" {
		return netip.Prefix{}, nil
	}
	if a, err := netip.ParseAddr(text); err == nil {
		return netip.PrefixFrom(a, a.BitLen()), nil
	}
	p, err := netip.ParsePrefix(text)
	if err != nil {
		return p, fmt.Errorf("%q is no prefix (10.0.0.0/8), address or \"default\"", text)
	}
	return p.Masked(), nil
}

// gateway is how n gets to a neighbour, by its name or address.
func (a *atlas) gateway(n *Node, via string) hop {
	addr, _ := netip.ParseAddr(via)
	for _, at := range a.segments[n] {
		for _, m := range at.segment.Members {
			if m.Node != n && m.Node.Name == via {
				if h := a.neighbour(at.iface, m); h.to != nil {
					return h
				}
			}
		}
		for _, p := range at.iface.Addrs {
			if addr.IsValid() && familyOf(addr) == a.family && p.Contains(addr) && !addr.IsLinkLocalUnicast() {
				return hop{via: addr, iface: at.iface.Name}
			}
		}
	}
	return hop{}
}

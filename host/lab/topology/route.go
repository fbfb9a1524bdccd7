package topology

import (
	"cmp"
	"net/netip"
	"slices"
)

// hop is the first step of a way: a neighbour and how to get there.
type hop struct {
	to    *Node
	via   netip.Addr
	iface string
}

// ways are the least hops from a node to each segment, by one family.
type ways map[*Segment]hop

// atlas is who is where, for one family.
type atlas struct {
	family   family
	routers  map[*Segment][]Member
	segments map[*Node][]attached
}

// attached is a segment that a node has an address on.
type attached struct {
	segment *Segment
	iface   *Interface
}

func (b *builder) newAtlas(f family) *atlas {
	a := &atlas{f, map[*Segment][]Member{}, map[*Node][]attached{}}
	at := map[*Interface]*Segment{}
	for _, s := range b.plan.Segments {
		for _, m := range s.Members {
			at[m.Interface] = s
			if m.Node.Kind == Router && m.Interface.has(f) {
				a.routers[s] = append(a.routers[s], m)
			}
		}
	}
	for _, n := range b.plan.Nodes {
		for _, i := range n.Interfaces {
			if s := at[i]; s != nil && i.has(f) {
				a.segments[n] = append(a.segments[n], attached{s, i})
			}
		}
	}
	return a
}

// from finds the ways of a node, step by step (Dijkstra, where every hop costs the same): of equal ways that over the
// neighbour whose name comes first.
func (a *atlas) from(n *Node) ways {
	found := ways{}
	for _, at := range a.segments[n] {
		found[at.segment] = hop{}
	}
	reached := map[*Node]hop{n: {}}
	next := map[*Node]hop{}
	for _, at := range a.segments[n] {
		for _, m := range a.routers[at.segment] {
			if h, better := a.neighbour(at.iface, m), next[m.Node]; m.Node != n && h.via.IsValid() && better.to == nil {
				next[m.Node] = h
			}
		}
	}
	for len(next) > 0 {
		for r, h := range next {
			reached[r] = h
		}
		next = a.step(next, reached, found)
	}
	return found
}

// step goes on from the routers of one distance: it notes the segments that they reach first, and returns the routers there.
func (a *atlas) step(now, reached map[*Node]hop, found ways) map[*Node]hop {
	fresh := ways{}
	for r, h := range now {
		for _, at := range a.segments[r] {
			if _, old := found[at.segment]; old {
				continue
			}
			if other, there := fresh[at.segment]; !there || h.to.Name < other.to.Name {
				fresh[at.segment] = h
			}
		}
	}
	next := map[*Node]hop{}
	for s, h := range fresh {
		found[s] = h
		for _, m := range a.routers[s] {
			if _, old := reached[m.Node]; old {
				continue
			}
			if other, there := next[m.Node]; !there || h.to.Name < other.to.Name {
				next[m.Node] = h
			}
		}
	}
	return next
}

// neighbour is the hop out of an interface to a router on its segment.
func (a *atlas) neighbour(out *Interface, m Member) hop {
	for _, theirs := range m.Interface.Addrs {
		for _, ours := range out.Addrs {
			if !theirs.Addr().IsLinkLocalUnicast() && familyOf(theirs.Addr()) == a.family && ours.Contains(theirs.Addr()) {
				return hop{m.Node, theirs.Addr(), out.Name}
			}
		}
	}
	return hop{}
}

// mostSteps bounds the work of finding routes: routers times networks and what routers have there.
const mostSteps = 1 << 22

// checkSize refuses a lab whose routers would have too many routes.
func (b *builder) checkSize() error {
	routers, cards := 0, 0
	for _, n := range b.plan.Nodes {
		if n.Kind == Router {
			routers++
			cards += len(n.Interfaces)
		}
	}
	if networks := len(b.plan.Segments); !b.spec.Static && routers*(networks+cards) > mostSteps {
		return fault("the lab", "%d routers with routes to %d networks are too many (routes=false leaves them out)", routers, networks)
	}
	return nil
}

// setRoutes fills the routing tables.
func (b *builder) setRoutes() error {
	if err := b.checkSize(); err != nil {
		return err
	}
	atlases := []*atlas{b.newAtlas(v4), b.newAtlas(v6)}
	for _, n := range b.plan.Nodes {
		if err := b.setStatic(n, atlases); err != nil {
			return err
		}
		for _, a := range atlases {
			switch {
			case n.Kind == Host:
				a.guide(n)
			case n.Kind == Router && !b.spec.Static:
				n.follow(a.from(n), a.family)
			}
		}
		slices.SortStableFunc(n.Routes, func(x, y Route) int {
			return cmp.Or(int(familyOf(x.Dst.Addr()))-int(familyOf(y.Dst.Addr())), cmp.Compare(y.Dst.Bits(), x.Dst.Bits()), x.Dst.Addr().Compare(y.Dst.Addr()))
		})
	}
	return nil
}

// follow adds routes along ways.
func (n *Node) follow(w ways, f family) {
	for s, h := range w {
		if h.to == nil {
			continue
		}
		for _, p := range s.all {
			if familyOf(p.Addr()) == f {
				n.addRoute(Route{Dst: p, Via: h.via, Interface: h.iface})
			}
		}
	}
}

// addRoute adds a route to where no static one leads.
func (n *Node) addRoute(r Route) {
	for _, old := range n.Routes {
		if !old.Static {
			break
		}
		if old.Dst == r.Dst {
			return
		}
	}
	n.Routes = append(n.Routes, r)
}

// guide gives a host its default route, and routes to what that doesn't reach.
func (a *atlas) guide(n *Node) {
	var gateway hop
	others := false
	for _, at := range a.segments[n] {
		for _, m := range a.routers[at.segment] {
			h := a.neighbour(at.iface, m)
			if h.to == nil {
				continue
			}
			if gateway.to == nil {
				gateway = h
			}
			others = others || h.iface != gateway.iface
			break // the first of each network
		}
	}
	if gateway.to == nil {
		return
	}
	n.addRoute(Route{Dst: a.family.all(), Via: gateway.via, Interface: gateway.iface})
	if !others {
		return
	}
	missing := a.from(n)
	for s := range a.from(gateway.to) {
		delete(missing, s)
	}
	n.follow(missing, a.family)
}

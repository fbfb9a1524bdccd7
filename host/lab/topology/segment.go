package topology

import (
	"fmt"
	"slices"
)

// A plane is where frames of one VLAN meet: a switch's VLAN, or an interface.
type plane struct {
	node  *Node
	vlan  int        // of a switch
	iface *Interface // of a host or router
}

// forest joins planes that reach each other.
type forest map[plane]plane

// root stands for all that p is joined with.
func (f forest) root(p plane) plane {
	up, ok := f[p]
	if !ok || up == p {
		return p
	}
	top := f.root(up)
	f[p] = top
	return top
}

// join joins two planes; it reports false when they were joined already.
func (f forest) join(a, b plane) bool {
	a, b = f.root(a), f.root(b)
	if a == b {
		return false
	}
	f[b] = a
	return true
}

// planes are those of an end: by the tag that their frames have on the link, 0 for none.
func (e *End) planes() map[int]plane {
	at := map[int]plane{}
	if p := e.port; p != nil {
		if p.VLAN != 0 {
			at[0] = plane{node: e.Node, vlan: p.VLAN}
		}
		for _, id := range p.Trunk {
			at[id] = plane{node: e.Node, vlan: id}
		}
		return at
	}
	if !e.card.idle {
		at[0] = plane{node: e.Node, iface: e.card}
	}
	for _, i := range e.card.tagged {
		at[i.VLAN] = plane{node: e.Node, iface: i}
	}
	return at
}

// join finds the segments, in the order of the links.
func (b *builder) join() error {
	f := forest{}
	for _, l := range b.plan.Links {
		left, right := l.Ends[0].planes(), l.Ends[1].planes()
		for _, tag := range sortedTags(left) {
			q, both := right[tag]
			if both && !f.join(left[tag], q) && !b.spec.Loop {
				return ring(l, left[tag])
			}
		}
	}
	b.gather(f)
	return nil
}

// ring is the fault of a link that closes one.
func ring(l *Link, p plane) error {
	vlan := ""
	if p.vlan > 1 {
		vlan = fmt.Sprintf(" in VLAN %d", p.vlan)
	}
	return fault("link "+l.Name, "it closes a ring of switches%s, where frames to all go round for ever: they have no spanning tree (loop=true allows it)", vlan)
}

// gather makes segments of what is joined.
func (b *builder) gather(f forest) {
	segments := map[plane]*Segment{}
	for _, l := range b.plan.Links {
		for i := range l.Ends {
			e := &l.Ends[i]
			at := e.planes()
			for _, tag := range sortedTags(at) {
				p := at[tag]
				root := f.root(p)
				s := segments[root]
				if s == nil {
					s = &Segment{}
					segments[root] = s
					b.plan.Segments = append(b.plan.Segments, s)
				}
				s.take(l, p)
			}
		}
	}
	b.plan.Segments = slices.DeleteFunc(b.plan.Segments, func(s *Segment) bool { return len(s.Members) == 0 })
}

func sortedTags(at map[int]plane) []int {
	tags := make([]int, 0, len(at))
	for tag := range at {
		tags = append(tags, tag)
	}
	slices.Sort(tags)
	return tags
}

// take adds a plane that the segment has on a link.
func (s *Segment) take(l *Link, p plane) {
	s.links = append(s.links, l)
	switch {
	case p.iface == nil:
		s.switches = append(s.switches, p.node)
		s.VLAN = p.vlan
	case s.VLAN == 0:
		s.VLAN = p.iface.VLAN
		fallthrough
	default:
		s.Members = append(s.Members, Member{p.node, p.iface})
	}
	s.name()
}

// name is the switch's, with the VLAN when that isn't 1, or the link's.
func (s *Segment) name() {
	s.Name = s.links[0].Name
	if len(s.switches) > 0 {
		s.Name = s.switches[0].Name
	}
	if s.VLAN > 1 {
		s.Name += fmt.Sprintf(" vlan %d", s.VLAN)
	}
}

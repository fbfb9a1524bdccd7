package topology

import (
	"fmt"
	"strings"
)

// addLink joins two nodes that are there.
func (b *builder) addLink(s LinkSpec) error {
	name := s.Name
	if name == "" {
		name = b.linkName(s.A, s.B)
	}
	if s.A == s.B {
		return fault("link "+name, "a link joins two nodes, and both ends are %s", s.A)
	}
	if b.plan.links[name] != nil {
		return fault("link "+name, "there are two links of this name")
	}
	if len(b.plan.Links) == most {
		return fault("link "+name, "a lab has %d links at most", most)
	}
	l := &Link{Name: name}
	for i, end := range []string{s.A, s.B} {
		n := b.plan.nodes[end]
		l.Ends[i] = n.attach(l)
	}
	b.plan.Links = append(b.plan.Links, l)
	b.plan.links[name] = l
	if s.Name == "" {
		first, number, _ := strings.Cut(name, "#")
		back := s.B + "--" + s.A
		if first == name {
			number = "1"
			b.plan.links[back] = l
		}
		b.plan.links[s.A+"--"+s.B+"#"+number] = l
		b.plan.links[back+"#"+number] = l
	}
	return nil
}

// linkName is what the next link between two nodes is called.
func (b *builder) linkName(from, to string) string {
	name := from + "--" + to
	if b.plan.links[name] == nil {
		return name
	}
	for n := 2; ; n++ {
		if next := fmt.Sprintf("%s#%d", name, n); b.plan.links[next] == nil {
			return next
		}
	}
}

// attach gives the node a card or a port for a link.
func (n *Node) attach(l *Link) End {
	if n.Kind == Switch {
		p := &Port{Name: fmt.Sprintf("p%d", len(n.Ports)+1), Link: l}
		n.Ports = append(n.Ports, p)
		return End{Node: n, Interface: p.Name, port: p}
	}
	i := &Interface{Name: fmt.Sprintf("eth%d", len(n.Interfaces)), Link: l}
	n.Interfaces = append(n.Interfaces, i)
	return End{Node: n, Interface: i.Name, card: i}
}

// other is the end of the link that n is not at.
func (l *Link) other(n *Node) *End {
	if l.Ends[0].Node == n {
		return &l.Ends[1]
	}
	return &l.Ends[0]
}

// end is the end of the link at n.
func (l *Link) end(n *Node) *End {
	if l.Ends[0].Node == n {
		return &l.Ends[0]
	}
	return &l.Ends[1]
}

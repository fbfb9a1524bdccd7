package topology

import (
	"maps"
	"slices"
	"strings"
)

// A reference names a node, a link, or an end of one.
type reference struct {
	node *Node
	link *Link
	end  *End
	card *Interface // of the end, or a VLAN on it
}

// find finds what a reference names.
func (p *Plan) find(name string) (reference, bool) {
	if n := p.nodes[name]; n != nil {
		return reference{node: n}, true
	}
	if l := p.links[strings.ReplaceAll(name, " ", "")]; l != nil {
		return reference{link: l}, true
	}
	node, iface, _ := strings.Cut(name, ".")
	n := p.nodes[node]
	if n == nil {
		return reference{}, false
	}
	if i := n.Interface(iface); i != nil {
		return reference{end: i.Link.end(n), card: i}, true
	}
	if port := n.Port(iface); port != nil {
		return reference{end: port.Link.end(n)}, true
	}
	return reference{}, false
}

// unknown is the fault of a reference that names nothing; what is the option that has it.
func (p *Plan) unknown(what, name string) error {
	known := append(p.nodeNames(), p.linkNames()...)
	if node, _, dotted := strings.Cut(name, "."); dotted && p.nodes[node] != nil {
		known = nil
		for _, i := range p.nodes[node].Interfaces {
			known = append(known, node+"."+i.Name)
		}
		for _, port := range p.nodes[node].Ports {
			known = append(known, node+"."+port.Name)
		}
	}
	return fault(what+" of "+name, "there is no such node, link or interface%s", meant(name, known))
}

// said is what an option says of nodes, links and ends.
type said[V any] struct {
	nodes map[*Node]V
	links map[*Link]V
	ends  map[*End]V
	cards map[*Interface]V
}

// resolve finds what the keys of an option name; "" is left out.
func resolve[V any](p *Plan, option string, of map[string]V) (said[V], error) {
	s := said[V]{map[*Node]V{}, map[*Link]V{}, map[*End]V{}, map[*Interface]V{}}
	for _, name := range slices.Sorted(maps.Keys(of)) {
		if name == "" {
			continue
		}
		r, ok := p.find(name)
		switch {
		case !ok:
			return s, p.unknown(option, name)
		case r.node != nil:
			s.nodes[r.node] = of[name]
		case r.link != nil:
			s.links[r.link] = of[name]
		default:
			s.ends[r.end] = of[name]
			s.cards[r.card] = of[name]
		}
	}
	return s, nil
}

// of is what was said of an end: of itself, else of its link, else of its node.
func (s said[V]) of(l *Link, e *End) (V, bool) {
	if v, ok := s.ends[e]; ok {
		return v, true
	}
	if v, ok := s.links[l]; ok {
		return v, true
	}
	v, ok := s.nodes[e.Node]
	return v, ok
}

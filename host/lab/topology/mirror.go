package topology

import (
	"maps"
	"slices"
)

// setMirrors makes mirror ports: they send out what their switch carries on other ports, and take nothing in.
func (b *builder) setMirrors() error {
	for _, key := range slices.Sorted(maps.Keys(b.spec.Mirror)) {
		n, p, err := b.portOf("mirror", key)
		if err != nil {
			return err
		}
		p.Mirror = []string{}
		for _, from := range b.spec.Mirror[key] {
			ports, err := b.mirrored(n, from)
			if err != nil {
				return err
			}
			p.Mirror = append(p.Mirror, ports...)
		}
		slices.Sort(p.Mirror)
		p.Mirror = slices.DeleteFunc(slices.Compact(p.Mirror), func(name string) bool { return name == p.Name })
		if len(p.Mirror) == 0 {
			return fault("port "+n.Name+"."+p.Name, "a mirror port needs others whose frames it shows (or \"all\")")
		}
		p.VLAN, p.Trunk = 0, nil
		if card := p.Link.other(n).card; card != nil {
			card.idle = true
		}
	}
	return nil
}

// mirrored are the ports of switch n that a name means: all, a port, a link or the node behind a link.
func (b *builder) mirrored(n *Node, name string) (ports []string, err error) {
	for _, p := range n.Ports {
		e := p.Link.other(n)
		if r, ok := b.plan.find(name); name == "all" || ok && (r.end == p.Link.end(n) || r.link == p.Link || r.node == e.Node) {
			ports = append(ports, p.Name)
		}
	}
	if ports == nil {
		return nil, fault("mirror of "+name, "switch %s has no port to it", n.Name)
	}
	return ports, nil
}

// portOf is the port of a switch that a reference means: itself, the one of a link or the only one to a node.
func (b *builder) portOf(option, name string) (*Node, *Port, error) {
	r, ok := b.plan.find(name)
	if !ok {
		return nil, nil, b.plan.unknown(option, name)
	}
	var found []*End
	for _, l := range b.plan.Links {
		for i := range l.Ends {
			e := &l.Ends[i]
			if e.Node.Kind == Switch && (r.end == e || r.link == l || r.node != nil && r.node == l.other(e.Node).Node) {
				found = append(found, e)
			}
		}
	}
	if len(found) != 1 {
		return nil, nil, fault(option+" of "+name, "it means %d ports of switches: name one, as sw1.p2", len(found))
	}
	return found[0].Node, found[0].port, nil
}

package lab

import (
	"fmt"
	"slices"

	"moonwire/host/lab/topology"
	"moonwire/host/lab/wire"
)

// addSwitch makes a switch and its ports. It knows of VLANs when one of its ports has something to do with them.
func (l *Lab) addSwitch(n *topology.Node) error {
	s := wire.NewSwitch(l.engine, n.Name)
	if l.opt.OnStorm != nil {
		s.OnStorm(l.opt.OnStorm)
	}
	l.switches[n.Name] = s
	aware := slices.ContainsFunc(n.Ports, func(p *topology.Port) bool { return p.Trunk != nil || p.VLAN > 1 })
	for _, p := range n.Ports {
		port := s.AddPort(n.Name + "." + p.Name)
		l.ports[portKey{n.Name, p.Name}] = port
		if !aware {
			continue
		}
		if err := s.SetVLAN(port, vlanOf(p)); err != nil {
			return fmt.Errorf("lab: switch %s: %w", n.Name, err)
		}
	}
	return l.mirror(s, n)
}

// vlanOf is what a port of a switch does with tags.
func vlanOf(p *topology.Port) wire.VLAN { return wire.VLAN{Untagged: p.VLAN, Tagged: p.Trunk} }

// tagged says whether a card has VLANs on it.
func tagged(n *topology.Node, card string) bool {
	return slices.ContainsFunc(n.Interfaces, func(i *topology.Interface) bool { return i.Parent == card })
}

// addTagger makes what puts tags on the frames of a card's VLANs and sorts the frames that come by theirs: a small switch
// inside the host. The card itself has the frames without a tag. It returns the port for the card's link.
func (l *Lab) addTagger(end topology.End) *wire.Port {
	name := end.Node.Name + "." + end.Interface
	s := wire.NewSwitch(l.engine, name)
	trunk := s.AddPort(name)
	for _, i := range end.Node.Interfaces {
		if i.Parent != end.Interface && i.Name != end.Interface {
			continue
		}
		inside, nic := s.AddPort(name+" to "+i.Name), wire.NewPort(end.Node.Name+"."+i.Name)
		inside.SetMTU(end.MTU)
		nic.SetMTU(end.MTU)
		s.SetVLAN(inside, wire.VLAN{Untagged: max(i.VLAN, 1)})
		wire.Connect(l.engine, name+"--"+i.Name, inside, nic, wire.LinkOptions{Seed: l.opt.Seed})
		l.untagged[portKey{end.Node.Name, i.Name}] = nic
	}
	s.SetVLAN(trunk, wire.VLAN{Untagged: 1, Trunk: true})
	return trunk
}

// mirror begins to copy what a plan wants copied.
func (l *Lab) mirror(s *wire.Switch, n *topology.Node) error {
	for _, p := range n.Ports {
		if p.Mirror == nil {
			continue
		}
		m := wire.Mirror{To: l.ports[portKey{n.Name, p.Name}]}
		for _, from := range p.Mirror {
			m.From = append(m.From, l.ports[portKey{n.Name, from}])
		}
		if _, err := s.Mirror(m); err != nil {
			return fmt.Errorf("lab: %w", err)
		}
	}
	return nil
}

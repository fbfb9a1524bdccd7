package lab

import (
	"moonwire/host/lab/topology"
	"moonwire/host/lab/wire"
)

// Attach adds a port for somebody outside the plan, such as a bridge: a further port of a switch, or one that shares a
// link with its two ends, as on a hub. A host's name stands for the link of its first interface. Detach ends it.
func (l *Lab) Attach(place string) (p *wire.Port, detach func(), err error) {
	if s := l.switches[place]; s != nil {
		p := wire.NewPort(place + "+bridge")
		cable := wire.Connect(l.engine, p.Name(), s.AddPort(place+".bridge"), p, wire.LinkOptions{Seed: l.opt.Seed})
		return p, func() { cable.SetUp(false) }, nil
	}
	link, err := l.shared(place)
	if err != nil {
		return nil, nil, err
	}
	p, detach = wire.Share(l.engine, link)
	return p, detach, nil
}

// shared finds the link that a place means: its own name, or a host's.
func (l *Lab) shared(place string) (*wire.Link, error) {
	n, err := l.plan.Node(place)
	if err != nil {
		return l.Link(place)
	}
	if len(n.Interfaces) == 0 {
		return nil, &topology.Error{Subject: "node " + n.Name, Rule: "it has no interface: name a link or a switch"}
	}
	return l.Link(n.Interfaces[0].Link.Name)
}

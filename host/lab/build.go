package lab

import (
	"fmt"
	"hash/fnv"
	"net/netip"

	"moonwire/host/lab/node"
	"moonwire/host/lab/sockets"
	"moonwire/host/lab/topology"
	"moonwire/host/lab/wire"
	"moonwire/host/network"
)

// build makes nodes, then links, then plugs the nodes in.
func (l *Lab) build() error {
	for _, n := range l.plan.Nodes {
		if err := l.addNode(n); err != nil {
			return err
		}
	}
	for _, link := range l.plan.Links {
		l.addLink(link)
	}
	for _, h := range l.order {
		if err := l.plug(h); err != nil {
			return fmt.Errorf("lab: host %s: %w", h.Name(), err)
		}
	}
	return nil
}

// seed is a node's part of the lab's seed.
func (l *Lab) seed(name string) int64 {
	sum := fnv.New64a()
	fmt.Fprint(sum, l.opt.Seed, "/", name)
	return int64(sum.Sum64())
}

func (l *Lab) addNode(n *topology.Node) error {
	if n.Kind == topology.Switch {
		return l.addSwitch(n)
	}
	h := &Host{plan: n}
	made, err := node.New(node.Options{Name: n.Name, Engine: l.engine, Clock: l.opt.Clock, Seed: l.seed(n.Name), Router: n.Kind == topology.Router})
	if err != nil {
		return fmt.Errorf("lab: host %s: %w", n.Name, err)
	}
	h.node = made
	l.order = append(l.order, h)
	l.hosts[n.Name] = h
	h.network = sockets.New(made, l.names)
	return nil
}

// addLink connects two ports: those of switches are there already.
func (l *Lab) addLink(link *topology.Link) {
	var ports [2]*wire.Port
	for i, end := range link.Ends {
		key := portKey{end.Node.Name, end.Interface}
		p := l.ports[key]
		switch {
		case p != nil:
		case tagged(end.Node, end.Interface):
			p = l.addTagger(end)
		default:
			p = wire.NewPort(end.Node.Name + "." + end.Interface)
		}
		l.ports[key] = p
		p.SetMTU(end.MTU)
		ports[i] = p
	}
	l.links[link.Name] = wire.Connect(l.engine, link.Name, ports[0], ports[1], wire.LinkOptions{Seed: l.opt.Seed})
}

const dnsPort = 53

// plug gives a host its interfaces, addresses and routes.
func (l *Lab) plug(h *Host) error {
	for _, i := range h.plan.Interfaces {
		port := l.Port(h.Name(), i.Name)
		if inner := l.untagged[portKey{h.Name(), i.Name}]; inner != nil {
			port = inner
		}
		if err := h.node.Plug(port, node.Interface{Name: i.Name, MAC: i.MAC, MTU: i.MTU, Addrs: i.Addrs}); err != nil {
			return err
		}
	}
	if asks, ok := h.network.(interface{ SetNameServers(...netip.AddrPort) }); ok && h.plan.DNS.IsValid() {
		asks.SetNameServers(netip.AddrPortFrom(h.plan.DNS, dnsPort))
	}
	for _, r := range h.plan.Routes {
		if err := h.node.AddRoute(network.Route{Dst: r.Dst, Gateway: r.Via, Interface: r.Interface}); err != nil {
			return err
		}
	}
	return nil
}

package lab

import (
	"net/netip"

	"moonwire/host/lab/topology"
)

// names are those that a host of a lab knows without asking anybody: every node's.
type names struct {
	plan *topology.Plan
	self *topology.Node
}

// Hostname is the host's own name.
func (n names) Hostname() string { return n.self.Name }

// Lookup finds the canonical name and the addresses of a name; ok is false when the lab has no such name.
func (n names) Lookup(name string) (canonical string, addrs []netip.Addr, ok bool) {
	found, err := n.plan.Node(name)
	if err != nil || found.Kind == topology.Switch {
		return "", nil, false
	}
	for _, i := range found.Interfaces {
		for _, p := range i.Addrs {
			if !p.Addr().IsLinkLocalUnicast() {
				addrs = append(addrs, p.Addr())
			}
		}
	}
	return found.Name, addrs, true
}

// Reverse finds the names of an address, the canonical one first.
func (n names) Reverse(a netip.Addr) []string {
	for _, node := range n.plan.Nodes {
		for _, i := range node.Interfaces {
			for _, p := range i.Addrs {
				if p.Addr() == a {
					return append([]string{node.Name}, node.Names...)
				}
			}
		}
	}
	return nil
}

// Server is the DNS server that the host asks for other names; invalid when it has none.
func (n names) Server() netip.Addr { return n.self.DNS }

package topology

import (
	"net/netip"
	"strings"
)

// Domain is what every node's full name ends in.
const Domain = "lab"

// setNames gives each node its names, and its DNS server.
func (b *builder) setNames() error {
	owners := map[string]string{}
	for _, n := range b.plan.Nodes {
		n.Names = append([]string{n.Name, n.Name + "." + Domain}, b.spec.Nodes[n.Name].Names...)
		for _, name := range n.Names {
			fold := strings.ToLower(name)
			if other := owners[fold]; other != "" {
				return fault("node "+n.Name, "its name %s is one of %s, too", name, other)
			}
			owners[fold] = n.Name
		}
	}
	for _, n := range b.plan.Nodes {
		text := b.spec.Nodes[n.Name].DNS
		if text == "" {
			continue
		}
		if server := b.plan.nodes[text]; server != nil {
			n.DNS = server.Addr()
		} else if a, err := netip.ParseAddr(text); err == nil {
			n.DNS = a
		}
		if !n.DNS.IsValid() {
			return fault("node "+n.Name, "its DNS server %q is no address and no node that has one%s", text, meant(text, b.plan.nodeNames()))
		}
	}
	return nil
}

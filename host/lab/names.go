package lab

import (
	"net/netip"

	"moonwire/host/lab/topology"
)

// names are those of a lab's hosts and routers, and the addresses they stand for.
type names struct {
	addrs map[string][]netip.Addr
	owner map[netip.Addr]string
}

func newNames(plan *topology.Plan) *names {
	n := &names{map[string][]netip.Addr{}, map[netip.Addr]string{}}
	for _, node := range plan.Nodes {
		var all []netip.Addr
		for _, i := range node.Interfaces {
			for _, p := range i.Addrs {
				if !p.Addr().IsLinkLocalUnicast() {
					all = append(all, p.Addr())
					n.owner[p.Addr()] = node.Name
				}
			}
		}
		for _, name := range append([]string{node.Name}, node.Names...) {
			n.addrs[name] = all
		}
	}
	return n
}

// Host finds the addresses of a name; nil: nobody is called so.
func (n *names) Host(name string) []netip.Addr { return n.addrs[name] }

// Name finds who has an address; "": nobody.
func (n *names) Name(a netip.Addr) string { return n.owner[a] }

package node

import (
	"cmp"
	"net"
	"net/netip"
	"slices"
	"syscall"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/stack"

	"moonwire/host/network"
)

// families are the protocols that have neighbours.
var families = []tcpip.NetworkProtocolNumber{header.IPv4ProtocolNumber, header.IPv6ProtocolNumber}

// stateNames are ip(8)'s.
var stateNames = map[stack.NeighborState]string{
	stack.Unknown:     "none",
	stack.Incomplete:  "incomplete",
	stack.Reachable:   "reachable",
	stack.Stale:       "stale",
	stack.Delay:       "delay",
	stack.Probe:       "probe",
	stack.Static:      "permanent",
	stack.Unreachable: "failed",
}

// Neighbors is the ARP and neighbour table.
func (n *Node) Neighbors() []network.Neighbor {
	var out []network.Neighbor
	for _, d := range *n.devices.Load() {
		for _, proto := range families {
			entries, _ := n.stack.Neighbors(tcpip.NICID(d.index), proto)
			for _, e := range entries {
				out = append(out, network.Neighbor{
					Addr: fromStack(e.Addr), MAC: net.HardwareAddr(e.LinkAddr), Interface: d.name, State: stateNames[e.State],
				})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b network.Neighbor) int {
		return cmp.Or(cmp.Compare(a.Interface, b.Interface), a.Addr.Compare(b.Addr))
	})
	return out
}

// AddNeighbor makes an entry that stays.
func (n *Node) AddNeighbor(iface string, a netip.Addr, mac net.HardwareAddr) error {
	d := n.device(iface)
	if d == nil {
		return n.missing(iface)
	}
	err := n.stack.AddStaticNeighbor(tcpip.NICID(d.index), family(a), toStack(a), tcpip.LinkAddress(mac))
	return refused(err, "add neighbor %v on %s", a, iface)
}

// DelNeighbor removes an entry.
func (n *Node) DelNeighbor(iface string, a netip.Addr) error {
	d := n.device(iface)
	if d == nil {
		return n.missing(iface)
	}
	if err := n.stack.RemoveNeighbor(tcpip.NICID(d.index), family(a), toStack(a)); err != nil {
		return fail(syscall.ENOENT, "remove neighbor %v on %s", a, iface)
	}
	return nil
}

// FlushNeighbors forgets all neighbours of an interface.
func (n *Node) FlushNeighbors(iface string) error {
	d := n.device(iface)
	if d == nil {
		return n.missing(iface)
	}
	n.forgetNeighbors(d)
	return nil
}

func (n *Node) forgetNeighbors(d *device) {
	for _, proto := range families {
		n.stack.ClearNeighbors(tcpip.NICID(d.index), proto)
	}
}

// Resolve finds a neighbour's MAC address: by the table, or by asking. done is called once, perhaps at once, and must not
// block; an empty address means that there was no answer.
func (n *Node) Resolve(iface string, a netip.Addr, done func(net.HardwareAddr)) error {
	d := n.device(iface)
	if d == nil {
		return n.missing(iface)
	}
	a = a.Unmap().WithZone("")
	err := n.stack.GetLinkAddress(tcpip.NICID(d.index), toStack(a), tcpip.Address{}, family(a), func(r stack.LinkResolutionResult) {
		if r.Err != nil {
			r.LinkAddress = ""
		}
		done(net.HardwareAddr(r.LinkAddress))
	})
	if _, wait := err.(*tcpip.ErrWouldBlock); wait {
		return nil
	}
	return refused(err, "resolve %v on %s", a, iface)
}

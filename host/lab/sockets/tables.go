package sockets

import (
	"net"
	"net/netip"
	"slices"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/stack"

	"moonwire/host/network"
)

// Interfaces lists the interfaces.
func (w *world) Interfaces() ([]network.Interface, error) {
	var out []network.Interface
	for id, n := range w.stack.NICInfo() {
		i := network.Interface{Index: int(id), Name: n.Name, MTU: int(n.MTU), LinkType: "ethernet", Flags: flags(n.Flags)}
		if n.Flags.Loopback {
			i.Flags = i.Flags&^(net.FlagBroadcast|net.FlagMulticast) | net.FlagLoopback
		} else {
			i.MAC = net.HardwareAddr(n.LinkAddress)
		}
		for _, a := range n.ProtocolAddresses {
			if a.Protocol == ip4 || a.Protocol == ip6 {
				i.Addrs = append(i.Addrs, netip.PrefixFrom(fromStack(a.AddressWithPrefix.Address, a.Protocol), a.AddressWithPrefix.PrefixLen))
			}
		}
		out = append(out, i)
	}
	slices.SortFunc(out, func(a, b network.Interface) int { return a.Index - b.Index })
	return out, nil
}

// flags are an interface's, as package net has them.
func flags(f stack.NICStateFlags) net.Flags {
	out := net.FlagBroadcast | net.FlagMulticast
	if f.Up {
		out |= net.FlagUp
	}
	if f.Running {
		out |= net.FlagRunning
	}
	return out
}

// Routes lists the routing table.
func (w *world) Routes() ([]network.Route, error) {
	var out []network.Route
	for _, r := range w.stack.GetRouteTable() {
		dst := r.Destination.ID()
		addr, _ := netip.AddrFromSlice(dst.AsSlice())
		route := network.Route{Dst: netip.PrefixFrom(addr, r.Destination.Prefix()), Interface: w.zoneName(int(r.NIC)), MTU: int(r.MTU)}
		route.Gateway, _ = netip.AddrFromSlice(r.Gateway.AsSlice())
		route.Src, _ = netip.AddrFromSlice(r.SourceHint.AsSlice())
		out = append(out, route)
	}
	return out, nil
}

// neighborStates are the names that ip-neighbour(8) gives the states.
var neighborStates = map[stack.NeighborState]string{
	stack.Unknown: "none", stack.Incomplete: "incomplete", stack.Reachable: "reachable", stack.Stale: "stale",
	stack.Delay: "delay", stack.Probe: "probe", stack.Static: "permanent", stack.Unreachable: "failed",
}

// Neighbors lists the ARP and neighbour tables.
func (w *world) Neighbors() ([]network.Neighbor, error) {
	var out []network.Neighbor
	list, err := w.Interfaces()
	if err != nil {
		return nil, err
	}
	for _, i := range list {
		for _, version := range []tcpip.NetworkProtocolNumber{ip4, ip6} {
			entries, err := w.stack.Neighbors(tcpip.NICID(i.Index), version)
			if err != nil {
				continue // an interface without neighbours
			}
			for _, e := range entries {
				n := network.Neighbor{Addr: fromStack(e.Addr, version), Interface: i.Name, State: neighborStates[e.State]}
				if e.LinkAddr != "" {
					n.MAC = net.HardwareAddr(e.LinkAddr)
				}
				out = append(out, n)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b network.Neighbor) int { return a.Addr.Compare(b.Addr) })
	return out, nil
}

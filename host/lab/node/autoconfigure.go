package node

import (
	"net/netip"
	"slices"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/network/ipv6"
	"gvisor.dev/gvisor/pkg/tcpip/stack"

	"moonwire/host/lab/node/route"
)

// Autoconfigure makes an interface ask for routers, and take addresses and routes from what they advertise (RFC 4862). A
// router doesn't listen.
func (n *Node) Autoconfigure(iface string) error {
	d := n.device(iface)
	if d == nil || d == n.lo {
		return n.missing(iface)
	}
	id := tcpip.NICID(d.index)
	ep, err := n.stack.GetNetworkEndpoint(id, header.IPv6ProtocolNumber)
	if err != nil {
		return refused(err, "configure %s by its routers", iface)
	}
	ep.(ipv6.NDPEndpoint).SetNDPConfigurations(solicitation())
	if err := n.stack.DisableNIC(id); err != nil {
		return refused(err, "configure %s by its routers", iface)
	}
	return refused(n.stack.EnableNIC(id), "configure %s by its routers", iface)
}

// solicitation is what a host does that is configured by its routers, as Linux: addresses from the MAC address, none for
// privacy.
func solicitation() ipv6.NDPConfigurations {
	c := ipv6.DefaultNDPConfigurations()
	c.AutoGenTempGlobalAddresses = false
	return c
}

// heard gets what the stack makes of router advertisements. It is called while the stack holds the interface, so it leaves
// the work to the engine.
type heard struct{ node *Node }

// later is work for the engine.
type later func()

// Run does it.
func (f later) Run() { f() }

func (h heard) do(f func()) { h.node.opt.Engine.Schedule(0, later(f)) }

// OnOffLinkRouteUpdated hears of a router, or of a route by it.
func (h heard) OnOffLinkRouteUpdated(id tcpip.NICID, dst tcpip.Subnet, router tcpip.Address, _ header.NDPRoutePreference) {
	h.do(func() { h.node.change(func(t *route.Table) { t.Add(advertised(id, dst, router)) }) })
}

// OnOffLinkRouteInvalidated hears that a router is one no longer.
func (h heard) OnOffLinkRouteInvalidated(id tcpip.NICID, dst tcpip.Subnet, router tcpip.Address) {
	h.do(func() { h.node.change(func(t *route.Table) { withdraw(t, advertised(id, dst, router)) }) })
}

// OnOnLinkPrefixDiscovered hears of a prefix whose hosts are neighbours.
func (h heard) OnOnLinkPrefixDiscovered(id tcpip.NICID, dst tcpip.Subnet) {
	h.do(func() { h.node.change(func(t *route.Table) { t.Add(advertised(id, dst, tcpip.Address{})) }) })
}

// OnOnLinkPrefixInvalidated hears that they are no longer.
func (h heard) OnOnLinkPrefixInvalidated(id tcpip.NICID, dst tcpip.Subnet) {
	h.do(func() { h.node.change(func(t *route.Table) { withdraw(t, advertised(id, dst, tcpip.Address{})) }) })
}

// OnDuplicateAddressDetectionResult hears whether another host has an address.
func (h heard) OnDuplicateAddressDetectionResult(id tcpip.NICID, a tcpip.Address, r stack.DADResult) {
	if _, taken := r.(*stack.DADDupAddrDetected); taken {
		h.do(func() { h.node.taken(id, fromStack(a)) })
	}
}

// OnAutoGenAddress hears of an address that the stack made.
func (h heard) OnAutoGenAddress(id tcpip.NICID, a tcpip.AddressWithPrefix) stack.AddressDispatcher {
	h.do(func() { h.node.settled(id, a, true) })
	return nil
}

// OnAutoGenAddressInvalidated hears that it took one away.
func (h heard) OnAutoGenAddressInvalidated(id tcpip.NICID, a tcpip.AddressWithPrefix) {
	h.do(func() { h.node.settled(id, a, false) })
}

// The rest of ipv6.NDPDispatcher is nothing to us.
func (heard) OnAutoGenAddressDeprecated(tcpip.NICID, tcpip.AddressWithPrefix)        {}
func (heard) OnRecursiveDNSServerOption(tcpip.NICID, []tcpip.Address, time.Duration) {}
func (heard) OnDNSSearchListOption(tcpip.NICID, []string, time.Duration)             {}
func (heard) OnDHCPv6Configuration(tcpip.NICID, ipv6.DHCPv6ConfigurationFromNDPRA)   {}

// metric is that of routes that routers advertise, as Linux has it.
const metric = 1024

// advertised is a route that a router advertised.
func advertised(id tcpip.NICID, dst tcpip.Subnet, router tcpip.Address) route.Hop {
	h := route.Hop{Dst: netip.PrefixFrom(fromStack(dst.ID()), dst.Prefix()), Interface: int(id), Metric: metric}
	if router.BitLen() > 0 {
		h.Gateway = fromStack(router)
	}
	return h
}

func withdraw(t *route.Table, h route.Hop) { t.Remove(func(o route.Hop) bool { return o == h }) }

// change changes the routes.
func (n *Node) change(f func(*route.Table)) {
	n.mu.Lock()
	n.reroute(f)
	n.mu.Unlock()
	n.watches.event(Event{Change: RouteChanged})
}

// settled notes that the stack gave an interface an address, or took it away.
func (n *Node) settled(id tcpip.NICID, a tcpip.AddressWithPrefix, added bool) {
	d, p := n.at(int(id)), netip.PrefixFrom(fromStack(a.Address), a.PrefixLen)
	n.mu.Lock()
	addrs := slices.DeleteFunc(slices.Clone(d.addresses()), func(o netip.Prefix) bool { return o == p })
	if added {
		addrs = append(addrs, p)
	}
	d.addrs.Store(&addrs)
	n.relocal(func(all map[netip.Addr]local) {
		delete(all, p.Addr())
		if added {
			settle(all, d, p)
		}
	})
	n.mu.Unlock()
	if added {
		n.watches.event(Event{AddressAdded, d.name})
		return
	}
	n.watches.event(Event{AddressRemoved, d.name})
}

// taken notes that the stack gave up an address, since another host has it.
func (n *Node) taken(id tcpip.NICID, a netip.Addr) {
	d := n.at(int(id))
	n.mu.Lock()
	addrs := slices.DeleteFunc(slices.Clone(d.addresses()), func(o netip.Prefix) bool { return o.Addr() == a })
	d.addrs.Store(&addrs)
	n.relocal(func(all map[netip.Addr]local) { delete(all, a) })
	n.reroute(func(t *route.Table) { disconnect(t, d, a) })
	n.mu.Unlock()
	n.watches.event(Event{AddressTaken, d.name})
}

package node

import (
	"net/netip"
	"slices"
	"syscall"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/stack"

	"moonwire/host/lab/node/route"
)

// AddAddr gives an interface an address, and the node the route to its neighbours. They hear of it by a gratuitous ARP
// request (RFC 5227 section 2.3) or an unsolicited neighbour advertisement (RFC 4861 section 7.2.6).
func (n *Node) AddAddr(iface string, p netip.Prefix) error {
	d := n.device(iface)
	if d == nil {
		return n.missing(iface)
	}
	if err := n.addAddr(d, p); err != nil {
		return err
	}
	n.announce(d, p.Addr())
	n.watches.event(Event{AddressAdded, iface})
	return nil
}

func (n *Node) addAddr(d *device, p netip.Prefix) error {
	p = netip.PrefixFrom(p.Addr().Unmap().WithZone(""), p.Bits())
	if !p.IsValid() || p.Addr().IsMulticast() {
		return fail(syscall.EINVAL, "add %v to %s", p, d.name)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	err := n.stack.AddProtocolAddress(tcpip.NICID(d.index), protocolAddress(p), stack.AddressProperties{})
	if err != nil {
		return refused(err, "add %v to %s", p, d.name)
	}
	addrs := append(slices.Clip(d.addresses()), p)
	d.addrs.Store(&addrs)
	n.relocal(func(all map[netip.Addr]local) { settle(all, d, p) })
	if p.Bits() < p.Addr().BitLen() {
		n.reroute(func(t *route.Table) {
			t.Add(connected(d, p))
		})
	}
	return nil
}

// connected is the route to the neighbours of an address. Several addresses of a subnet share it.
func connected(d *device, p netip.Prefix) route.Hop {
	return route.Hop{Dst: p.Masked(), Src: p.Addr(), Interface: d.index, Connected: true}
}

// disconnect removes the route that came with an address, unless another address needs it.
func disconnect(t *route.Table, d *device, a netip.Addr) {
	var dst netip.Prefix
	t.Remove(func(h route.Hop) bool {
		own := h.Interface == d.index && h.Connected && h.Src == a
		if own {
			dst = h.Dst
		}
		return own
	})
	for _, p := range d.addresses() {
		if p.Masked() == dst {
			t.Add(connected(d, p))
		}
	}
}

// DelAddr takes an address away, with the route that came with it.
func (n *Node) DelAddr(iface string, p netip.Prefix) error {
	d := n.device(iface)
	if d == nil {
		return n.missing(iface)
	}
	if err := n.delAddr(d, p); err != nil {
		return err
	}
	n.watches.event(Event{AddressRemoved, iface})
	return nil
}

func (n *Node) delAddr(d *device, p netip.Prefix) error {
	p = netip.PrefixFrom(p.Addr().Unmap().WithZone(""), p.Bits())
	n.mu.Lock()
	defer n.mu.Unlock()
	if !slices.Contains(d.addresses(), p) {
		return fail(syscall.EADDRNOTAVAIL, "delete %v from %s", p, d.name)
	}
	if err := n.stack.RemoveAddress(tcpip.NICID(d.index), toStack(p.Addr())); err != nil {
		return refused(err, "delete %v from %s", p, d.name)
	}
	addrs := slices.DeleteFunc(slices.Clone(d.addresses()), func(o netip.Prefix) bool { return o == p })
	d.addrs.Store(&addrs)
	n.relocal(func(all map[netip.Addr]local) {
		clear(all)
		for _, d := range *n.devices.Load() {
			for _, p := range d.addresses() {
				settle(all, d, p)
			}
		}
	})
	n.reroute(func(t *route.Table) { disconnect(t, d, p.Addr()) })
	return nil
}

package node

import (
	"maps"
	"net/netip"
)

// local is an address that the node answers to.
type local struct {
	device    *device
	prefix    netip.Prefix
	broadcast bool // everybody's on that link
}

// local finds what an address is to the node.
func (n *Node) local(a netip.Addr) (local, bool) {
	l, ok := (*n.locals.Load())[a]
	return l, ok
}

// isOwn says whether an address is one of the node's own.
func (n *Node) isOwn(a netip.Addr) bool {
	l, ok := n.local(a)
	return ok && !l.broadcast
}

// relocal changes the set of addresses; n.mu is held.
func (n *Node) relocal(change func(map[netip.Addr]local)) {
	all := maps.Clone(*n.locals.Load())
	change(all)
	n.locals.Store(&all)
}

// settle puts an interface's address among the local ones, with the broadcast address of its subnet.
func settle(all map[netip.Addr]local, d *device, p netip.Prefix) {
	all[p.Addr()] = local{d, p, false}
	if b, ok := broadcast(p); ok {
		if _, taken := all[b]; !taken {
			all[b] = local{d, p, true}
		}
	}
}

// broadcast is the address of everybody on a subnet. Those of two addresses or of one have none (RFC 3021).
func broadcast(p netip.Prefix) (netip.Addr, bool) {
	if !p.Addr().Is4() || p.Bits() >= 31 || p.Bits() == 0 {
		return netip.Addr{}, false
	}
	a := p.Masked().Addr().As4()
	for i := p.Bits(); i < 32; i++ {
		a[i/8] |= 0x80 >> (i % 8)
	}
	return netip.AddrFrom4(a), true
}

// source is the address to send from by an interface to dst: of the same scope if there is one, else of another
// interface (RFC 6724 section 5, rules 2 and 5); the zero Addr when there is none.
func (n *Node) source(d *device, dst netip.Addr) netip.Addr {
	var other netip.Addr
	for _, p := range d.addresses() {
		if p.Addr().Is4() != dst.Is4() {
			continue
		}
		if p.Addr().IsLinkLocalUnicast() == dst.IsLinkLocalUnicast() {
			return p.Addr()
		}
		if !other.IsValid() {
			other = p.Addr()
		}
	}
	if other.IsValid() && (dst.Is4() || dst.IsLinkLocalUnicast()) {
		return other
	}
	for _, o := range *n.devices.Load() {
		for _, p := range o.addresses() {
			a := p.Addr()
			if a.Is4() == dst.Is4() && !a.IsLoopback() && !a.IsLinkLocalUnicast() {
				return a
			}
		}
	}
	return other
}

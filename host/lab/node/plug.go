package node

import (
	"fmt"
	"net"
	"net/netip"
	"slices"
	"syscall"

	"gvisor.dev/gvisor/pkg/tcpip/header"

	"moonwire/host/lab/wire"
)

// Interface says what an interface is at first.
type Interface struct {
	Name  string // "eth0"
	MAC   net.HardwareAddr
	MTU   int // 0: the port's
	Addrs []netip.Prefix
}

// Plug makes an interface on a port. Unless it is given a link-local address of IPv6, it gets the one that follows from
// its MAC address (RFC 4291 appendix A).
func (n *Node) Plug(p *wire.Port, i Interface) error {
	switch {
	case n.device(i.Name) != nil:
		return fail(syscall.EEXIST, "plug %s into %s", i.Name, n.opt.Name)
	case len(i.MAC) != 6 || i.MAC[0]&1 != 0:
		return fmt.Errorf("plug %s into %s: %v is no MAC address of one interface", i.Name, n.opt.Name, i.MAC)
	}
	if i.MTU != 0 {
		if err := p.SetMTU(i.MTU); err != nil {
			return err
		}
	}
	d := &device{node: n, name: i.Name, mac: i.MAC, address: [6]byte(i.MAC), mtu: uint32(p.MTU()), port: p}
	if err := n.add(d); err != nil {
		return err
	}
	if err := n.setForwarding(d, n.forwarding.Load()); err != nil {
		return err
	}
	if !slices.ContainsFunc(i.Addrs, linkLocal6) {
		own := netip.PrefixFrom(fromStack(header.LinkLocalAddr(d.LinkAddress())), 64)
		i.Addrs = append(slices.Clip(i.Addrs), own)
	}
	for _, a := range i.Addrs {
		if err := n.addAddr(d, a); err != nil {
			return err
		}
	}
	p.Handle(d.receive)
	p.OnCarrier(d.carrier)
	return nil
}

func linkLocal6(p netip.Prefix) bool { return p.Addr().Is6() && p.Addr().IsLinkLocalUnicast() }

// carrier hears that the link came or went.
func (d *device) carrier(up bool) {
	if !up {
		d.node.forgetNeighbors(d)
	}
	d.tell()
}

// tell says to who watches that the interface runs, or doesn't any more, if that is news.
func (d *device) tell() {
	now := d.running()
	if d.told.Swap(now) == now {
		return
	}
	c := LinkDown
	if now {
		c = LinkUp
	}
	d.node.watches.event(Event{c, d.name})
}

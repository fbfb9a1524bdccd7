package node

import (
	"fmt"
	"net"
	"net/netip"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/stack"

	"moonwire/host/lab/wire"
)

// Interface says what an interface is at first.
type Interface struct {
	Name  string // "eth0"
	MAC   net.HardwareAddr
	MTU   int // 0: the port's
	Addrs []netip.Prefix
}

// Plug makes an interface on a port.
func (n *Node) Plug(p *wire.Port, i Interface) error {
	if n.device(i.Name) != nil {
		return fmt.Errorf("plug %s: %s has that interface already", i.Name, n.opt.Name)
	}
	if i.MTU == 0 {
		i.MTU = p.MTU()
	}
	d := &device{node: n, name: i.Name, mac: i.MAC, mtu: uint32(i.MTU), port: p}
	if err := n.add(d); err != nil {
		return err
	}
	p.Handle(d.receive)
	for _, a := range i.Addrs {
		if err := n.AddAddr(i.Name, a); err != nil {
			return err
		}
	}
	return nil
}

// AddAddr gives an interface an address, and the node the route to its neighbours.
func (n *Node) AddAddr(iface string, p netip.Prefix) error {
	d := n.device(iface)
	if d == nil {
		return fmt.Errorf("add %v: %s has no interface %s", p, n.opt.Name, iface)
	}
	id := tcpip.NICID(d.index)
	if err := n.stack.AddProtocolAddress(id, protocolAddress(p), stack.AddressProperties{}); err != nil {
		return refused(err, "add %v to %s", p, iface)
	}
	n.stack.AddRoute(tcpip.Route{Destination: subnet(p), NIC: id})
	return nil
}

// AddRoute adds a route. An empty interface is found by the gateway.
func (n *Node) AddRoute(dst netip.Prefix, gateway netip.Addr, iface string) error {
	d := n.device(iface)
	if d == nil {
		return fmt.Errorf("add route %v: %s has no interface %s", dst, n.opt.Name, iface)
	}
	r := tcpip.Route{Destination: subnet(dst), NIC: tcpip.NICID(d.index)}
	if gateway.IsValid() {
		r.Gateway = toStack(gateway)
	}
	n.stack.AddRoute(r)
	return nil
}

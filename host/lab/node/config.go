package node

import (
	"net"
	"net/netip"
	"slices"
	"syscall"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"

	"moonwire/host/lab/wire"
	"moonwire/host/network"
)

// missing is what is said of an interface that isn't there.
func (n *Node) missing(iface string) error {
	return fail(syscall.ENODEV, "%s has no interface %q", n.opt.Name, iface)
}

// Port is what the interface of that index is plugged into; nil for lo, and where there is none.
func (n *Node) Port(index int) *wire.Port {
	if d := n.at(index); d != nil {
		return d.port
	}
	return nil
}

// SetMTU changes the longest packet of an interface and of its port.
func (n *Node) SetMTU(iface string, mtu int) error {
	d := n.device(iface)
	if d == nil {
		return n.missing(iface)
	}
	if d.port != nil {
		if err := d.port.SetMTU(mtu); err != nil {
			return err
		}
	}
	d.SetMTU(uint32(mtu))
	n.watches.event(Event{MTUChanged, iface})
	return nil
}

// SetUp switches an interface on or off. Its neighbours are forgotten, its routes rest while it is off.
func (n *Node) SetUp(iface string, up bool) error {
	d := n.device(iface)
	if d == nil {
		return n.missing(iface)
	}
	if err := d.turn(up); err != nil {
		return err
	}
	d.tell()
	return nil
}

// turn makes the port and the stack follow the switch, one after the other when several turn it at once.
func (d *device) turn(up bool) error {
	d.turning.Lock()
	defer d.turning.Unlock()
	if d.up.Swap(up) == up {
		return nil
	}
	if d.port != nil {
		d.port.SetUp(up)
	}
	if id := tcpip.NICID(d.index); up {
		return refused(d.node.stack.EnableNIC(id), "switch %s on", d.name)
	} else {
		return refused(d.node.stack.DisableNIC(id), "switch %s off", d.name)
	}
}

// Up says whether an interface is switched on.
func (n *Node) Up(iface string) bool {
	d := n.device(iface)
	return d != nil && d.up.Load()
}

// running says whether an interface is up and has a carrier.
func (d *device) running() bool { return d.up.Load() && (d.port == nil || d.port.Carrier()) }

// SetForwarding makes the node a router, or a host.
func (n *Node) SetForwarding(on bool) error {
	n.forwarding.Store(on)
	for _, d := range *n.devices.Load() {
		if err := n.setForwarding(d, on); err != nil {
			return err
		}
	}
	return nil
}

// Forwarding says whether it is a router.
func (n *Node) Forwarding() bool { return n.forwarding.Load() }

// setForwarding tells the stack, which forwards nothing itself, what to say of the node to its neighbours.
func (n *Node) setForwarding(d *device, on bool) error {
	for _, proto := range []tcpip.NetworkProtocolNumber{header.IPv4ProtocolNumber, header.IPv6ProtocolNumber} {
		if _, err := n.stack.SetNICForwarding(tcpip.NICID(d.index), proto, on); err != nil {
			return refused(err, "let %s forward", d.name)
		}
	}
	return nil
}

// Interfaces are all there are, lo first.
func (n *Node) Interfaces() []network.Interface {
	var out []network.Interface
	for _, d := range *n.devices.Load() {
		i := network.Interface{
			Index: d.index, Name: d.name, MTU: int(d.MTU()), Flags: d.flags(), Addrs: slices.Clone(d.addresses()), LinkType: "ethernet",
		}
		if d != n.lo {
			i.MAC = slices.Clone(d.mac)
		}
		out = append(out, i)
	}
	return out
}

func (d *device) flags() net.Flags {
	f := net.FlagBroadcast | net.FlagMulticast
	if d.port == nil {
		f = net.FlagLoopback
	}
	if d.up.Load() {
		f |= net.FlagUp
	}
	if d.running() {
		f |= net.FlagRunning
	}
	return f
}

// Source is the address that the node sends from to dst, by the interface of that name or, when it is "", by the routes.
func (n *Node) Source(dst netip.Addr, iface string) (netip.Addr, string, bool) {
	d := n.device(iface)
	if d == nil {
		h, out, ok := n.lookup(dst.Unmap().WithZone(""))
		if !ok {
			return netip.Addr{}, "", false
		}
		if h.Src.IsValid() {
			return h.Src, out.name, true
		}
		d = out
	}
	a := n.source(d, dst.Unmap().WithZone(""))
	return a, d.name, a.IsValid()
}

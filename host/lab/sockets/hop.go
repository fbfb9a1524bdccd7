package sockets

import (
	"cmp"
	"context"
	"net"
	"net/netip"
	"slices"
	"syscall"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/stack"

	"moonwire/host/network"
)

// NextHop asks the stack's routing.
func (w *world) NextHop(_ context.Context, dst netip.Addr, iface string) (network.NextHop, error) {
	hop, err := w.nextHop(dst.Unmap(), cmp.Or(iface, dst.Zone()))
	if err != nil {
		return hop, failTo("route", iface, dst, err)
	}
	return hop, nil
}

// failTo is an error about an address.
func failTo(op, iface string, a netip.Addr, err error) error {
	return &net.OpError{Op: op, Net: iface, Addr: &net.IPAddr{IP: a.AsSlice(), Zone: a.Zone()}, Err: err}
}

func (w *world) nextHop(dst netip.Addr, iface string) (network.NextHop, error) {
	nic, err := w.device(iface)
	if err != nil {
		return network.NextHop{}, err
	}
	version := versionOf(dst)
	r, terr := w.stack.FindRoute(nic, tcpip.Address{}, toStack(dst), version, false)
	if terr != nil {
		return network.NextHop{}, syscall.ENETUNREACH
	}
	defer r.Release()
	hop := network.NextHop{Interface: w.zoneName(int(r.NICID())), Src: fromStack(r.LocalAddress(), version),
		Addr: dst.WithZone(""), MTU: w.wayMTU(r)}
	if gw := r.NextHop(); gw.Len() != 0 {
		hop.Addr = fromStack(gw, version)
	}
	switch {
	case r.IsOutboundBroadcast():
		hop.MAC = slices.Repeat(net.HardwareAddr{0xff}, 6)
	case dst.IsMulticast():
		hop.MAC = groupMAC(dst)
	case w.isLoopback(r.NICID()):
		hop.MAC = make(net.HardwareAddr, 6)
	default:
		hop.MAC, _ = w.neighbor(r.NICID(), hop.Addr)
	}
	return hop, nil
}

func (w *world) isLoopback(nic tcpip.NICID) bool {
	info, ok := w.stack.SingleNICInfo(nic)
	return ok && info.Flags.Loopback
}

// groupMAC is the Ethernet address of a multicast group (RFC 1112 section 6.4, RFC 2464 section 7).
func groupMAC(group netip.Addr) net.HardwareAddr {
	b := group.AsSlice()
	if group.Is4() {
		return net.HardwareAddr{0x01, 0x00, 0x5e, b[1] & 0x7f, b[2], b[3]}
	}
	return net.HardwareAddr{0x33, 0x33, b[12], b[13], b[14], b[15]}
}

// neighbor looks a neighbour up in the table, and tells its state. The address is nil where it isn't known.
func (w *world) neighbor(nic tcpip.NICID, a netip.Addr) (net.HardwareAddr, stack.NeighborState) {
	entries, err := w.stack.Neighbors(nic, versionOf(a))
	if err != nil {
		return nil, stack.Unknown
	}
	for _, e := range entries {
		if e.Addr != toStack(a) {
			continue
		}
		if e.State == stack.Unreachable || e.State == stack.Incomplete || e.State == stack.Unknown {
			return nil, e.State
		}
		return net.HardwareAddr(e.LinkAddr), e.State
	}
	return nil, stack.Unknown
}

// Resolve asks for a neighbour's MAC address, as the stack does before it sends.
func (w *world) Resolve(ctx context.Context, iface string, neighbor netip.Addr) (net.HardwareAddr, error) {
	mac, err := w.resolve(ctx, iface, neighbor.Unmap().WithZone(""))
	if err != nil {
		return nil, failTo("resolve", iface, neighbor, err)
	}
	return mac, nil
}

func (w *world) resolve(ctx context.Context, iface string, neighbor netip.Addr) (net.HardwareAddr, error) {
	nic, err := w.device(iface)
	if err != nil || nic == 0 {
		return nil, syscall.ENODEV
	}
	answer := make(chan net.HardwareAddr, 1)
	waiter := network.NewWaiter(w.clock)
	err = w.node.Resolve(iface, neighbor, func(mac net.HardwareAddr) {
		answer <- mac
		waiter.Wake()
	})
	w.settle()
	if err != nil {
		return nil, err
	}
	for {
		select {
		case mac := <-answer:
			if len(mac) == 0 {
				return nil, syscall.EHOSTUNREACH
			}
			return mac, nil
		default:
		}
		if err := waiter.Wait(ctx); err != nil {
			return nil, err
		}
	}
}

// longest4 is the longest packet of IPv4.
const longest4 = 65535

// linkMTU is the longest packet that the first link of a way carries.
func (w *world) linkMTU(r *stack.Route) int {
	if info, ok := w.stack.SingleNICInfo(r.OutgoingNIC()); ok {
		return int(info.MTU)
	}
	return header.IPv6MinimumMTU
}

// wayMTU is the longest packet that a way is known to carry.
func (w *world) wayMTU(r *stack.Route) int {
	if mtu, known := w.node.PathMTU(fromStack(r.RemoteAddress(), r.NetProto())); known {
		return mtu
	}
	return w.linkMTU(r)
}

// pathMTU is wayMTU with the limit that IPv4 has of its own.
func (w *world) pathMTU(r *stack.Route) int {
	mtu := w.wayMTU(r)
	if r.NetProto() == ip4 {
		mtu = min(mtu, longest4)
	}
	return mtu
}

// PathMTU is the largest datagram that the way to dst is known to carry.
func (d *datagram) PathMTU(dst netip.Addr) (int, error) {
	hop, err := d.world.nextHop(dst.Unmap(), dst.Zone())
	if err != nil {
		return 0, d.fail("mtu", err)
	}
	if dst.Unmap().Is4() {
		return min(hop.MTU, longest4), nil
	}
	return hop.MTU, nil
}

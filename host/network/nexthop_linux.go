package network

import (
	"cmp"
	"context"
	"errors"
	"net"
	"net/netip"
	"slices"
	"time"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

// NextHop asks the kernel's routing.
func (k *kernel) NextHop(_ context.Context, dst netip.Addr, iface string) (hop NextHop, err error) {
	err = k.inside(func() error {
		hop, err = nextHop(dst.Unmap(), cmp.Or(iface, dst.Zone()))
		return err
	})
	if err != nil {
		return NextHop{}, &net.OpError{Op: "route", Net: iface, Addr: &net.IPAddr{IP: dst.AsSlice(), Zone: dst.Zone()}, Err: err}
	}
	return hop, nil
}

func nextHop(dst netip.Addr, iface string) (NextHop, error) {
	routes, err := netlink.RouteGetWithOptions(dst.AsSlice(), &netlink.RouteGetOptions{Oif: iface})
	if err != nil {
		return NextHop{}, err
	}
	if len(routes) == 0 {
		return NextHop{}, unix.ENETUNREACH
	}
	r := routes[0]
	l, err := netlink.LinkByIndex(r.LinkIndex)
	if err != nil {
		return NextHop{}, err
	}
	hop := NextHop{Interface: l.Attrs().Name, Src: toNetip(r.Src), Addr: dst, MTU: cmp.Or(r.MTU, l.Attrs().MTU)}
	if via, ok := r.Via.(*netlink.Via); ok {
		hop.Addr = toNetip(via.Addr)
	} else if r.Gw != nil {
		hop.Addr = toNetip(r.Gw)
	}
	switch {
	case r.Type == unix.RTN_BROADCAST:
		hop.MAC = slices.Repeat(net.HardwareAddr{0xff}, 6)
	case dst.IsMulticast():
		hop.MAC = groupMAC(dst)
	case l.Attrs().Flags&net.FlagLoopback != 0:
		hop.MAC = make(net.HardwareAddr, 6)
	default:
		hop.MAC, _, err = neighborMAC(r.LinkIndex, hop.Addr)
	}
	return hop, err
}

// groupMAC is the Ethernet address of a multicast group (RFC 1112 section 6.4, RFC 2464 section 7).
func groupMAC(group netip.Addr) net.HardwareAddr {
	b := group.AsSlice()
	if group.Is4() {
		return net.HardwareAddr{0x01, 0x00, 0x5e, b[1] & 0x7f, b[2], b[3]}
	}
	return net.HardwareAddr{0x33, 0x33, b[12], b[13], b[14], b[15]}
}

// neighborMAC looks a neighbour up in the table, and tells its state. The address is nil where it isn't known.
func neighborMAC(index int, a netip.Addr) (net.HardwareAddr, int, error) {
	list, err := netlink.NeighList(index, netlink.FAMILY_ALL)
	if err != nil {
		return nil, 0, err
	}
	for _, n := range list {
		if toNetip(n.IP) == a.WithZone("") {
			if n.State&(netlink.NUD_INCOMPLETE|netlink.NUD_FAILED|netlink.NUD_NONE) != 0 {
				return nil, n.State, nil
			}
			return n.HardwareAddr, n.State, nil
		}
	}
	return nil, 0, nil
}

// Resolve asks for a neighbour's MAC address, as the kernel does before it sends.
func (k *kernel) Resolve(ctx context.Context, iface string, neighbor netip.Addr) (mac net.HardwareAddr, err error) {
	neighbor = neighbor.Unmap()
	asked := false
	for pause := time.Millisecond; ; pause = min(2*pause, 20*time.Millisecond) {
		var state int
		err = k.inside(func() error {
			l, err := netlink.LinkByName(iface)
			if err != nil {
				return err
			}
			index := l.Attrs().Index
			if mac, state, err = neighborMAC(index, neighbor); err != nil || mac != nil || asked {
				return err
			}
			asked, state = true, 0
			return solicit(index, neighbor)
		})
		if err == nil && asked && state == netlink.NUD_FAILED {
			err = unix.EHOSTUNREACH
		}
		if err == nil && mac == nil {
			err = k.Clock().Sleep(ctx, pause)
		}
		if err != nil {
			return nil, &net.OpError{Op: "resolve", Net: iface, Addr: &net.IPAddr{IP: neighbor.AsSlice(), Zone: neighbor.Zone()}, Err: err}
		}
		if mac != nil {
			return mac, nil
		}
	}
}

// solicit makes the kernel ask for a neighbour. Without CAP_NET_ADMIN an empty datagram to its discard port does (RFC 863).
func solicit(index int, neighbor netip.Addr) error {
	err := netlink.NeighSet(&netlink.Neigh{LinkIndex: index, IP: neighbor.AsSlice(), Flags: netlink.NTF_USE, State: netlink.NUD_NONE})
	if !errors.Is(err, unix.EPERM) {
		return err
	}
	domain := unix.AF_INET
	var to unix.Sockaddr = &unix.SockaddrInet4{Port: discardPort, Addr: [4]byte(neighbor.AsSlice())}
	if neighbor.Is6() {
		domain, to = unix.AF_INET6, &unix.SockaddrInet6{Port: discardPort, Addr: neighbor.As16(), ZoneId: uint32(index)}
	}
	fd, err := newSocket(domain, unix.SOCK_DGRAM, 0)
	if err != nil {
		return err
	}
	defer unix.Close(fd)
	return unix.Sendto(fd, nil, unix.MSG_DONTWAIT, to)
}

const discardPort = 9

package network

import (
	"cmp"
	"context"
	"net"
	"net/netip"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

// Routes lists the main routing table.
func (k *kernel) Routes() (out []Route, err error) {
	err = k.inside(func() error {
		names, err := linkNames()
		if err != nil {
			return err
		}
		list, err := netlink.RouteList(nil, netlink.FAMILY_ALL)
		if err != nil {
			return err
		}
		for _, r := range list {
			out = append(out, Route{Dst: routePrefix(r), Gateway: toNetip(r.Gw), Src: toNetip(r.Src),
				Interface: names[r.LinkIndex], Metric: r.Priority, MTU: r.MTU})
		}
		return nil
	})
	return out, err
}

// routePrefix is a route's destination; none is the default route.
func routePrefix(r netlink.Route) netip.Prefix {
	if r.Dst != nil {
		bits, _ := r.Dst.Mask.Size()
		return netip.PrefixFrom(toNetip(r.Dst.IP), bits)
	}
	if r.Family == netlink.FAMILY_V6 {
		return netip.PrefixFrom(netip.IPv6Unspecified(), 0)
	}
	return netip.PrefixFrom(netip.IPv4Unspecified(), 0)
}

func toNetip(ip net.IP) netip.Addr {
	a, _ := netip.AddrFromSlice(ip)
	return a.Unmap()
}

func linkNames() (map[int]string, error) {
	list, err := netlink.LinkList()
	if err != nil {
		return nil, err
	}
	names := make(map[int]string, len(list))
	for _, l := range list {
		names[l.Attrs().Index] = l.Attrs().Name
	}
	return names, nil
}

// linkTypes tells how the frames of an interface begin. Loopback frames have an Ethernet header of zeros, tunnels have
// none, and what else there is comes cooked (packet(7), SOCK_DGRAM).
func linkTypes() (func(net.Interface) string, error) {
	list, err := netlink.LinkList()
	if err != nil {
		return nil, err
	}
	types := make(map[int]string, len(list))
	for _, l := range list {
		types[l.Attrs().Index] = encapsulations[l.Attrs().EncapType]
	}
	return func(i net.Interface) string { return cmp.Or(types[i.Index], cookedType) }, nil
}

// cookedType is the link type of frames whose header says only what the kernel says of any (LINKTYPE_LINUX_SLL2).
const cookedType = "linux_sll2"

// encapsulations are the link types of what netlink calls the hardware types of linux/if_arp.h.
var encapsulations = map[string]string{
	"ether": "ethernet", "loopback": "ethernet",
	"none": "ip", "ipip": "ip", "tunnel6": "ip", "sit": "ip",
}

// neighborStates are the names that ip-neighbour(8) gives the states.
var neighborStates = map[int]string{
	netlink.NUD_NONE: "none", netlink.NUD_INCOMPLETE: "incomplete", netlink.NUD_REACHABLE: "reachable", netlink.NUD_STALE: "stale",
	netlink.NUD_DELAY: "delay", netlink.NUD_PROBE: "probe", netlink.NUD_FAILED: "failed", netlink.NUD_NOARP: "noarp",
	netlink.NUD_PERMANENT: "permanent",
}

// Neighbors lists the ARP and neighbour tables.
func (k *kernel) Neighbors() (out []Neighbor, err error) {
	err = k.inside(func() error {
		names, err := linkNames()
		if err != nil {
			return err
		}
		list, err := netlink.NeighList(0, netlink.FAMILY_ALL)
		if err != nil {
			return err
		}
		for _, n := range list {
			if n.State == netlink.NUD_NOARP {
				continue // multicast and loopback: nobody was asked
			}
			out = append(out, Neighbor{Addr: toNetip(n.IP), MAC: n.HardwareAddr, Interface: names[n.LinkIndex], State: neighborStates[n.State]})
		}
		return nil
	})
	return out, err
}

// Caps tries what can be tried without leaving a trace.
func (k *kernel) Caps() Caps {
	may := func(family string) bool {
		p, err := k.Packet(context.Background(), family, nil)
		if err != nil {
			return false
		}
		p.Close()
		return true
	}
	return Caps{RawIP: may("ip4:255"), RawLink: k.mayOpenLinks(), Ping: may("ping4"), PathMTU: true, Configure: k.Config() != nil}
}

// mayOpenLinks reports whether this process has CAP_NET_RAW in k's namespace.
func (k *kernel) mayOpenLinks() bool {
	return k.inside(func() error {
		fd, err := newSocket(unix.AF_PACKET, unix.SOCK_RAW, 0)
		if err == nil {
			unix.Close(fd)
		}
		return err
	}) == nil
}

// mayConfigure reports whether this process has CAP_NET_ADMIN.
func mayConfigure() bool {
	h := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var data [2]unix.CapUserData
	if unix.Capget(&h, &data[0]) != nil {
		return false
	}
	return data[0].Effective&(1<<unix.CAP_NET_ADMIN) != 0
}

package network

import (
	"fmt"
	"net"
	"net/netip"
	"os"
	"strings"

	"github.com/vishvananda/netlink"
)

// Config changes addresses, routes and interfaces of k's namespace; nil without CAP_NET_ADMIN.
func (k *kernel) Config() Configurator {
	if !mayConfigure() {
		return nil
	}
	return configurator{k}
}

type configurator struct{ k *kernel }

// change runs do in the namespace and remembers undo for Close.
func (c configurator) change(what string, do func() error, undo func() error) error {
	if err := c.k.inside(do); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	c.k.mu.Lock()
	defer c.k.mu.Unlock()
	c.k.undo = append(c.k.undo, func() { c.k.inside(undo) })
	return nil
}

// onLink makes a step that needs the interface.
func onLink(iface string, f func(netlink.Link) error) func() error {
	return func() error {
		l, err := netlink.LinkByName(iface)
		if err != nil {
			return err
		}
		return f(l)
	}
}

func ipNet(p netip.Prefix) *net.IPNet {
	return &net.IPNet{IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen())}
}

func (c configurator) addr(iface string, p netip.Prefix) (add, del func() error) {
	a := &netlink.Addr{IPNet: ipNet(p)}
	add = onLink(iface, func(l netlink.Link) error { return netlink.AddrAdd(l, a) })
	del = onLink(iface, func(l netlink.Link) error { return netlink.AddrDel(l, a) })
	return add, del
}

// AddAddr gives an interface an address.
func (c configurator) AddAddr(iface string, p netip.Prefix) error {
	add, del := c.addr(iface, p)
	return c.change(fmt.Sprintf("add %s to %s", p, iface), add, del)
}

// DelAddr takes an address from an interface.
func (c configurator) DelAddr(iface string, p netip.Prefix) error {
	add, del := c.addr(iface, p)
	return c.change(fmt.Sprintf("delete %s from %s", p, iface), del, add)
}

func (c configurator) route(r Route) (add, del func() error) {
	step := func(do func(*netlink.Route) error) func() error {
		return func() error {
			nr := &netlink.Route{Dst: ipNet(r.Dst), Gw: r.Gateway.AsSlice(), Src: r.Src.AsSlice(), Priority: r.Metric, MTU: r.MTU}
			if r.Interface != "" {
				l, err := netlink.LinkByName(r.Interface)
				if err != nil {
					return err
				}
				nr.LinkIndex = l.Attrs().Index
			}
			return do(nr)
		}
	}
	return step(netlink.RouteAdd), step(netlink.RouteDel)
}

// AddRoute adds a row to the routing table.
func (c configurator) AddRoute(r Route) error {
	add, del := c.route(r)
	return c.change("add route to "+r.Dst.String(), add, del)
}

// DelRoute deletes a row of the routing table.
func (c configurator) DelRoute(r Route) error {
	add, del := c.route(r)
	return c.change("delete route to "+r.Dst.String(), del, add)
}

// SetMTU sets the MTU of an interface.
func (c configurator) SetMTU(iface string, mtu int) error {
	old := 0
	set := onLink(iface, func(l netlink.Link) error {
		old = l.Attrs().MTU
		return netlink.LinkSetMTU(l, mtu)
	})
	return c.change("set the MTU of "+iface, set, onLink(iface, func(l netlink.Link) error { return netlink.LinkSetMTU(l, old) }))
}

// SetUp switches an interface on or off.
func (c configurator) SetUp(iface string, up bool) error {
	was := false
	set := func(l netlink.Link, up bool) error {
		if up {
			return netlink.LinkSetUp(l)
		}
		return netlink.LinkSetDown(l)
	}
	do := onLink(iface, func(l netlink.Link) error {
		was = l.Attrs().Flags&net.FlagUp != 0
		return set(l, up)
	})
	return c.change("switch "+iface, do, onLink(iface, func(l netlink.Link) error { return set(l, was) }))
}

// The switches of forwarding (sysctl net.ipv4.ip_forward and net.ipv6.conf.all.forwarding).
var forwardingFiles = []string{"/proc/sys/net/ipv4/ip_forward", "/proc/sys/net/ipv6/conf/all/forwarding"}

// SetForwarding makes the machine a router, or stops it from being one.
func (c configurator) SetForwarding(on bool) error {
	old := make([]string, len(forwardingFiles))
	do := func() error {
		for i, name := range forwardingFiles {
			b, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			old[i] = strings.TrimSpace(string(b))
			if err := os.WriteFile(name, []byte{'0' + byte(bit(on))}, 0); err != nil {
				return err
			}
		}
		return nil
	}
	undo := func() error {
		for i, name := range forwardingFiles {
			if err := os.WriteFile(name, []byte(old[i]), 0); err != nil {
				return err
			}
		}
		return nil
	}
	return c.change("set forwarding", do, undo)
}

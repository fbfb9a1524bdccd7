package network

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"

	"moonwire/host/network/resolvconf"
)

// Config changes addresses, routes and interfaces of k's namespace; nil without CAP_NET_ADMIN.
func (k *kernel) Config() Configurator {
	if !mayConfigure() {
		return nil
	}
	return configurator{k, &k.changes}
}

type configurator struct {
	k       *kernel
	changes *Journal
}

// Group is a configurator whose changes can be undone by themselves.
func (c configurator) Group() Changes {
	part := c.changes.Part()
	return changes{configurator{c.k, part}, part}
}

type changes struct {
	configurator
	*Journal
}

// change runs do in the namespace and remembers undo.
func (c configurator) change(what string, do func() error, undo func() error) error {
	if err := c.try(what, do); err != nil {
		return err
	}
	c.changes.Add(what, func() error {
		if err := c.k.inside(undo); err != nil && !isGone(err) {
			return fmt.Errorf("undo: %s: %w", what, err)
		}
		return nil
	})
	return nil
}

// try runs do in the namespace.
func (c configurator) try(what string, do func() error) error {
	if err := c.k.inside(do); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// isGone says that there is nothing left to undo: the address's life is over, or the interface is not there any more.
func isGone(err error) bool {
	return errors.Is(err, unix.EADDRNOTAVAIL) || errors.Is(err, unix.ESRCH) || errors.Is(err, unix.ENODEV) || errors.As(err, new(netlink.LinkNotFoundError))
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

// AddAddrFor gives an interface an address for a while, or sets how long it stays.
func (c configurator) AddAddrFor(iface string, p netip.Prefix, l Lifetime) error {
	var before *netlink.Addr
	set := onLink(iface, func(link netlink.Link) error {
		all, err := netlink.AddrList(link, netlink.FAMILY_ALL)
		if err != nil {
			return err
		}
		before = nil
		for _, a := range all {
			if a.IPNet.String() == p.String() {
				before = &netlink.Addr{IPNet: a.IPNet, ValidLft: a.ValidLft, PreferedLft: a.PreferedLft}
			}
		}
		return netlink.AddrReplace(link, &netlink.Addr{IPNet: ipNet(p), ValidLft: seconds(l.Valid), PreferedLft: seconds(l.Preferred)})
	})
	undo := onLink(iface, func(link netlink.Link) error {
		if before != nil {
			return netlink.AddrReplace(link, before)
		}
		return netlink.AddrDel(link, &netlink.Addr{IPNet: ipNet(p)})
	})
	what := fmt.Sprintf("add %s to %s", p, iface)
	if c.changes.Has(what) { // from now on it only stays longer
		return c.try(what, set)
	}
	return c.change(what, set, undo)
}

// seconds is a lifetime as netlink has it; 0 says nothing, and so is for ever.
func seconds(d time.Duration) int {
	if d <= 0 {
		return 0
	}
	return int(max(d.Round(time.Second)/time.Second, 1))
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

// SetResolver changes the resolv.conf that ip-netns(8) shows to programs in the namespace.
func (c configurator) SetResolver(servers []netip.Addr, search []string) error {
	path, err := c.k.resolvConf()
	if err != nil {
		return fmt.Errorf("set the resolver: %w", err)
	}
	change, err := resolvconf.At(path).Set(resolvconf.Config{Servers: servers, Search: search})
	if err != nil {
		return fmt.Errorf("set the resolver: %w", err)
	}
	c.changes.AddLoose("set the resolver", change.Undo, change.Keep)
	return nil
}

// resolvConf is the file that holds for the namespace and for nobody else.
func (k *kernel) resolvConf() (string, error) {
	dir := "/etc"
	if k.path != "" {
		if dir = k.etc(); dir == "" {
			return "", fmt.Errorf("namespace %s has no resolv.conf of its own, as one with a name has (ip netns add NAME): %w", k.name, errors.ErrUnsupported)
		}
		if err := os.MkdirAll(dir, 0o755); err != nil { // an empty one changes nothing
			return "", err
		}
	}
	return filepath.Join(dir, "resolv.conf"), nil
}

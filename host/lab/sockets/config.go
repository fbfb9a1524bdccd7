package sockets

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"syscall"

	"moonwire/host/network"
)

// Config changes the node's addresses, routes, interfaces and resolver.
func (w *world) Config() network.Configurator { return configurator{w, &w.changes} }

type configurator struct {
	world   *world
	changes *network.Journal
}

// Group is a configurator whose changes can be undone by themselves.
func (c configurator) Group() network.Changes {
	part := c.changes.Part()
	return changes{configurator{c.world, part}, part}
}

type changes struct {
	configurator
	*network.Journal
}

// change does one thing, and remembers how to undo it.
func (c configurator) change(what string, do, undo func() error) error {
	if err := c.try(what, do); err != nil {
		return err
	}
	c.changes.Add(what, func() error {
		if err := undo(); err != nil && !isGone(err) {
			return fmt.Errorf("undo: %s: %w", what, reason(err))
		}
		return nil
	})
	return nil
}

// try does one thing.
func (c configurator) try(what string, do func() error) error {
	err := do()
	c.world.settle()
	if err != nil {
		return fmt.Errorf("%s: %w", what, reason(err))
	}
	return nil
}

// isGone says that there is nothing left to undo.
func isGone(err error) bool {
	return errors.Is(err, syscall.EADDRNOTAVAIL) || errors.Is(err, syscall.ESRCH) || errors.Is(err, syscall.ENODEV)
}

// reason is the system's error inside a node's, which says itself what was tried.
func reason(err error) error {
	var errno syscall.Errno
	if errors.As(err, &errno) {
		return errno
	}
	return err
}

// AddAddr gives an interface an address.
func (c configurator) AddAddr(iface string, p netip.Prefix) error {
	n := c.world.node
	return c.change(fmt.Sprintf("add %s to %s", p, iface),
		func() error { return n.AddAddr(iface, p) }, func() error { return n.DelAddr(iface, p) })
}

// AddAddrFor gives an interface an address. A lab's host has it until it is taken away.
func (c configurator) AddAddrFor(iface string, p netip.Prefix, _ network.Lifetime) error {
	if slices.Contains(c.now(iface).Addrs, p) {
		return nil
	}
	return c.AddAddr(iface, p)
}

// DelAddr takes an address from an interface.
func (c configurator) DelAddr(iface string, p netip.Prefix) error {
	n := c.world.node
	return c.change(fmt.Sprintf("delete %s from %s", p, iface),
		func() error { return n.DelAddr(iface, p) }, func() error { return n.AddAddr(iface, p) })
}

// AddRoute adds a row to the routing table.
func (c configurator) AddRoute(r network.Route) error {
	n := c.world.node
	return c.change("add route to "+r.Dst.String(), func() error { return n.AddRoute(r) }, func() error { return n.DelRoute(r) })
}

// DelRoute deletes a row of the routing table.
func (c configurator) DelRoute(r network.Route) error {
	n := c.world.node
	return c.change("delete route to "+r.Dst.String(), func() error { return n.DelRoute(r) }, func() error { return n.AddRoute(r) })
}

// SetMTU sets the MTU of an interface.
func (c configurator) SetMTU(iface string, mtu int) error {
	old, n := c.now(iface).MTU, c.world.node
	return c.change("set the MTU of "+iface, func() error { return n.SetMTU(iface, mtu) }, func() error { return n.SetMTU(iface, old) })
}

// SetUp switches an interface on or off.
func (c configurator) SetUp(iface string, up bool) error {
	was, n := c.now(iface).Flags&net.FlagUp != 0, c.world.node
	return c.change("switch "+iface, func() error { return n.SetUp(iface, up) }, func() error { return n.SetUp(iface, was) })
}

// SetForwarding makes the node a router, or stops it from being one.
func (c configurator) SetForwarding(on bool) error {
	n := c.world.node
	was := n.Forwarding()
	return c.change("set forwarding", func() error { return n.SetForwarding(on) }, func() error { return n.SetForwarding(was) })
}

// SetResolver makes the host ask DNS servers for names that the lab doesn't know.
func (c configurator) SetResolver(servers []netip.Addr, search []string) error {
	c.changes.Add("set the resolver", c.world.dns.set(servers, search))
	return nil
}

// now is an interface as it is.
func (c configurator) now(name string) network.Interface {
	for _, i := range c.world.node.Interfaces() {
		if i.Name == name {
			return i
		}
	}
	return network.Interface{}
}

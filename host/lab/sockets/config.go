package sockets

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"syscall"

	"moonwire/host/network"
)

// Config changes the node's addresses, routes and interfaces.
func (w *world) Config() network.Configurator { return configurator{w} }

type configurator struct{ world *world }

// change does one thing, and remembers how to undo it for Close.
func (c configurator) change(what string, do, undo func() error) error {
	err := do()
	c.world.settle()
	if err != nil {
		return fmt.Errorf("%s: %w", what, reason(err))
	}
	c.world.mu.Lock()
	defer c.world.mu.Unlock()
	c.world.undo = append(c.world.undo, func() { undo() })
	return nil
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

// now is an interface as it is.
func (c configurator) now(name string) network.Interface {
	for _, i := range c.world.node.Interfaces() {
		if i.Name == name {
			return i
		}
	}
	return network.Interface{}
}

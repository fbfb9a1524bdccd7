package permit

import (
	"net/netip"

	"moonwire/host/network"
)

// A configurator changes what a policy lets it.
type configurator struct {
	network.Configurator
	policy *Policy
}

// may decides about a change of a link, "" for one of the whole machine, and makes it.
func (c *configurator) may(what, link string, change func() error) error {
	if err := c.policy.opens(Configure, link, what+on(link)); err != nil {
		return err
	}
	return change()
}

func (c *configurator) AddAddr(iface string, p netip.Prefix) error {
	return c.may("adding an address", iface, func() error { return c.Configurator.AddAddr(iface, p) })
}

func (c *configurator) AddAddrFor(iface string, p netip.Prefix, l network.Lifetime) error {
	return c.may("adding an address", iface, func() error { return c.Configurator.AddAddrFor(iface, p, l) })
}

func (c *configurator) DelAddr(iface string, p netip.Prefix) error {
	return c.may("taking an address away", iface, func() error { return c.Configurator.DelAddr(iface, p) })
}

func (c *configurator) AddRoute(r network.Route) error {
	return c.may("adding a route", r.Interface, func() error { return c.Configurator.AddRoute(r) })
}

func (c *configurator) DelRoute(r network.Route) error {
	return c.may("taking a route away", r.Interface, func() error { return c.Configurator.DelRoute(r) })
}

func (c *configurator) SetMTU(iface string, mtu int) error {
	return c.may("setting the MTU", iface, func() error { return c.Configurator.SetMTU(iface, mtu) })
}

func (c *configurator) SetUp(iface string, up bool) error {
	return c.may("switching an interface", iface, func() error { return c.Configurator.SetUp(iface, up) })
}

func (c *configurator) SetForwarding(on bool) error {
	return c.may("switching forwarding", "", func() error { return c.Configurator.SetForwarding(on) })
}

func (c *configurator) SetResolver(servers []netip.Addr, search []string) error {
	return c.may("setting name servers", "", func() error { return c.Configurator.SetResolver(servers, search) })
}

// Group is for changes that belong together.
func (c *configurator) Group() network.Changes {
	g := c.Configurator.Group()
	return &changes{configurator{g, c.policy}, g}
}

// changes are a configurator's that belong together.
type changes struct {
	configurator
	group network.Changes
}

func (c *changes) Undo() error { return c.group.Undo() }
func (c *changes) Keep() error { return c.group.Keep() }

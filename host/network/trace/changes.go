package trace

import (
	"fmt"
	"net/netip"

	"moonwire/host/network"
)

// changes are changes of the configuration.
type changes struct {
	network.Configurator
	world *world
}

func (c *changes) did(what string, err error) error {
	c.world.tell(network.Call{Name: "configure", Class: "network", What: what, Err: reason(err)})
	return err
}

func (c *changes) AddAddr(iface string, p netip.Prefix) error {
	return c.did(fmt.Sprintf("add address %s on %s", p, iface), c.Configurator.AddAddr(iface, p))
}

func (c *changes) AddAddrFor(iface string, p netip.Prefix, l network.Lifetime) error {
	return c.did(fmt.Sprintf("add address %s on %s for %s", p, iface, l.Valid), c.Configurator.AddAddrFor(iface, p, l))
}

func (c *changes) DelAddr(iface string, p netip.Prefix) error {
	return c.did(fmt.Sprintf("remove address %s from %s", p, iface), c.Configurator.DelAddr(iface, p))
}

func (c *changes) AddRoute(r network.Route) error {
	return c.did("add route "+route(r), c.Configurator.AddRoute(r))
}

func (c *changes) DelRoute(r network.Route) error {
	return c.did("remove route "+route(r), c.Configurator.DelRoute(r))
}

// route is a route as ip(8) writes it.
func route(r network.Route) string {
	text := r.Dst.String()
	if r.Gateway.IsValid() {
		text += " via " + r.Gateway.String()
	}
	if r.Interface != "" {
		text += " dev " + r.Interface
	}
	return text
}

func (c *changes) SetMTU(iface string, mtu int) error {
	return c.did(fmt.Sprintf("set mtu %d of %s", mtu, iface), c.Configurator.SetMTU(iface, mtu))
}

func (c *changes) SetUp(iface string, up bool) error {
	state := "down"
	if up {
		state = "up"
	}
	return c.did("set "+iface+" "+state, c.Configurator.SetUp(iface, up))
}

func (c *changes) SetForwarding(on bool) error {
	return c.did(fmt.Sprintf("set forwarding %t", on), c.Configurator.SetForwarding(on))
}

func (c *changes) SetResolver(servers []netip.Addr, search []string) error {
	return c.did(fmt.Sprint("set name servers ", servers, search), c.Configurator.SetResolver(servers, search))
}

func (c *changes) Group() network.Changes {
	g := c.Configurator.Group()
	return &group{changes{g, c.world}, g}
}

// A group is of changes that belong together.
type group struct {
	changes
	of network.Changes
}

func (g *group) Undo() error { return g.did("undo", g.of.Undo()) }
func (g *group) Keep() error { return g.of.Keep() }

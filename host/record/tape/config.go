package tape

import (
	"net/netip"

	"moonwire/host/network"
)

// config changes the world. Played, it changes nothing.
type config struct {
	object
	real network.Configurator
}

func (c *config) AddAddr(iface string, p netip.Prefix) error {
	return c.do("addaddr", func() error { return c.real.AddAddr(iface, p) }, iface, p)
}

func (c *config) AddAddrFor(iface string, p netip.Prefix, l network.Lifetime) error {
	return c.do("addaddrfor", func() error { return c.real.AddAddrFor(iface, p, l) }, iface, p, l)
}

func (c *config) DelAddr(iface string, p netip.Prefix) error {
	return c.do("deladdr", func() error { return c.real.DelAddr(iface, p) }, iface, p)
}

func (c *config) AddRoute(r network.Route) error {
	return c.do("addroute", func() error { return c.real.AddRoute(r) }, r)
}

func (c *config) DelRoute(r network.Route) error {
	return c.do("delroute", func() error { return c.real.DelRoute(r) }, r)
}

func (c *config) SetMTU(iface string, mtu int) error {
	return c.do("setmtu", func() error { return c.real.SetMTU(iface, mtu) }, iface, mtu)
}

func (c *config) SetUp(iface string, up bool) error {
	return c.do("setup", func() error { return c.real.SetUp(iface, up) }, iface, up)
}

func (c *config) SetForwarding(on bool) error {
	return c.do("setforwarding", func() error { return c.real.SetForwarding(on) }, on)
}

func (c *config) SetResolver(servers []netip.Addr, search []string) error {
	return c.do("setresolver", func() error { return c.real.SetResolver(servers, search) }, servers, search)
}

func (c *config) Group() network.Changes {
	q := c.question("group")
	q.New = c.t.number()
	g := &changes{config: config{object: object{c.t, q.New}}}
	_ = done(c.t, q, func() error {
		g.group = c.real.Group()
		g.config.real = g.group
		return nil
	})
	return g
}

// changes are some that belong together.
type changes struct {
	config
	group network.Changes
}

func (c *changes) Undo() error { return c.do("undo", func() error { return c.group.Undo() }) }
func (c *changes) Keep() error { return c.do("keep", func() error { return c.group.Keep() }) }

package network

import (
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"time"

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

// change makes an edit in the namespace and remembers how to undo it: here, and where there is a journal on the disk, too.
func (c configurator) change(what string, e edit) error {
	n := note{}
	if err := c.k.inside(func() error {
		err := e.look()
		if err == nil {
			n, err = c.k.note(what, e)
		}
		if err == nil {
			if err = e.do(); err != nil {
				n.forget()
			}
		}
		return err
	}); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	c.k.upkeep.add(c.k, e)
	c.changes.AddLoose(what, func() error {
		c.k.upkeep.drop(e)
		if err := c.k.inside(e.undo); err != nil && !isGone(err) {
			return fmt.Errorf("undo: %s: %w", what, err)
		}
		return n.forget()
	}, func() error {
		c.k.upkeep.drop(e)
		if a, is := e.(*addressEdit); is {
			if err := c.k.inside(a.stay); err != nil && !isGone(err) {
				return fmt.Errorf("keep: %s: %w", what, err)
			}
		}
		return n.forget()
	})
	return nil
}

// AddAddr gives an interface an address. While this process lives that is renewed again and again; of one that is killed it
// goes within a minute, with the routes that need it. A machine that sleeps stops that minute, too. Of a process that is
// stopped for longer (SIGSTOP, Ctrl-Z) it goes, and comes back with its routes when that goes on.
func (c configurator) AddAddr(iface string, p netip.Prefix) error {
	return c.change(fmt.Sprintf("add %s to %s", p, iface), &addressEdit{onInterface: onInterface{Iface: iface}, Prefix: p, Add: true, exact: true, asked: time.Now()})
}

// AddAddrFor gives an interface an address for a while, or sets how long it stays. It is renewed as AddAddr's is.
func (c configurator) AddAddrFor(iface string, p netip.Prefix, l Lifetime) error {
	what := fmt.Sprintf("add %s to %s", p, iface)
	if c.changes.Has(what) { // from now on it only stays longer
		if err := c.k.inside(func() error { return c.k.upkeep.prolong(iface, p, l) }); err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		return nil
	}
	return c.change(what, &addressEdit{onInterface: onInterface{Iface: iface}, Prefix: p, Add: true, Life: l, asked: time.Now()})
}

// DelAddr takes an address from an interface.
func (c configurator) DelAddr(iface string, p netip.Prefix) error {
	return c.change(fmt.Sprintf("delete %s from %s", p, iface), &addressEdit{onInterface: onInterface{Iface: iface}, Prefix: p})
}

// AddRoute adds a row to the routing table.
func (c configurator) AddRoute(r Route) error {
	return c.change("add route to "+r.Dst.String(), &routeEdit{Route: r, Add: true})
}

// DelRoute deletes a row of the routing table.
func (c configurator) DelRoute(r Route) error {
	return c.change("delete route to "+r.Dst.String(), &routeEdit{Route: r})
}

// SetMTU sets the MTU of an interface.
func (c configurator) SetMTU(iface string, mtu int) error {
	return c.change("set the MTU of "+iface, &mtuEdit{onInterface: onInterface{Iface: iface}, After: mtu})
}

// SetUp switches an interface on or off.
func (c configurator) SetUp(iface string, up bool) error {
	return c.change("switch "+iface, &upEdit{onInterface: onInterface{Iface: iface}, After: up})
}

// SetForwarding makes the machine a router, or stops it from being one.
func (c configurator) SetForwarding(on bool) error {
	return c.change("set forwarding", &forwardingEdit{After: string('0' + byte(bit(on)))})
}

// SetResolver changes the resolv.conf that ip-netns(8) shows to programs in the namespace.
func (c configurator) SetResolver(servers []netip.Addr, search []string) error {
	path, err := c.k.resolvConf()
	if err != nil {
		return fmt.Errorf("set the resolver: %w", err)
	}
	const what = "set the resolver"
	var n note
	if err = c.k.inside(func() error { n, err = c.k.note(what, &resolverEdit{path}); return err }); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	change, err := resolvconf.At(path).Set(resolvconf.Config{Servers: servers, Search: search})
	if err != nil {
		n.forget()
		return fmt.Errorf("%s: %w", what, err)
	}
	c.changes.AddLoose(what, func() error { return n.after(change.Undo()) }, func() error { return n.after(change.Keep()) })
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

package client4

import (
	"context"
	"fmt"
	"io/fs"
	"net/netip"
	"strings"

	"moonwire/host/dhcp/option"
	"moonwire/host/network"
	"moonwire/host/packet"
)

// Applying says what of a lease the system is to have.
type Applying struct {
	Routes, MTU, Resolver bool
	Metric                int  // of the routes
	Keep                  bool // it stays when the network is closed
}

// Apply gives the interface what the lease says: the address, for as long as the lease lasts, and routes, MTU and resolver.
// Later renewals keep it up to date, and the lease's end takes it back. When a part fails, nothing is changed.
func (l *Lease) Apply(ctx context.Context, a Applying) error {
	return l.client.call(ctx, func() error {
		if err := l.alive(); err != nil {
			return err
		}
		config := l.client.station.Link().Network().Config()
		if config == nil {
			return fmt.Errorf("needs CAP_NET_ADMIN: run as root, or --lab: %w", fs.ErrPermission)
		}
		l.unapply()
		changes := config.Group()
		err := l.configure(changes, a)
		if err == nil && a.Keep {
			err = changes.Keep()
		}
		if err != nil {
			changes.Undo()
			return err
		}
		c := l.client
		c.mu.Lock()
		l.applied, l.applying = changes, a
		address := l.Address
		c.mu.Unlock()
		if !c.station.Own() {
			c.station.Release(address) // the system answers for it
		}
		c.note("applied", "%s on %s", address, c.iface())
		return nil
	})
}

// Undo takes back what Apply did. The station answers for the address again.
func (l *Lease) Undo(ctx context.Context) error {
	return l.client.call(ctx, func() error {
		err := l.unapply()
		if l.alive() == nil {
			l.client.station.Hold(l.Terms().Address)
		}
		return err
	})
}

// unapply takes back what was applied.
func (l *Lease) unapply() error {
	c := l.client
	c.mu.Lock()
	changes := l.applied
	l.applied = nil
	c.mu.Unlock()
	if changes == nil {
		return nil
	}
	return changes.Undo()
}

// refresh makes what was applied last as long as the lease does now.
func (l *Lease) refresh(moved bool) error {
	c := l.client
	c.mu.Lock()
	changes, a := l.applied, l.applying
	c.mu.Unlock()
	if changes == nil {
		return nil
	}
	var err error
	if !moved {
		err = l.giveAddress(changes)
	} else if err = changes.Undo(); err == nil {
		err = l.configure(changes, a)
	}
	if err == nil && a.Keep {
		err = changes.Keep()
	}
	return err
}

// configure makes the changes.
func (l *Lease) configure(config network.Configurator, a Applying) error {
	iface, t := l.client.iface(), l.Terms()
	if mtu, ok := t.Message.Uint16(option.InterfaceMTU); a.MTU && ok && int(mtu) >= leastMTU {
		if err := config.SetMTU(iface, int(mtu)); err != nil {
			return err
		}
	}
	if err := l.giveAddress(config); err != nil {
		return err
	}
	if a.Routes {
		for _, r := range systemRoutes(t, iface, a.Metric) {
			if err := config.AddRoute(r); err != nil {
				return err
			}
		}
	}
	if servers := t.DNS(); a.Resolver && len(servers) > 0 {
		return config.SetResolver(servers, searchOf(t))
	}
	return nil
}

// leastMTU is the least that a server may ask for in earnest: a smaller one is refused, as other clients do (RFC 791's
// 576 bytes that every host takes).
const leastMTU = 576

// giveAddress gives the interface the address for the time that is left.
func (l *Lease) giveAddress(config network.Configurator) error {
	t := l.Terms()
	var life network.Lifetime
	if !t.Infinite {
		left := t.Expires.Sub(l.client.clock.Now())
		life = network.Lifetime{Valid: left, Preferred: left}
	}
	return config.AddAddrFor(l.client.iface(), t.Prefix, life)
}

// systemRoutes are the lease's as the system has them: those on the link before those by routers, which need them, and one for
// each destination, the first. A router outside the lease's own network is on the link all the same; the route to that network
// comes with the address.
func systemRoutes(t Terms, iface string, metric int) []network.Route {
	var direct, further []network.Route
	seen := map[netip.Prefix]bool{t.Prefix.Masked(): true}
	add := func(list *[]network.Route, dst netip.Prefix, gateway netip.Addr) {
		if !seen[dst] {
			seen[dst] = true
			*list = append(*list, network.Route{Dst: dst, Gateway: gateway, Src: t.Address, Interface: iface, Metric: metric})
		}
	}
	for _, r := range RoutesOf(t.Message) {
		if r.Gateway.IsUnspecified() {
			add(&direct, r.Dst, netip.Addr{})
			continue
		}
		if !t.Prefix.Contains(r.Gateway) {
			add(&direct, netip.PrefixFrom(r.Gateway, 32), netip.Addr{})
		}
		add(&further, r.Dst, r.Gateway)
	}
	return append(direct, further...)
}

// searchOf are the domains to try: option 119's, or else option 15's.
func searchOf(t Terms) (list []string) {
	if b, ok := t.Message.Get(option.DomainSearch); ok {
		if v, err := option.Decode(option.KindOf(option.DomainSearch), b); err == nil {
			if names, ok := v.([]packet.Value); ok {
				for _, n := range names {
					list = append(list, strings.TrimSuffix(fmt.Sprint(n), "."))
				}
			}
		}
	}
	if domain := t.Domain(); list == nil && domain != "" {
		list = []string{domain}
	}
	return list
}

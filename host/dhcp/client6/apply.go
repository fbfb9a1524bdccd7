package client6

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"io/fs"
	"net/netip"
	"slices"
	"time"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/network"
)

// Use says what is set where a lease is applied.
type Use struct {
	DNS    []netip.Addr // name servers, and domains to look names up in
	Search []string
	Assign []Assignment // of the first delegated prefix
}

// An Assignment gives an interface a network of a delegated prefix: address 1 of it.
type Assignment struct {
	Iface  string
	Number uint32 // of the network of 64 bits, from 0
}

// applied is what the system was told of a lease.
type applied struct {
	changes network.Changes // nil: nothing
	iface   string
	assign  []Assignment
}

// Apply sets the lease's addresses on the client's interface, with their lifetimes where the system knows of such, name
// servers, and networks of the delegated prefix on other interfaces. What is renewed is set anew, and what ends is taken
// back; Undo takes back all.
func (l *Lease) Apply(ctx context.Context, u Use) error {
	config := network.From(ctx).Config()
	if config == nil {
		return fmt.Errorf("addresses can't be set here (it needs CAP_NET_ADMIN: run as root, or in a lab): %w", fs.ErrPermission)
	}
	if l.Terms().Ended() {
		return l.Terms().over("apply")
	}
	if err := l.Undo(); err != nil {
		return err
	}
	a := applied{config.Group(), l.client.iface.Name, u.Assign}
	err := a.set(l.Terms(), l.client.clock.Now())
	if err == nil && len(u.DNS)+len(u.Search) > 0 {
		err = a.changes.SetResolver(u.DNS, u.Search)
	}
	if err != nil {
		a.changes.Undo()
		return err
	}
	l.client.mu.Lock()
	l.applied = a
	l.client.mu.Unlock()
	for _, addr := range l.Terms().Addresses() { // the system answers for it from now on
		l.client.station.Release(addr)
	}
	return nil
}

// Undo takes back what Apply set.
func (l *Lease) Undo() error {
	c := l.client
	c.mu.Lock()
	a := l.applied
	l.applied = applied{}
	c.mu.Unlock()
	if a.changes == nil {
		return nil
	}
	err := a.changes.Undo()
	l.change(func(*Terms) {}) // the station answers again
	return err
}

// Assigned are the addresses that interfaces have of the lease's prefix, by their names.
func (l *Lease) Assigned() map[string]netip.Prefix {
	l.client.mu.Lock()
	defer l.client.mu.Unlock()
	out := map[string]netip.Prefix{}
	if b, ok := l.terms.delegated(); ok && l.applied.changes != nil {
		for _, s := range l.applied.assign {
			out[s.Iface], _ = subnet(b.Prefix, s.Number)
		}
	}
	return out
}

// set tells the system what a lease says now.
func (a *applied) set(t Terms, now time.Time) error {
	for _, ia := range t.IAs {
		for _, b := range ia.Bindings {
			if ia.Code != dhcp6.IAPD {
				if err := a.changes.AddAddrFor(a.iface, b.Prefix, b.lifetime(now)); err != nil {
					return err
				}
			}
		}
	}
	b, ok := t.delegated()
	if !ok && len(a.assign) > 0 {
		return refuse(kindClosed, "apply: the lease has no prefix to assign networks of")
	}
	for _, s := range a.assign {
		network, err := subnet(b.Prefix, s.Number)
		if err == nil {
			err = a.changes.AddAddrFor(s.Iface, network, b.lifetime(now))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// follow tells the system how a lease has changed.
func (a *applied) follow(before, after Terms, now time.Time) error {
	if after.Ended() {
		return a.changes.Undo()
	}
	for _, addr := range before.Addresses() {
		if !slices.Contains(after.Addresses(), addr) {
			a.changes.DelAddr(a.iface, netip.PrefixFrom(addr, 128))
		}
	}
	was, _ := before.delegated()
	is, _ := after.delegated()
	if was.Prefix != is.Prefix {
		for _, s := range a.assign {
			if network, err := subnet(was.Prefix, s.Number); err == nil {
				a.changes.DelAddr(s.Iface, network)
			}
		}
	}
	if !is.Prefix.IsValid() {
		a.assign = nil
	}
	return a.set(after, now)
}

// delegated is the first prefix.
func (t Terms) delegated() (Binding, bool) {
	for _, ia := range t.IAs {
		if ia.Code == dhcp6.IAPD && len(ia.Bindings) > 0 {
			return ia.Bindings[0], true
		}
	}
	return Binding{}, false
}

// lifetime is what is left of a binding's.
func (b Binding) lifetime(now time.Time) network.Lifetime {
	left := func(t time.Time) time.Duration {
		if t.IsZero() {
			return 0
		}
		return max(t.Sub(now), time.Second)
	}
	return network.Lifetime{Valid: left(b.Ends()), Preferred: left(b.Deprecated())}
}

// networkBits is the length of a network's prefix (RFC 4291 section 2.5.4).
const networkBits = 64

// subnet is address 1 in the nth network of 64 bits of a prefix.
func subnet(p netip.Prefix, n uint32) (netip.Prefix, error) {
	if room := networkBits - p.Bits(); room < 0 || room < 32 && n>>max(room, 0) != 0 {
		return netip.Prefix{}, refuse(kindRefused, "apply: %s has no network number %d of %d bits", p, n, networkBits)
	}
	b := p.Addr().As16()
	binary.BigEndian.PutUint64(b[:8], binary.BigEndian.Uint64(b[:8])|uint64(n))
	b[15] = cmp.Or(b[15], 1)
	return netip.PrefixFrom(netip.AddrFrom16(b), networkBits), nil
}

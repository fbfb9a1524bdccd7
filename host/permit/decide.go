package permit

import (
	"net/netip"
)

// endpoint decides about a socket's far end. Who was heard, if anybody, may be answered.
func (p *Policy) endpoint(verb, protocol string, to netip.AddrPort, by *heard) error {
	a, port := reached(to.Addr()), to.Port()
	if len(p.Deny) > 0 {
		if err := p.forbidden(described(verb, protocol, to), func(g Grant) bool { return p.denies(g, a, port, protocol) }); err != nil {
			return err
		}
	}
	if p.All {
		return nil
	}
	for i := range p.Allow {
		if g := &p.Allow[i]; g.Kind == ToNet && p.holds(&g.To, a, port, protocol) {
			return nil
		}
	}
	if by.has(to) {
		return nil
	}
	e := &Refusal{Tried: described(verb, protocol, to), Would: Grants{{Kind: ToNet, To: Net{Prefix: whole(a), Port: port, Protocol: protocol}}}}
	if !isPublic(a) && p.Allow.names() {
		e.Why = "a name covers public addresses only"
	}
	return p.refuse(e, ToNet)
}

// names says whether some grant names a host.
func (gs Grants) names() bool {
	for _, g := range gs {
		if g.Kind == ToNet && g.To.Host != "" && g.To.Host != Anything {
			return true
		}
	}
	return false
}

// holds says whether a grant, by address or by name, holds an address with its port and protocol.
func (p *Policy) holds(n *Net, a netip.Addr, port uint16, protocol string) bool {
	if !n.fits(port, protocol) {
		return false
	}
	if n.Host == "" || n.Host == Anything {
		return n.every() || n.Prefix.Contains(a)
	}
	if a.IsLoopback() && isLocalhost(n.Host) {
		return true
	}
	for _, name := range p.learned.of(a) {
		if names(n.Host, name) {
			return true
		}
	}
	return false
}

// fits says whether n has a port and a protocol.
func (n *Net) fits(port uint16, protocol string) bool {
	return (n.Port == 0 || n.Port == port) && (n.Protocol == "" || n.Protocol == protocol)
}

// reached is the address that a socket reaches: the unspecified one is this machine itself.
func reached(a netip.Addr) netip.Addr {
	a = a.Unmap().WithZone("")
	switch {
	case !a.IsUnspecified():
		return a
	case a.Is4():
		return loopback4
	}
	return netip.IPv6Loopback()
}

var loopback4 = netip.AddrFrom4([4]byte{127, 0, 0, 1})

// described is what was tried, in words.
func described(verb, protocol string, to netip.AddrPort) string {
	if protocol == "icmp" || to.Port() == 0 {
		return protocol + " " + verb + " " + to.Addr().String()
	}
	return protocol + " " + verb + " " + to.String()
}

// serves decides about a local address that isn't left to the system. Where the port is 0, every port is wanted.
func (p *Policy) serves(protocol string, at netip.AddrPort, both bool) error {
	a := at.Addr().Unmap().WithZone("")
	want := Grant{Kind: Listen, To: Net{Prefix: whole(a), Port: at.Port(), Protocol: protocol}}
	if a.IsUnspecified() {
		want.To.Prefix = netip.PrefixFrom(a, 0)
	}
	if a.IsUnspecified() && a.Is6() && both {
		want.To.Prefix, want.To.Host = netip.Prefix{}, Anything // IPv4 comes to it, too
	}
	tried := protocol + " bind to " + at.String()
	if err := p.forbidden(tried, func(g Grant) bool {
		return g.Kind == Listen && g.To.overlaps(want.To) && (g.To.Port == 0 || g.To.Port == at.Port())
	}); err != nil {
		return err
	}
	if p.All || p.Allow.Covers(want) {
		return nil
	}
	return p.refuse(&Refusal{Tried: tried, Would: Grants{want}}, Listen)
}

// joins decides about a multicast group.
func (p *Policy) joins(group netip.Addr) error {
	group = group.Unmap().WithZone("")
	want := Net{Prefix: whole(group), Protocol: "udp"}
	is := func(g Grant) bool {
		return (g.Kind == ToNet || g.Kind == Listen) && g.To.holds(want) && (g.To.Protocol == "" || g.To.Protocol == "udp")
	}
	tried := "joining the group " + group.String()
	if err := p.forbidden(tried, is); err != nil {
		return err
	}
	if p.All {
		return nil
	}
	for _, g := range p.Allow {
		if is(g) {
			return nil
		}
	}
	return p.refuse(&Refusal{Tried: tried, Would: Grants{{Kind: Listen, To: want}}}, ToNet, Listen)
}

// looksUp decides about asking for the addresses of a name.
func (p *Policy) looksUp(name string) error {
	tried := "looking up " + name
	err := p.forbidden(tried, func(g Grant) bool {
		return g.Kind == Resolve || g.Kind == ToNet && g.To.Host != "" && names(g.To.Host, name)
	})
	if err != nil || p.All || isLocalhost(name) {
		return err
	}
	for _, g := range p.Allow {
		if g.Kind == Resolve || g.Kind == ToNet && g.To.Host != "" && g.To.Host != Anything && names(g.To.Host, name) {
			return nil
		}
	}
	return p.refuse(&Refusal{Tried: tried, Would: Grants{{Kind: ToNet, To: Net{Host: name}}}}, ToNet, Resolve)
}

// looksBack decides about asking for the names of an address: its owner's name servers hear of it.
func (p *Policy) looksBack(a netip.Addr) error {
	a = a.Unmap().WithZone("")
	tried := "looking up the names of " + a.String()
	want := Net{Prefix: whole(a)}
	err := p.forbidden(tried, func(g Grant) bool { return g.Kind == Resolve || g.Kind == ToNet && g.To.every() })
	if err != nil || p.All || a == loopback4 || a == netip.IPv6Loopback() { // the others have room for a message
		return err
	}
	for _, g := range p.Allow {
		if g.Kind == Resolve || (g.Kind == ToNet || g.Kind == Raw) && g.To.holds(want) {
			return nil
		}
	}
	return p.refuse(&Refusal{Tried: tried, Would: Grants{{Kind: Resolve}}}, Resolve)
}

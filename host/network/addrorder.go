package network

import (
	"cmp"
	"context"
	"math/bits"
	"net"
	"net/netip"
	"slices"
)

// candidate is a destination with what RFC 6724 needs to know of it.
type candidate struct {
	dst, src netip.Addr
	usable   bool // there is a route, and src is the address a socket would use
	onLink   bool // IPv4: src and dst share a subnet
}

// sortAddrs puts the addresses in the order to try them in (RFC 6724 section 6). The policy table is the C library's,
// which is RFC 3484's: it prefers a ULA to IPv4. Rules 3 and 4 (deprecated and home addresses) are left to the kernel,
// which chooses the sources; rule 7 (native transport) is left out.
func sortAddrs(ctx context.Context, n Network, addrs []netip.Addr) {
	if len(addrs) < 2 {
		return
	}
	var subnets []netip.Prefix
	if list, err := n.Interfaces(); err == nil {
		for _, i := range list {
			subnets = append(subnets, i.Addrs...)
		}
	}
	found := make(map[netip.Addr]candidate, len(addrs))
	for _, a := range addrs {
		if _, ok := found[a]; !ok {
			found[a] = newCandidate(ctx, n, a, subnets)
		}
	}
	slices.SortStableFunc(addrs, func(a, b netip.Addr) int { return found[a].compare(found[b]) })
}

// newCandidate finds the source that n would use towards dst: a datagram socket is connected and nothing sent.
func newCandidate(ctx context.Context, n Network, dst netip.Addr, subnets []netip.Prefix) candidate {
	c := candidate{dst: dst}
	family := "udp6"
	if dst.Is4() {
		family = "udp4"
	}
	p, err := bare(n).Packet(ctx, family, nil)
	if err != nil {
		return c
	}
	defer p.Close()
	if p.Connect(net.UDPAddrFromAddrPort(netip.AddrPortFrom(dst, 9))) != nil {
		return c
	}
	local, ok := p.LocalAddr().(*net.UDPAddr)
	if !ok {
		return c
	}
	c.src, c.usable = local.AddrPort().Addr().WithZone(""), true
	for _, s := range subnets {
		c.onLink = c.onLink || s.Addr() == c.src && s.Masked().Contains(dst)
	}
	return c
}

// bare is n without what bounds its use: a socket that sends nothing uses nothing.
func bare(n Network) Network {
	if w, bounded := As[interface{ Bare() Network }](n); bounded {
		return w.Bare()
	}
	return n
}

// compare is negative when c comes before d.
func (c candidate) compare(d candidate) int {
	first := func(c, d bool) int { // the one that has it comes first
		switch {
		case c == d:
			return 0
		case c:
			return -1
		}
		return 1
	}
	both := c.usable && d.usable
	return cmp.Or(
		first(c.usable, d.usable), // rule 1
		first(both && scopeOf(c.dst) == scopeOf(c.src), both && scopeOf(d.dst) == scopeOf(d.src)),                             // rule 2
		first(both && policyOf(c.dst).label == policyOf(c.src).label, both && policyOf(d.dst).label == policyOf(d.src).label), // rule 5
		cmp.Compare(policyOf(d.dst).precedence, policyOf(c.dst).precedence),                                                   // rule 6
		cmp.Compare(scopeOf(c.dst), scopeOf(d.dst)),                                                                           // rule 8
		cmp.Compare(d.shared(c), c.shared(d)),                                                                                 // rule 9
	)
}

// shared is the length of the prefix that c's addresses have in common, for comparison with d of the same family.
// Between IPv4 addresses it means something inside a subnet only.
func (c candidate) shared(d candidate) int {
	if !c.usable || !d.usable || c.dst.Is4() != d.dst.Is4() || c.dst.Is4() && !c.onLink {
		return 0
	}
	a, b := c.dst.As16(), c.src.As16()
	for i := range a {
		if x := a[i] ^ b[i]; x != 0 {
			return 8*i + bits.LeadingZeros8(x)
		}
	}
	return 128
}

// The scopes of RFC 6724 section 3.1, as multicast addresses number them.
const (
	scopeLink   = 2
	scopeSite   = 5
	scopeGlobal = 14
)

var siteLocal = netip.MustParsePrefix("fec0::/10")

func scopeOf(a netip.Addr) int {
	switch {
	case a.Is6() && a.IsMulticast():
		return int(a.As16()[1] & 15)
	case a.IsLoopback() && !a.Is4In6(), a.IsLinkLocalUnicast() && !a.Is4In6():
		return scopeLink
	case siteLocal.Contains(a):
		return scopeSite
	}
	return scopeGlobal
}

// policy is a row of the policy table.
type policy struct {
	prefix            netip.Prefix
	precedence, label int
}

// policies are glibc's defaults, from RFC 3484 section 2.1 with labels for ULA and Teredo; the first match is the
// longest.
var policies = []policy{
	{netip.MustParsePrefix("::1/128"), 50, 0},
	{netip.MustParsePrefix("::ffff:0:0/96"), 10, 4},
	{netip.MustParsePrefix("::/96"), 20, 3},
	{netip.MustParsePrefix("2001::/32"), 40, 7},
	{netip.MustParsePrefix("2002::/16"), 30, 2},
	{netip.MustParsePrefix("fec0::/10"), 40, 5},
	{netip.MustParsePrefix("fc00::/7"), 40, 6},
	{netip.MustParsePrefix("::/0"), 40, 1},
}

func policyOf(a netip.Addr) policy {
	a = netip.AddrFrom16(a.As16())
	for _, p := range policies {
		if mapped := p.prefix.Addr().Is4In6() && a.Is4In6(); mapped || p.prefix.Contains(a) {
			return p
		}
	}
	return policies[len(policies)-1]
}

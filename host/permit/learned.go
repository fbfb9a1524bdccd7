package permit

import (
	"net/netip"
	"slices"
	"sync"
)

// learned is what the resolver of the host said in this run. A name's grant covers the addresses that it gave then, so that
// an answer of somebody else's can't widen it.
type learned struct {
	mu    sync.RWMutex
	known map[netip.Addr][]string
}

// mostNames bounds the addresses that are remembered, and the names of one; what comes later isn't covered.
const (
	mostNames   = 1 << 14
	mostAliases = 16
)

// learn notes that name has the addresses. Those of this machine and of the networks around it are left out: a stranger's
// name server must not open them (DNS rebinding).
func (n *learned) learn(name string, addrs []netip.Addr) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.known == nil {
		n.known = make(map[netip.Addr][]string)
	}
	for _, a := range addrs {
		a = a.Unmap().WithZone("")
		has := n.known[a]
		if !isPublic(a) || len(has) == 0 && len(n.known) >= mostNames || len(has) >= mostAliases || slices.Contains(has, name) {
			continue
		}
		n.known[a] = append(has, name)
	}
}

// of are the names that a was given for.
func (n *learned) of(a netip.Addr) []string {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return n.known[a]
}

// isLocalhost says whether a name stands for this machine itself, whatever a resolver says (RFC 6761 section 6.3).
func isLocalhost(name string) bool { return name == "localhost" || names("*.localhost", name) }

// inside are the prefixes that belong to this machine and the networks around it, beside what netip knows of.
var inside = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),      // this host (RFC 1122)
	netip.MustParsePrefix("100.64.0.0/10"),  // behind a provider's NAT (RFC 6598)
	netip.MustParsePrefix("192.0.0.0/24"),   // protocol assignments (RFC 6890)
	netip.MustParsePrefix("198.18.0.0/15"),  // benchmarks (RFC 2544)
	netip.MustParsePrefix("240.0.0.0/4"),    // reserved, and the broadcast address
	netip.MustParsePrefix("::/96"),          // IPv4-compatible
	netip.MustParsePrefix("fec0::/10"),      // site-local (RFC 3879)
	netip.MustParsePrefix("64:ff9b:1::/48"), // NAT64 of this network (RFC 8215)
	netip.MustParsePrefix("5f00::/16"),      // segments of a provider (RFC 9602)
}

// isPublic says whether an address is one of the Internet's.
func isPublic(a netip.Addr) bool {
	if !a.IsGlobalUnicast() || a.IsPrivate() || a.IsLinkLocalUnicast() {
		return false
	}
	if slices.ContainsFunc(inside, func(p netip.Prefix) bool { return p.Contains(a) }) {
		return false
	}
	in, has := embedded(a)
	return !has || isPublic(in)
}

var (
	nat64  = netip.MustParsePrefix("64:ff9b::/96") // RFC 6052
	sixTo4 = netip.MustParsePrefix("2002::/16")    // RFC 3056
	teredo = netip.MustParsePrefix("2001::/32")    // RFC 4380
	compat = netip.MustParsePrefix("::/96")        // RFC 4291 section 2.5.5.1
)

// embedded is the IPv4 address that packets to an IPv6 address end at.
func embedded(a netip.Addr) (netip.Addr, bool) {
	if !a.Is6() {
		return netip.Addr{}, false
	}
	b := a.As16()
	switch {
	case a.Is4In6(), nat64.Contains(a), compat.Contains(a) && b[12] != 0:
		return netip.AddrFrom4([4]byte(b[12:])), true
	case sixTo4.Contains(a):
		return netip.AddrFrom4([4]byte(b[2:6])), true
	case teredo.Contains(a): // section 4: every bit is turned
		return netip.AddrFrom4([4]byte{^b[12], ^b[13], ^b[14], ^b[15]}), true
	case b[8]&^2 == 0 && b[9] == 0 && b[10] == 0x5e && b[11] == 0xfe: // ISATAP (RFC 5214 section 6.1)
		return netip.AddrFrom4([4]byte(b[12:])), true
	}
	return netip.Addr{}, false
}

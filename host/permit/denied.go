package permit

import (
	"context"
	"errors"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"moonwire/host/network"
)

// outcasts are the addresses of the names that Deny holds, as the host's resolver gives them when the run starts: who must
// not be reached by a name must not be reached by its number.
type outcasts struct {
	once    sync.Once
	addrs   map[string][]netip.Addr
	unknown map[string]error // names whose addresses can't be found now, though they may have some
}

// lookupTime is the longest wait for the addresses of all names that are denied.
const lookupTime = 10 * time.Second

// find looks the denied names up, once.
func (p *Policy) find(n network.Network) {
	p.outcasts.once.Do(func() {
		ctx, cancel := context.WithTimeout(context.Background(), lookupTime)
		defer cancel()
		for _, g := range p.Deny.of(ToNet) {
			if name := g.To.Host; isName(name) {
				p.outcasts.learn(ctx, n, name)
			}
		}
	})
}

// isName says whether a Net's host is one that has addresses.
func isName(host string) bool {
	return host != "" && host != Anything && !strings.HasPrefix(host, "*.") && !isLocalhost(host)
}

func (o *outcasts) learn(ctx context.Context, n network.Network, name string) {
	h, err := n.LookupHost(ctx, name, network.AFUnspec)
	var gai *network.GAIError
	switch {
	case err == nil:
		if o.addrs == nil {
			o.addrs = make(map[string][]netip.Addr)
		}
		for _, a := range h.Addrs {
			o.addrs[name] = append(o.addrs[name], a.Unmap().WithZone(""))
		}
	case errors.As(err, &gai) && (gai.Code == network.EAINoName || gai.Code == network.EAINoData): // it has none
	default:
		if o.unknown == nil {
			o.unknown = make(map[string]error)
		}
		o.unknown[name] = err
	}
}

// denies says whether a grant of Deny holds an address with its port and protocol.
func (p *Policy) denies(g Grant, a netip.Addr, port uint16, protocol string) bool {
	if g.Kind != ToNet {
		return false
	}
	if in, has := embedded(a); has && p.denies(g, in, port, protocol) || p.holds(&g.To, a, port, protocol) {
		return true
	}
	_, unknown := p.outcasts.unknown[g.To.Host]
	return g.To.fits(port, protocol) && (unknown && !a.IsLoopback() || slices.Contains(p.outcasts.addrs[g.To.Host], a))
}

// whyDenied says more about what Deny holds.
func (p *Policy) whyDenied(g Grant) string {
	if err := p.outcasts.unknown[g.To.Host]; g.Kind == ToNet && err != nil {
		return "its addresses aren't known: " + err.Error()
	}
	return ""
}

// whyFrames is whyDenied of frames.
func (p *Policy) whyFrames(g Grant) string {
	if g.Kind == ToNet && strings.HasPrefix(g.To.Host, "*.") {
		return "nobody knows the addresses of all its names"
	}
	return p.whyDenied(g)
}

// ruledOut are rules for crafted frames by a name that is denied: one for each of its addresses. Names whose addresses
// nobody knows forbid every frame.
func (p *Policy) ruledOut(g Grant) (rules []rule) {
	r := ruled(g)
	if _, unknown := p.outcasts.unknown[g.To.Host]; unknown || strings.HasPrefix(g.To.Host, "*.") {
		r.any = true
		return []rule{r}
	}
	addrs := p.outcasts.addrs[g.To.Host]
	if isLocalhost(g.To.Host) {
		addrs = []netip.Addr{netip.AddrFrom4([4]byte{127, 0, 0, 1}), netip.IPv6Loopback()}
	}
	for _, a := range addrs {
		r.prefix = whole(a)
		rules = append(rules, r)
	}
	return rules
}

package sockets

import (
	"context"
	"net"
	"net/netip"
	"strings"

	"moonwire/host/network"
	"moonwire/host/network/resolver"
)

// Names are the names of a lab's hosts.
type Names interface {
	Host(name string) []netip.Addr // nil: nobody is called so
	Name(a netip.Addr) string      // "": nobody has the address
}

// domain may follow a host's name.
const domain = ".lab"

// LookupHost finds a host of the lab.
func (w *world) LookupHost(ctx context.Context, name string, f network.Family) (network.Host, error) {
	short := strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(name), "."), domain)
	all := w.find(short, name, f)
	if all == nil {
		return w.ask(ctx, name, f)
	}
	h := network.Host{Name: short}
	for _, a := range all {
		if f == network.AFUnspec || (f == network.AFInet) == a.Is4() {
			h.Addrs = append(h.Addrs, a)
		}
	}
	if h.Addrs == nil {
		return network.Host{}, &network.GAIError{Code: network.EAINoData, Name: name}
	}
	return h, nil
}

// find asks the lab for a name, as it was written or in small letters. The host itself is localhost: by IPv4, unless only
// IPv6 will do.
func (w *world) find(short, written string, f network.Family) []netip.Addr {
	switch {
	case short == "localhost" && f == network.AFInet6:
		return []netip.Addr{netip.IPv6Loopback()}
	case short == "localhost":
		return []netip.Addr{netip.AddrFrom4([4]byte{127, 0, 0, 1})}
	}
	if w.names == nil {
		return nil
	}
	written = strings.TrimSuffix(strings.TrimSuffix(written, "."), domain)
	if all := w.names.Host(written); all != nil {
		return all
	}
	return w.names.Host(short)
}

// LookupAddr finds the host that has an address.
func (w *world) LookupAddr(ctx context.Context, a netip.Addr) ([]string, error) {
	a = a.Unmap().WithZone("")
	if a.IsLoopback() {
		return []string{"localhost"}, nil
	}
	if w.names != nil {
		if name := w.names.Name(a); name != "" {
			return []string{name}, nil
		}
	}
	if len(w.dns.now().servers) == 0 {
		return nil, &network.GAIError{Code: network.EAINoName, Name: a.String()}
	}
	names, err := w.resolver().Reverse(ctx, a)
	if err != nil {
		return nil, network.LookupError(a.String(), err)
	}
	return names, nil
}

// resolver asks the host's servers.
func (w *world) resolver() *resolver.Resolver {
	now := w.dns.now()
	return &resolver.Resolver{Servers: now.servers, Search: now.search, Now: w.clock.Now,
		Dial: func(ctx context.Context, family, addr string) (net.Conn, error) {
			return network.DialServer(ctx, w, family, addr)
		}}
}

// ask asks for one family after the other, so that a simulated clock sees one who waits.
func (w *world) ask(ctx context.Context, name string, f network.Family) (network.Host, error) {
	err := error(&network.GAIError{Code: network.EAINoName, Name: name})
	if len(w.dns.now().servers) == 0 {
		return network.Host{}, err
	}
	var h network.Host
	for _, want := range []resolver.Want{{V4: true}, {V6: true}} {
		if want.V4 && f == network.AFInet6 || want.V6 && f == network.AFInet {
			continue
		}
		a, failed := w.resolver().Lookup(ctx, name, want)
		if failed != nil {
			if len(h.Addrs) == 0 {
				err = network.LookupError(name, failed)
			}
			continue
		}
		h.Addrs = append(h.Addrs, a.Addrs...)
		h.Name, err = a.Name, nil
	}
	return h, err
}

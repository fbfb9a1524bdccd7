package sockets

import (
	"net/netip"
	"slices"
	"sync"
)

// SetNameServers makes the host ask DNS servers for names that the lab doesn't know; none: it asks nobody.
func (w *world) SetNameServers(servers ...netip.AddrPort) {
	w.dns.mu.Lock()
	defer w.dns.mu.Unlock()
	w.dns.first.servers = servers
}

// nameServers says whom a host asks for names: the last of those that were set, for each list that is not empty.
type nameServers struct {
	mu    sync.Mutex
	first asked    // from the topology
	later []*asked // by a Configurator
}

// asked are servers, and domains that are tried behind a short name.
type asked struct {
	servers []netip.AddrPort
	search  []string
}

// set makes servers and search count until undo.
func (n *nameServers) set(servers []netip.Addr, search []string) (undo func() error) {
	a := &asked{search: search}
	for _, s := range servers {
		a.servers = append(a.servers, netip.AddrPortFrom(s, dnsPort))
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.later = append(n.later, a)
	return func() error {
		n.mu.Lock()
		defer n.mu.Unlock()
		n.later = slices.DeleteFunc(n.later, func(o *asked) bool { return o == a })
		return nil
	}
}

const dnsPort = 53

// now is whom the host asks.
func (n *nameServers) now() asked {
	n.mu.Lock()
	defer n.mu.Unlock()
	all := n.first
	for _, a := range n.later {
		if len(a.servers) > 0 {
			all.servers = a.servers
		}
		if len(a.search) > 0 {
			all.search = a.search
		}
	}
	return all
}

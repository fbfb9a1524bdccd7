package resolver

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"time"
)

// How a lookup fails.
var (
	ErrNotFound  = errors.New("no such name")                 // NXDOMAIN, or no name that DNS could carry
	ErrNoData    = errors.New("the name has no such records") // the name exists
	ErrTemporary = errors.New("no server gave an answer")     // time-out, SERVFAIL, REFUSED, unreachable
)

// A Resolver looks names up in one world.
type Resolver struct {
	// Dirs are searched in turn for hosts, resolv.conf and nsswitch.conf: /etc, or /etc/netns/NAME before it.
	Dirs []string
	// Hostname gives the default search domain when resolv.conf has none.
	Hostname func() (string, error)
	// Servers are asked in the place of those that resolv.conf names.
	Servers []netip.AddrPort
	// Search are tried behind a short name in the place of resolv.conf's domains.
	Search []string
	// Dial opens "udp" and "tcp" sockets to a server.
	Dial func(ctx context.Context, network, addr string) (net.Conn, error)
	// Now is the world's time, which socket deadlines are in.
	Now func() time.Time
}

// Want says which addresses are asked for.
type Want struct{ V4, V6 bool }

// An Answer is what a name resolves to.
type Answer struct {
	Name    string   // canonical
	Aliases []string // other names that /etc/hosts has
	Addrs   []netip.Addr
}

// Lookup finds the addresses of name, in the order the source gives them: IPv4 before IPv6.
func (r *Resolver) Lookup(ctx context.Context, name string, want Want) (Answer, error) {
	err := ErrNotFound
	for _, source := range r.sources() {
		var a Answer
		switch source {
		case "files":
			a, err = r.hosts().lookup(name, want)
		case "dns":
			a, err = r.lookupDNS(ctx, name, want)
		}
		if err == nil || ctx.Err() != nil {
			return a, err
		}
	}
	return Answer{}, err
}

// Reverse finds the names of an address, the canonical one first.
func (r *Resolver) Reverse(ctx context.Context, addr netip.Addr) ([]string, error) {
	err := ErrNotFound
	for _, source := range r.sources() {
		var names []string
		switch source {
		case "files":
			names, err = r.hosts().reverse(addr)
		case "dns":
			names, err = r.reverseDNS(ctx, addr)
		}
		if err == nil || ctx.Err() != nil {
			return names, err
		}
	}
	return nil, err
}

// read is the content of a configuration file, from the first of Dirs that has it.
func (r *Resolver) read(name string) ([]byte, error) {
	var err error
	for _, dir := range r.Dirs {
		var b []byte
		if b, err = os.ReadFile(filepath.Join(dir, name)); err == nil {
			return b, nil
		}
	}
	return nil, err
}

//go:build unix

package network

import (
	"context"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"time"

	"moonwire/host/network/resolver"
)

// LookupHost asks /etc/hosts and DNS, in the order of /etc/nsswitch.conf.
func (k *kernel) LookupHost(ctx context.Context, name string, f Family) (Host, error) {
	a, err := k.resolver().Lookup(ctx, name, resolver.Want{V4: f != AFInet6, V6: f != AFInet})
	if err != nil {
		return Host{}, LookupError(name, err)
	}
	return Host{Name: a.Name, Aliases: a.Aliases, Addrs: a.Addrs}, nil
}

// LookupAddr asks /etc/hosts and DNS for the names of an address.
func (k *kernel) LookupAddr(ctx context.Context, a netip.Addr) ([]string, error) {
	names, err := k.resolver().Reverse(ctx, a)
	if err != nil {
		return nil, LookupError(a.String(), err)
	}
	return names, nil
}

// resolver reads the files that ip-netns(8) would show a program in k's namespace.
func (k *kernel) resolver() *resolver.Resolver {
	r := &resolver.Resolver{Dirs: []string{"/etc"}, Hostname: os.Hostname, Dial: k.dialServer, Now: time.Now}
	if own := k.etc(); own != "" {
		r.Dirs = []string{own, "/etc"}
	}
	return r
}

// etc is where ip-netns(8) looks for files of /etc that a named namespace has of its own; "" when it has no name.
func (k *kernel) etc() string {
	dir, name := filepath.Split(k.name)
	if name == "" || dir != "" && dir != "/run/netns/" && dir != "/var/run/netns/" {
		return ""
	}
	return filepath.Join("/etc/netns", name)
}

// dialServer opens a socket to a name server.
func (k *kernel) dialServer(ctx context.Context, network, addr string) (net.Conn, error) {
	return DialServer(ctx, k, network, addr)
}

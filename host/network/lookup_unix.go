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
		return Host{}, lookupError(name, err)
	}
	return Host{Name: a.Name, Aliases: a.Aliases, Addrs: a.Addrs}, nil
}

// LookupAddr asks /etc/hosts and DNS for the names of an address.
func (k *kernel) LookupAddr(ctx context.Context, a netip.Addr) ([]string, error) {
	names, err := k.resolver().Reverse(ctx, a)
	if err != nil {
		return nil, lookupError(a.String(), err)
	}
	return names, nil
}

// resolver reads the files that ip-netns(8) would show a program in k's namespace.
func (k *kernel) resolver() *resolver.Resolver {
	r := &resolver.Resolver{Dirs: []string{"/etc"}, Hostname: os.Hostname, Dial: k.dialServer, Now: time.Now}
	if k.name != "" {
		r.Dirs = []string{filepath.Join("/etc/netns", filepath.Base(k.name)), "/etc"}
	}
	return r
}

// dialServer opens a socket to a name server.
func (k *kernel) dialServer(ctx context.Context, network, addr string) (net.Conn, error) {
	if network == "tcp" {
		return dialNumeric(ctx, k, network, addr, nil)
	}
	p, err := k.Packet(ctx, network, nil)
	if err != nil {
		return nil, err
	}
	a, err := netip.ParseAddrPort(addr)
	if err == nil {
		err = p.Connect(net.UDPAddrFromAddrPort(a))
	}
	if err != nil {
		p.Close()
		return nil, err
	}
	return datagrams{p}, nil
}

// datagrams makes a net.Conn of a connected datagram socket.
type datagrams struct{ PacketConn }

func (d datagrams) Read(b []byte) (int, error) {
	n, _, err := d.ReadFrom(b)
	return n, err
}

func (d datagrams) Write(b []byte) (int, error) { return d.WriteTo(b, nil) }

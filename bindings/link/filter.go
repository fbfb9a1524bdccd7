package link

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"runtime"

	"golang.org/x/net/bpf"

	"moonwire/host/decl"
	"moonwire/host/filter"
	"moonwire/host/network"
)

// linkTypes are the numbers of link types in capture files, by their names in package network.
var linkTypes = map[string]uint32{"ethernet": 1, "ip": 101, "linux_sll2": 276}

// compile makes a program of an expression; nil lets everything through.
func (l *Link) compile(ctx context.Context, expression string) ([]bpf.RawInstruction, error) {
	if expression == "" {
		return nil, nil
	}
	p, err := filter.Compile(expression, filter.Options{LinkType: linkTypes[l.iface.LinkType], Snap: l.opts.Snap,
		Live: runtime.GOOS == "linux" && !network.From(ctx).Caps().Lab, Netmask: netmask(l.iface), Names: filter.Names{Host: lookup(ctx)}})
	var bad *filter.Error
	if errors.As(err, &bad) {
		return nil, decl.BadArg("filter", "%s", filterFault(bad))
	}
	return p.Instructions(), err
}

// filterFault says what is wrong with an expression, and where.
func filterFault(bad *filter.Error) string {
	return fmt.Sprintf("%s at column %d of '%s'", bad.Reason, bad.Column, bad.Expression)
}

// lookup finds the addresses of hosts by their names, in the current world.
func lookup(ctx context.Context) func(string) ([]netip.Addr, error) {
	return func(name string) ([]netip.Addr, error) {
		h, err := network.From(ctx).LookupHost(ctx, name, network.AFUnspec)
		return h.Addrs, err
	}
}

// netmask is the mask of an interface's first IPv4 network, for "ip broadcast".
func netmask(i network.Interface) uint32 {
	for _, p := range i.Addrs {
		if p.Addr().Is4() {
			return binary.BigEndian.Uint32(net.CIDRMask(p.Bits(), 32))
		}
	}
	return 0
}

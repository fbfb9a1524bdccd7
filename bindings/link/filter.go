package link

import (
	"context"
	"encoding/binary"
	"net"
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
		Live: runtime.GOOS == "linux" && !network.From(ctx).Caps().Virtual, Netmask: netmask(l.iface)})
	if err != nil {
		return nil, decl.BadArg("filter", "%s", err)
	}
	return p.Instructions(), nil
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

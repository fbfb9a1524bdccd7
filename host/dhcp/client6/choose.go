package client6

import (
	"context"
	"net"
	"net/netip"
	"slices"
	"strings"

	"moonwire/host/network"
)

// Choose finds the interface that a client is meant for where none is named: the only one that is up and has no address
// but a link-local one, else the only one that is up.
func Choose(ctx context.Context) (string, error) {
	list, err := network.From(ctx).Interfaces()
	if err != nil {
		return "", err
	}
	var up, bare []string
	for _, i := range list {
		if i.Flags&net.FlagUp == 0 || i.Flags&net.FlagLoopback != 0 || len(i.MAC) != 6 {
			continue
		}
		up = append(up, i.Name)
		if !slices.ContainsFunc(i.Addrs, wide) {
			bare = append(bare, i.Name)
		}
	}
	switch {
	case len(bare) == 1:
		return bare[0], nil
	case len(up) == 1:
		return up[0], nil
	case len(up) == 0:
		return "", refuse("notfound", "no interface with a MAC address is up")
	}
	return "", refuse("notfound", "which interface? give one of %s", strings.Join(up, ", "))
}

// wide says whether an address is IPv6's and reaches beyond its link.
func wide(p netip.Prefix) bool { return p.Addr().Is6() && !p.Addr().IsLinkLocalUnicast() }

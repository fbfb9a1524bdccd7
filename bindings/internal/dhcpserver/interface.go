package dhcpserver

import (
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"

	"moonwire/host/decl"
	"moonwire/host/network"
)

// A Family is a version of IP.
type Family struct {
	Name string // "IPv4", "IPv6"
	Is   func(netip.Addr) bool
}

// The families.
var (
	IPv4 = Family{"IPv4", netip.Addr.Is4}
	IPv6 = Family{"IPv6", netip.Addr.Is6}
)

// ChooseInterface finds the interface to serve: the one the script was told, or the one with an address that fits one of the
// subnets, or the only one with an address.
func ChooseInterface(n network.Network, given string, ip Family, fits func(netip.Prefix) bool) (string, error) {
	if given != "" {
		return given, nil
	}
	list, err := n.Interfaces()
	if err != nil {
		return "", err
	}
	var all, fit []string
	for _, i := range list {
		for _, a := range i.Addrs {
			if !ip.Is(a.Addr()) || i.Flags&net.FlagLoopback != 0 || i.Flags&net.FlagUp == 0 {
				continue
			}
			all = append(all, i.Name)
			if fits(a) {
				fit = append(fit, i.Name)
			}
		}
	}
	all, fit = slices.Compact(all), slices.Compact(fit)
	switch {
	case len(fit) == 1:
		return fit[0], nil
	case len(all) == 1:
		return all[0], nil
	case len(all) == 0:
		return "", decl.Refuse(decl.NotFound, fmt.Errorf("no interface has an %s address, which a server needs", ip.Name))
	}
	return "", decl.Refuse(decl.NotFound, fmt.Errorf("which interface? Say iface= (there are: %s)", strings.Join(all, ", ")))
}

package dhcp

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"

	"moonwire/host/dhcp/lease"
	"moonwire/host/dhcp/server4"
	"moonwire/host/network"
)

// fitsOne says whether an interface's network is that of one of the subnets.
func fitsOne(subnets []server4.Subnet) func(netip.Prefix) bool {
	return func(a netip.Prefix) bool {
		return slices.ContainsFunc(subnets, func(s server4.Subnet) bool { return fits(s, a) })
	}
}

// fits says whether an interface's network is that of a subnet, or the one that its pools are in.
func fits(s server4.Subnet, a netip.Prefix) bool {
	if s.Prefix.IsValid() {
		return s.Prefix.Contains(a.Addr())
	}
	return len(s.Ranges) > 0 && a.Masked().Contains(s.Ranges[0].First)
}

// settleSubnets gives the subnets that were named by their pools alone, or not at all, the prefix of the interface.
func settleSubnets(n network.Network, c *server4.Config) error {
	list, err := n.Interfaces()
	if err != nil {
		return err
	}
	i := slices.IndexFunc(list, func(i network.Interface) bool { return i.Name == c.Interface })
	if i < 0 {
		return nil // the server says so
	}
	for j := range c.Subnets {
		s := &c.Subnets[j]
		if s.Prefix.IsValid() {
			continue
		}
		for _, a := range list[i].Addrs {
			if a.Addr().Is4() && (len(s.Ranges) == 0 || fits(*s, a)) {
				s.Prefix = a.Masked()
				break
			}
		}
		switch {
		case !s.Prefix.IsValid() && len(s.Ranges) > 0:
			return fmt.Errorf("%s has no address in the network of the pool %s: say subnet=", c.Interface, s.Ranges[0])
		case !s.Prefix.IsValid():
			return nil // the server says so
		case len(s.Ranges) == 0 && len(c.Reservations) == 0:
			r, err := upperHalf(s.Prefix)
			if err != nil {
				return err
			}
			s.Ranges = []lease.Range{r}
		}
	}
	return nil
}

// upperHalf is the pool of who names none.
func upperHalf(p netip.Prefix) (lease.Range, error) {
	if p.Bits() > 29 {
		return lease.Range{}, errors.New("the network " + p.String() + " is too small to choose a pool: say pool=")
	}
	last := lease.Span(p).Last
	half := last.As4()
	n := p.Bits() // the first bit of the host
	half[n/8] |= 0x80 >> (n % 8)
	first := p.Addr().As4()
	first[n/8] |= 0x80 >> (n % 8)
	return lease.Range{First: netip.AddrFrom4(first), Last: last.Prev()}, nil
}

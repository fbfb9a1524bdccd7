package dhcp6

import (
	"fmt"
	"net/netip"
	"slices"

	"moonwire/host/dhcp/lease"
	"moonwire/host/dhcp/server6"
	"moonwire/host/network"
)

// fitsOne says whether an interface's network is that of one of the subnets.
func fitsOne(subnets []server6.Subnet) func(netip.Prefix) bool {
	return func(a netip.Prefix) bool {
		return !a.Addr().IsLinkLocalUnicast() && slices.ContainsFunc(subnets, func(s server6.Subnet) bool { return fits(s, a) })
	}
}

// fits says whether an interface's network is that of a subnet, or the one that its pools are in.
func fits(s server6.Subnet, a netip.Prefix) bool {
	if s.Prefix.IsValid() {
		return s.Prefix.Contains(a.Addr())
	}
	return len(s.Ranges) > 0 && a.Masked().Contains(s.Ranges[0].First)
}

// settleSubnets gives the subnets that were named by their pools alone, or not at all, the prefix of the interface. One that
// only delegates prefixes needs no more than the link-local one.
func settleSubnets(n network.Network, c *server6.Config) error {
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
		var local netip.Prefix
		for _, a := range list[i].Addrs {
			switch {
			case !a.Addr().Is6():
			case a.Addr().IsLinkLocalUnicast():
				local = a.Masked()
			case !s.Prefix.IsValid() && (len(s.Ranges) == 0 || fits(*s, a)):
				s.Prefix = a.Masked()
			}
		}
		if err := settle(s, c, local); err != nil {
			return err
		}
	}
	return nil
}

func settle(s *server6.Subnet, c *server6.Config, local netip.Prefix) error {
	only := len(s.Delegations) > 0 || len(c.Reservations) > 0
	switch {
	case s.Prefix.IsValid() && len(s.Ranges) == 0 && !only:
		r, err := somePool(s.Prefix)
		s.Ranges = []lease.Range{r}
		return err
	case s.Prefix.IsValid():
		return nil
	case len(s.Ranges) > 0:
		return fmt.Errorf("%s has no address in the network of the pool %s: say subnet=", c.Interface, s.Ranges[0])
	case only && local.IsValid():
		s.Prefix = local
		return nil
	}
	return fmt.Errorf("%s has no IPv6 address beside the link-local one: say subnet= and pool=", c.Interface)
}

// somePool is the pool of who names none: the addresses that end in 1000 to 1fff.
func somePool(p netip.Prefix) (lease.Range, error) {
	if p.Bits() > 112 {
		return lease.Range{}, fmt.Errorf("the network %s is too small to choose a pool: say pool=", p)
	}
	first := p.Addr().As16()
	last := first
	first[14], last[14], last[15] = 0x10, 0x1f, 0xff
	return lease.Range{First: netip.AddrFrom16(first), Last: netip.AddrFrom16(last)}, nil
}

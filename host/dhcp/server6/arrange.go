package server6

import (
	"fmt"
	"net/netip"
	"slices"

	"moonwire/host/dhcp/lease"
)

// subnet, class and reservation are their namesakes of Config at work.
type subnet struct {
	*Subnet
	addresses []*lease.Pool
	prefixes  []prefixes
}

// prefixes is a pool of prefixes of a length.
type prefixes struct {
	*lease.Pool
	Delegation
}

type class struct {
	*Class
	addresses []*lease.Pool
}

type reservation struct{ *Reservation }

// arrange makes pools and looks up who is where.
func (s *Server) arrange() error {
	for i := range s.config.Subnets {
		if err := s.addSubnet(&s.config.Subnets[i]); err != nil {
			return err
		}
	}
	for i := range s.config.Classes {
		c := &class{Class: &s.config.Classes[i]}
		var err error
		if c.addresses, err = s.pool(c.Name, c.Ranges); err != nil {
			return err
		}
		s.classes = append(s.classes, c)
	}
	for _, a := range s.iface.Addrs {
		s.table.Reserve(lease.Whole(a.Addr()))
	}
	for i := range s.config.Reservations {
		s.addReservation(&reservation{&s.config.Reservations[i]})
	}
	return nil
}

func (s *Server) addSubnet(c *Subnet) (err error) {
	n := &subnet{Subnet: c}
	for _, other := range s.subnets {
		if other.Prefix.Overlaps(n.Prefix) {
			return fmt.Errorf("the subnets %s and %s overlap", other.Prefix, n.Prefix)
		}
	}
	for _, r := range n.Ranges {
		if !n.Prefix.Contains(r.First) || !n.Prefix.Contains(r.Last) {
			return fmt.Errorf("the pool %s is not inside of %s", r, n.Prefix)
		}
	}
	if n.addresses, err = s.pool(n.Prefix.String(), n.Ranges); err != nil {
		return err
	}
	for _, d := range n.Delegations {
		p, err := s.table.NewPool(fmt.Sprintf("%s/%d", d.Range, d.Length), d.Length, d.Range)
		if err != nil {
			return err
		}
		n.prefixes = append(n.prefixes, prefixes{p, d})
	}
	s.subnets = append(s.subnets, n)
	if slices.ContainsFunc(s.iface.Addrs, func(a netip.Prefix) bool { return n.Prefix.Contains(a.Addr()) }) {
		s.local = append(s.local, n)
	}
	s.table.Reserve(lease.Whole(n.Prefix.Masked().Addr())) // the routers' (RFC 4291 section 2.6.1)
	return nil
}

func (s *Server) pool(name string, ranges []lease.Range) ([]*lease.Pool, error) {
	if len(ranges) == 0 {
		return nil, nil
	}
	p, err := s.table.NewPool(name, 128, ranges...)
	if err != nil {
		return nil, err
	}
	return []*lease.Pool{p}, nil
}

func (s *Server) addReservation(x *reservation) {
	if x.DUID != "" {
		s.reservations["duid "+string(x.DUID)] = x
	}
	if len(x.MAC) > 0 {
		s.reservations["mac "+string(x.MAC)] = x
	}
	for _, a := range x.Addresses {
		s.table.Reserve(lease.Whole(a))
	}
	s.table.Reserve(x.Prefixes...)
}

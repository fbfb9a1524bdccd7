package server6

import (
	"encoding/binary"
	"errors"
	"net/netip"
	"slices"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/lease"
)

// assign finds something for an identity association, and holds it.
func (s *Server) assign(r *Request, ia dhcp6.IA) (lease.Binding, error) {
	c := lease.Claim{Client: r.Client(ia), MAC: r.MAC, Name: r.Name(), Hold: s.config.OfferTime}
	if c.Fixed = s.reserved(r, ia, c.Client); !c.Fixed.IsValid() {
		c.Pools, c.Wish = r.pools(ia), r.wish(ia)
		if len(c.Pools) == 0 {
			return lease.Binding{}, errors.New("nothing to give on this link")
		}
	}
	return s.table.Offer(c)
}

// reserved is what only this client gets: the first that is free or this association's already.
func (s *Server) reserved(r *Request, ia dhcp6.IA, c lease.Client) (free netip.Prefix) {
	if r.reservation == nil || ia.Code == dhcp6.IATA {
		return netip.Prefix{}
	}
	for _, p := range r.reservation.of(ia.Code) {
		b, known := s.table.Get(p)
		switch {
		case known && b.Client == c:
			return p
		case !free.IsValid() && (!known || b.State == lease.Expired || b.State == lease.Released):
			free = p
		}
	}
	return free
}

// of is what is reserved of a kind.
func (x *Reservation) of(code uint16) (all []netip.Prefix) {
	if code == dhcp6.IAPD {
		return x.Prefixes
	}
	for _, a := range x.Addresses {
		all = append(all, lease.Whole(a))
	}
	return all
}

// pools are where an identity association's leases may come from.
func (r *Request) pools(ia dhcp6.IA) (list []*lease.Pool) {
	if ia.Code == dhcp6.IAPD {
		return r.prefixPools(ia)
	}
	for _, c := range r.classify() {
		for i, p := range c.addresses {
			if on(r.subnets, c.Ranges[i].First) {
				list = append(list, p)
			}
		}
	}
	if len(list) > 0 {
		return list
	}
	for _, n := range r.subnets {
		list = append(list, n.addresses...)
	}
	return list
}

// prefixPools are the pools of prefixes; first those of the length that the client would like (RFC 8168).
func (r *Request) prefixPools(ia dhcp6.IA) (list []*lease.Pool) {
	length := -1
	for _, p := range ia.Prefixes() {
		length = p.Prefix.Bits()
	}
	var others []*lease.Pool
	for _, n := range r.subnets {
		for _, p := range n.prefixes {
			if p.Length == length {
				list = append(list, p.Pool)
			} else {
				others = append(others, p.Pool)
			}
		}
	}
	return append(list, others...)
}

// wish is what the client would like. Temporary addresses are as good as chance (RFC 8415 section 13.2).
func (r *Request) wish(ia dhcp6.IA) netip.Prefix {
	for _, p := range held(ia) {
		if ia.Code != dhcp6.IAPD && on(r.subnets, p.Addr()) || ia.Code == dhcp6.IAPD && !p.Addr().IsUnspecified() {
			return p
		}
	}
	if ia.Code != dhcp6.IATA {
		return netip.Prefix{}
	}
	for _, n := range r.subnets {
		for _, x := range n.Ranges {
			return lease.Whole(r.server.within(x))
		}
	}
	return netip.Prefix{}
}

// within is an address of a range by chance; of the last 64 bits alone.
func (s *Server) within(x lease.Range) netip.Addr {
	first, last := x.First.As16(), x.Last.As16()
	low, high := binary.BigEndian.Uint64(first[8:]), binary.BigEndian.Uint64(last[8:])
	if string(first[:8]) != string(last[:8]) {
		high = ^uint64(0)
	}
	size := high - low + 1 // 0 is all of them
	n := s.rand.Uint64()
	if size != 0 {
		n %= size
	}
	binary.BigEndian.PutUint64(first[8:], low+n)
	return netip.AddrFrom16(first)
}

// appropriate says whether all that an identity association lists is of the client's link.
func (r *Request) appropriate(ia dhcp6.IA) bool {
	for _, p := range held(ia) {
		if p.Addr().IsUnspecified() { // a wish for a length
			continue
		}
		if !r.fits(ia.Code, p) {
			return false
		}
	}
	return true
}

// fits says whether something of a kind is of the client's link.
func (r *Request) fits(code uint16, p netip.Prefix) bool {
	if r.reservation != nil && slices.Contains(r.reservation.of(code), p) {
		return true
	}
	if code != dhcp6.IAPD {
		return on(r.subnets, p.Addr())
	}
	for _, n := range r.subnets {
		for _, pool := range n.prefixes {
			if pool.Range.Contains(p.Addr()) {
				return true
			}
		}
	}
	return false
}

// may says whether the client may keep what it holds.
func (r *Request) may(ia dhcp6.IA, p netip.Prefix) bool {
	if r.reservation != nil && len(r.reservation.of(ia.Code)) > 0 && ia.Code != dhcp6.IATA {
		return slices.Contains(r.reservation.of(ia.Code), p)
	}
	return slices.ContainsFunc(r.pools(ia), func(pool *lease.Pool) bool { return pool.Contains(p) })
}

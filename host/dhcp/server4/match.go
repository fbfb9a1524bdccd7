package server4

import (
	"net/netip"
	"slices"

	"moonwire/host/dhcp/lease"
)

// subnet, class and reservation are their namesakes of Config at work.
type subnet struct {
	*Subnet
	pools []*lease.Pool
}

type class struct {
	*Class
	pools []*lease.Pool
}

type reservation struct{ *Reservation }

// reservationOf is the client's reservation in the network that it is in.
func (s *Server) reservationOf(r *Request, id []byte) *reservation {
	if len(s.reservations) == 0 {
		return nil
	}
	for _, key := range [...]string{"id " + string(id), "circuit " + string(suboption(r.agent, circuitID)), "mac " + string(r.Message.MAC())} {
		for _, x := range s.reservations[key] {
			if !x.Address.IsValid() || inSubnets(r.subnets, x.Address) {
				return x
			}
		}
	}
	return nil
}

// keys are what a reservation is found by.
func (x *Reservation) keys() (list []string) {
	if len(x.ClientID) > 0 {
		list = append(list, "id "+string(x.ClientID))
	}
	if len(x.CircuitID) > 0 {
		list = append(list, "circuit "+string(x.CircuitID))
	}
	if len(x.MAC) > 0 {
		list = append(list, "mac "+string(x.MAC))
	}
	return list
}

func inSubnets(list []*subnet, a netip.Addr) bool {
	for _, n := range list {
		if n.Prefix.Contains(a) {
			return true
		}
	}
	return false
}

// subnetsOf are the subnets of the network that an address is in; of 0.0.0.0 those of the server's own link.
func (s *Server) subnetsOf(a netip.Addr) []*subnet {
	if a.IsUnspecified() {
		return s.local
	}
	if inSubnets(s.local, a) {
		return s.local
	}
	for i, n := range s.subnets {
		if n.Prefix.Contains(a) {
			return s.subnets[i : i+1]
		}
	}
	return nil
}

// pools are where a client's address may come from.
func (r *Request) pools() (list []*lease.Pool) {
	for _, c := range r.classes {
		for _, p := range c.pools {
			if slices.ContainsFunc(r.subnets, func(n *subnet) bool { return p.Within(n.Prefix) }) {
				list = append(list, p)
			}
		}
	}
	if len(list) > 0 {
		return list
	}
	if len(r.subnets) == 1 {
		return r.subnets[0].pools
	}
	for _, n := range r.subnets {
		list = append(list, n.pools...)
	}
	return list
}

// may says whether a client may have an address at all, if nobody else has it.
func (r *Request) may(a netip.Addr) bool {
	if r.reservation != nil && r.reservation.Address.IsValid() {
		return r.reservation.Address == a
	}
	for _, p := range r.pools() {
		if p.Contains(lease.Whole(a)) {
			return !r.server.table.Reserved(lease.Whole(a))
		}
	}
	return false
}

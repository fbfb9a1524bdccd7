package server6

import (
	"net/netip"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/lease"
)

// released takes leases back (RFC 8415 section 18.3.7).
func (s *Server) released(r *Request) *Answer {
	return s.giveBack(r, "released", func(c lease.Client, p netip.Prefix) bool { return s.table.Release(c, p) })
}

// declined notes that addresses are in use (RFC 8415 section 18.3.8).
func (s *Server) declined(r *Request) *Answer {
	return s.giveBack(r, "declined", func(c lease.Client, p netip.Prefix) bool {
		return s.table.Decline(c, p, s.config.DeclineTime)
	})
}

// giveBack answers with success, and with NoBinding for what isn't the client's.
func (s *Server) giveBack(r *Request, what string, take func(lease.Client, netip.Prefix) bool) *Answer {
	m := r.status(dhcp6.Success, what)
	type one struct {
		client lease.Client
		prefix netip.Prefix
	}
	var gone []one
	for _, ia := range r.Message.Options.IAs() {
		c := r.Client(ia)
		if len(s.leases(c)) == 0 {
			m.Options.Add(refused(ia, dhcp6.NoBinding, "nothing is leased to you under this number"))
			continue
		}
		for _, p := range held(ia) {
			gone = append(gone, one{c, p})
		}
	}
	return &Answer{Message: m, act: func() {
		for _, x := range gone {
			if take(x.client, x.prefix) {
				s.note(Event{Kind: what, Prefix: x.prefix, Client: x.client, Request: r})
			}
		}
	}}
}

// held is what an identity association lists.
func held(ia dhcp6.IA) (all []netip.Prefix) {
	for _, a := range ia.Addresses() {
		all = append(all, lease.Whole(a.Address))
	}
	for _, p := range ia.Prefixes() {
		all = append(all, p.Prefix)
	}
	return all
}

// leases are what a client holds now.
func (s *Server) leases(c lease.Client) (all []lease.Binding) {
	for _, b := range s.table.Of(c) {
		if b.State == lease.Bound {
			all = append(all, b)
		}
	}
	return all
}

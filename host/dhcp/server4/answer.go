package server4

import (
	"errors"
	"net/netip"
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/lease"
	"moonwire/host/dhcp/option"
	"moonwire/host/dhcp/tally"
)

// An Answer is what the server does about a request.
type Answer struct {
	Message *dhcp4.Message // nil: nothing is sent
	Delay   time.Duration  // before it is
	Drop    *tally.Drop    // why nothing is sent; nil where no answer belongs

	act      func() // what it means for the leases, beside what Message says
	fresh    bool   // it offers what the client never had
	scripted bool   // a script has changed it: it says what it says
}

// Answer makes the server's own answer. Nothing but an offer's hold is done before it is sent.
func (s *Server) Answer(r *Request) *Answer {
	if r.drop != nil {
		return &Answer{Drop: r.drop}
	}
	r.classify()
	switch r.Message.Type() {
	case dhcp4.Discover:
		return s.discovered(r)
	case dhcp4.Request:
		return s.requested(r)
	case dhcp4.Decline:
		return s.declined(r)
	case dhcp4.Release:
		return s.released(r)
	case dhcp4.Inform:
		return s.informed(r)
	case 0:
		if !r.Message.Has(option.MessageType) {
			return s.bootp(r)
		}
	}
	return silent("unknown type", r.Message.Type().String())
}

// Refusal is a NAK that a script wants.
func (s *Server) Refusal(r *Request, why string) *Answer {
	return &Answer{Message: r.nak(why), scripted: true}
}

// Reply is a message that a script wants to be sent.
func Reply(m *dhcp4.Message) *Answer { return &Answer{Message: m, scripted: true} }

// Silence is what a script says by saying nothing.
func Silence() *Answer { return silent("the handler said nothing", "") }

// Script marks an answer as one that a script has changed: what it gives away is given, whoever had it.
func (a *Answer) Script() { a.scripted = true }

// silent is an answer that isn't given.
func silent(reason, detail string) *Answer { return &Answer{Drop: tally.Because(reason, detail)} }

// claim is what the client may get.
func (r *Request) claim(wish netip.Addr) lease.Claim {
	c := lease.Claim{Client: r.client, MAC: r.Message.MAC(), Name: r.Name(), Hold: r.server.config.OfferTime}
	if r.reservation != nil && r.reservation.Address.IsValid() {
		c.Fixed = lease.Whole(r.reservation.Address)
		return c
	}
	c.Pools = r.pools()
	if wish.IsValid() && !wish.IsUnspecified() {
		c.Wish = lease.Whole(wish)
	}
	return c
}

// discovered answers a discover (RFC 2131 section 4.3.1).
func (s *Server) discovered(r *Request) *Answer {
	b, err := s.table.Offer(r.claim(r.Message.Addr(option.RequestedAddress)))
	switch {
	case errors.Is(err, lease.ErrExhausted):
		return silent("no address left", string(r.client))
	case err != nil:
		return silent("reserved address taken", string(r.client))
	}
	t := dhcp4.Offer
	if s.config.RapidCommit && r.Message.Has(option.RapidCommit) {
		t = dhcp4.Ack // RFC 4039 section 3.1
	}
	a := &Answer{Message: r.lease(t, b.Address(), s.leaseTime(r, b)), fresh: b.State == lease.Offered}
	if t == dhcp4.Ack {
		insert(a.Message, option.RapidCommit, []byte{})
	}
	return a
}

// requested answers a request, by the client's state (RFC 2131 section 4.3.2).
func (s *Server) requested(r *Request) *Answer {
	m := r.Message
	wish, server := m.Addr(option.RequestedAddress), m.Addr(option.ServerIdentifier)
	switch {
	case server.IsValid() && !s.is(server, r): // selecting another server
		s.table.Withdraw(r.client)
		return silent("for another server", server.String())
	case server.IsValid():
		if !wish.IsValid() {
			wish = m.CIAddr // some clients
		}
		return s.grant(r, wish, true)
	case wish.IsValid() && !wish.IsUnspecified(): // init-reboot
		return s.grant(r, wish, false)
	case !m.CIAddr.IsUnspecified(): // renewing, rebinding
		return s.grant(r, m.CIAddr, false)
	}
	return silent("no address asked for", string(r.client))
}

// grant acknowledges an address, or refuses it. Who chose this server gets an answer in any case; else a server that isn't
// authoritative says nothing of what it doesn't know.
func (s *Server) grant(r *Request, a netip.Addr, chosen bool) *Answer {
	if !a.IsValid() || a.IsUnspecified() {
		return silent("no address asked for", string(r.client))
	}
	if !inSubnets(r.subnets, a) {
		return s.refuse(r, "wrong network", chosen || s.knows(r))
	}
	r.settle(a)
	b, known := s.table.Get(lease.Whole(a))
	mine := known && b.Client == r.client && b.State != lease.Declined
	switch {
	case mine && r.may(a):
	case known && (b.State == lease.Bound || b.State == lease.Offered || b.State == lease.Declined):
		return s.refuse(r, "the address is in use", chosen || s.knows(r))
	case !r.may(a):
		return s.refuse(r, "the address is not available", chosen || s.knows(r))
	case !chosen && !s.config.Authoritative && !s.knows(r):
		return silent("not known", string(r.client))
	case !chosen && s.elsewhere(r, a):
		return s.refuse(r, "the lease is for another address", true)
	}
	return &Answer{Message: r.lease(dhcp4.Ack, a, s.leaseTime(r, b))}
}

// knows says whether the client has or had a lease here.
func (s *Server) knows(r *Request) bool { return len(s.table.Of(r.client)) > 0 }

// elsewhere says whether the client has a lease for another address of the network.
func (s *Server) elsewhere(r *Request, a netip.Addr) bool {
	for _, b := range s.table.Of(r.client) {
		if b.State == lease.Bound && b.Address() != a && inSubnets(r.subnets, b.Address()) {
			return true
		}
	}
	return false
}

// refuse is a NAK; without authority only when sure.
func (s *Server) refuse(r *Request, why string, sure bool) *Answer {
	if !sure && !s.config.Authoritative {
		return silent("not authoritative", why)
	}
	return &Answer{Message: r.nak(why)}
}

// is says whether an identifier is this server's.
func (s *Server) is(a netip.Addr, r *Request) bool { return a == r.id || s.has(a) }

// declined notes that an address is in use (RFC 2131 section 4.3.3).
func (s *Server) declined(r *Request) *Answer {
	m := r.Message
	if server := m.Addr(option.ServerIdentifier); server.IsValid() && !s.is(server, r) {
		return silent("for another server", server.String())
	}
	a := m.Addr(option.RequestedAddress)
	if b, known := s.table.Get(lease.Whole(a)); !a.IsValid() || !known || b.Client != r.client {
		return silent("no such lease", string(r.client))
	}
	return &Answer{act: func() {
		if s.table.Decline(r.client, lease.Whole(a), s.config.DeclineTime) {
			s.note(Event{Kind: "declined", Address: a, Request: r})
		}
	}}
}

// released takes a lease back (RFC 2131 section 4.3.4).
func (s *Server) released(r *Request) *Answer {
	m := r.Message
	if server := m.Addr(option.ServerIdentifier); server.IsValid() && !s.is(server, r) {
		return silent("for another server", server.String())
	}
	if b, known := s.table.Get(lease.Whole(m.CIAddr)); !known || b.Client != r.client || b.State != lease.Bound {
		return silent("no such lease", string(r.client))
	}
	return &Answer{act: func() {
		if s.table.Release(r.client, lease.Whole(m.CIAddr)) {
			s.note(Event{Kind: "released", Address: m.CIAddr, Request: r})
		}
	}}
}

// informed answers who has an address already (RFC 2131 section 4.3.5).
func (s *Server) informed(r *Request) *Answer {
	if r.Message.CIAddr.IsUnspecified() && (!r.Source.IsValid() || r.Source.Addr().IsUnspecified()) {
		return silent("no address", "an inform without ciaddr, from no address")
	}
	r.settle(r.Message.CIAddr)
	m := r.begin(dhcp4.Ack)
	r.configure(m)
	return &Answer{Message: m}
}

// bootp answers a client of BOOTP (RFC 951, RFC 1534).
func (s *Server) bootp(r *Request) *Answer {
	if !s.config.BOOTP {
		return silent("BOOTP", string(r.client))
	}
	b, err := s.table.Offer(r.claim(netip.Addr{}))
	if err != nil {
		return silent("no address left", string(r.client))
	}
	m := r.begin(0)
	r.settle(b.Address())
	m.YIAddr = b.Address()
	r.configure(m)
	return &Answer{Message: m}
}

package server6

import (
	"net/netip"
	"time"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/lease"
	"moonwire/host/dhcp/tally"
)

// An Answer is what the server does about a request.
type Answer struct {
	Message *dhcp6.Message // for the client; relay agents' messages are put around it when it is sent. nil: nothing is sent
	Delay   time.Duration  // before it is
	Drop    *tally.Drop    // why nothing is sent

	act      func() // what it means for the leases, beside what Message says
	scripted bool   // a script has changed it: it says what it says
}

// Answer makes the server's own answer. Nothing but an offer's hold is done before it is sent.
func (s *Server) Answer(r *Request) *Answer {
	switch {
	case r.drop != nil:
		return &Answer{Drop: r.drop}
	case len(r.Relays) == 0 && r.unicast() && !s.config.Unicast.IsValid():
		return &Answer{Message: r.status(dhcp6.UseMulticast, "send to the group of servers")} // RFC 8415 section 18.4
	}
	switch r.Type() {
	case dhcp6.Solicit:
		return s.solicited(r)
	case dhcp6.Request:
		return s.requested(r)
	case dhcp6.Confirm:
		return s.confirmed(r)
	case dhcp6.Renew:
		return s.renewed(r)
	case dhcp6.Rebind:
		return s.rebound(r)
	case dhcp6.Release:
		return s.released(r)
	case dhcp6.Decline:
		return s.declined(r)
	}
	return s.informed(r)
}

// Refusal is an answer with a status and nothing else: in each identity association, or where there is none for the whole.
func (s *Server) Refusal(r *Request, c dhcp6.StatusCode, text string) *Answer {
	ias := r.Message.Options.IAs()
	if len(ias) == 0 {
		return Reply(r.status(c, text))
	}
	m := r.begin(dhcp6.Reply)
	if r.Type() == dhcp6.Solicit {
		m.Type = dhcp6.Advertise
	}
	for _, ia := range ias {
		m.Options.Add(refused(ia, c, text))
	}
	return Reply(m)
}

// Give puts an address or a prefix into the first identity association of a kind in an answer, instead of what is there.
func (s *Server) Give(r *Request, m *dhcp6.Message, code uint16, p netip.Prefix) {
	for i, o := range m.Options {
		for _, ia := range (dhcp6.Options{o}).IAs(code) {
			m.Options[i] = r.granted(dhcp6.IA{Code: code, ID: ia.ID}, lease.Binding{Prefix: p})
			return
		}
	}
}

// Reply is a message that a script wants to be sent.
func Reply(m *dhcp6.Message) *Answer { return &Answer{Message: m, scripted: true} }

// Silence is what a script says by saying nothing.
func Silence() *Answer { return silent("the handler said nothing", "") }

// Script marks an answer as one that a script has changed: what it gives away is given, whoever had it.
func (a *Answer) Script() { a.scripted = true }

// silent is an answer that isn't given.
func silent(reason, detail string) *Answer { return &Answer{Drop: tally.Because(reason, detail)} }

// begin makes an answer with what every answer has (RFC 8415 section 18.3).
func (r *Request) begin(t dhcp6.Type) *dhcp6.Message {
	m := dhcp6.New(t, r.Message.XID)
	if r.DUID != "" {
		m.Set(dhcp6.ClientID, []byte(r.DUID))
	}
	m.Set(dhcp6.ServerID, []byte(r.server.duid))
	return m
}

// status is a reply that has nothing but a status.
func (r *Request) status(c dhcp6.StatusCode, text string) *dhcp6.Message {
	m := r.begin(dhcp6.Reply)
	m.Options.Add(dhcp6.Status{Code: c, Message: text}.Option())
	return m
}

// solicited answers a solicit (RFC 8415 sections 18.3.1 and 18.3.9).
func (s *Server) solicited(r *Request) *Answer {
	rapid := s.config.RapidCommit && r.Message.Options.Has(dhcp6.RapidCommit)
	m := r.begin(dhcp6.Advertise)
	if rapid {
		m = r.begin(dhcp6.Reply)
		m.Set(dhcp6.RapidCommit, []byte{})
	}
	given := 0
	for _, ia := range r.Message.Options.IAs() {
		b, err := s.assign(r, ia)
		if err != nil {
			m.Options.Add(refused(ia, none(ia), err.Error()))
			continue
		}
		given++
		m.Options.Add(r.granted(ia, b))
	}
	if rapid && given == 0 && len(r.Message.Options.IAs()) > 0 {
		m.Type = dhcp6.Advertise // nothing to commit
		m.Options.Replace(dhcp6.RapidCommit)
	}
	if p := s.config.Preference; p != nil && m.Type == dhcp6.Advertise {
		m.Set(dhcp6.Preference, []byte{*p})
	}
	s.configure(r, m)
	return &Answer{Message: m}
}

// requested answers a request (RFC 8415 section 18.3.2).
func (s *Server) requested(r *Request) *Answer {
	m := r.begin(dhcp6.Reply)
	for _, ia := range r.Message.Options.IAs() {
		if !r.appropriate(ia) {
			m.Options.Add(refused(ia, dhcp6.NotOnLink, "not of the link that you are on"))
			continue
		}
		b, err := s.assign(r, ia)
		if err != nil {
			m.Options.Add(refused(ia, none(ia), err.Error()))
			continue
		}
		m.Options.Add(r.granted(ia, b))
	}
	s.configure(r, m)
	return &Answer{Message: m}
}

// confirmed answers a confirm (RFC 8415 section 18.3.3).
func (s *Server) confirmed(r *Request) *Answer {
	some := false
	for _, ia := range r.Message.Options.IAs(dhcp6.IANA, dhcp6.IATA) {
		some = some || len(ia.Addresses()) > 0
		if !r.appropriate(ia) {
			return &Answer{Message: r.status(dhcp6.NotOnLink, "not all addresses are of the link that you are on")}
		}
	}
	if !some {
		return silent("nothing asked for", "a confirm without addresses")
	}
	return &Answer{Message: r.status(dhcp6.Success, "all addresses are of the link that you are on")}
}

// renewed answers a renew (RFC 8415 section 18.3.4).
func (s *Server) renewed(r *Request) *Answer {
	m := r.begin(dhcp6.Reply)
	for _, ia := range r.Message.Options.IAs() {
		o, known := s.extend(r, ia)
		if !known {
			o = refused(ia, dhcp6.NoBinding, "nothing is leased to you under this number")
		}
		m.Options.Add(o)
	}
	s.configure(r, m)
	return &Answer{Message: m}
}

// rebound answers a rebind (RFC 8415 section 18.3.5). Of leases that may be another server's it says nothing.
func (s *Server) rebound(r *Request) *Answer {
	m := r.begin(dhcp6.Reply)
	said := false
	for _, ia := range r.Message.Options.IAs() {
		if o, known := s.extend(r, ia); known {
			m.Options.Add(o)
			said = true
		}
	}
	if !said {
		return silent("not known", string(r.Client(r.Message.Options.IAs()[0])))
	}
	s.configure(r, m)
	return &Answer{Message: m}
}

// informed answers who wants no leases (RFC 8415 section 18.3.6).
func (s *Server) informed(r *Request) *Answer {
	m := r.begin(dhcp6.Reply)
	s.configure(r, m)
	return &Answer{Message: m}
}

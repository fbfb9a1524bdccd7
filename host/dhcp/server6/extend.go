package server6

import (
	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/lease"
)

// extend is what a renewal or a rebinding says to an identity association: what the client holds and may keep, something
// instead of what it may not keep, and an end to all else (RFC 8415 sections 18.3.4 and 18.3.5). It is false when the
// server knows nothing of it.
func (s *Server) extend(r *Request, ia dhcp6.IA) (dhcp6.Option, bool) {
	has := s.leases(r.Client(ia))
	if len(has) == 0 {
		return s.unknown(r, ia)
	}
	var keeps []lease.Binding
	for _, b := range has {
		if r.may(ia, b.Prefix) {
			keeps = append(keeps, b)
		}
	}
	if len(keeps) == 0 {
		b, err := s.assign(r, ia)
		if err == nil {
			keeps = append(keeps, b)
		}
	}
	return r.granted(ia, keeps...), true
}

// unknown is what is said to an identity association that nothing is leased to. One that lists nothing wants its first
// lease; one that lists what isn't of the link is told to give that up.
func (s *Server) unknown(r *Request, ia dhcp6.IA) (dhcp6.Option, bool) {
	switch lists := len(held(ia)) > 0; {
	case lists && !r.appropriate(ia):
		return r.granted(ia), true
	case lists:
		return dhcp6.Option{}, false
	}
	b, err := s.assign(r, ia)
	if err != nil {
		return refused(ia, none(ia), err.Error()), true
	}
	return r.granted(ia, b), true
}

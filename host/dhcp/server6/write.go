package server6

import (
	"maps"
	"math"
	"slices"
	"time"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/lease"
)

// none is the status of an identity association for which nothing is left.
func none(ia dhcp6.IA) dhcp6.StatusCode {
	if ia.Code == dhcp6.IAPD {
		return dhcp6.NoPrefixAvail
	}
	return dhcp6.NoAddrsAvail
}

// refused is an identity association with a status alone.
func refused(ia dhcp6.IA, c dhcp6.StatusCode, text string) dhcp6.Option {
	return dhcp6.IA{Code: ia.Code, ID: ia.ID, Options: dhcp6.Options{dhcp6.Status{Code: c, Message: text}.Option()}}.Option()
}

// granted is an identity association with what the client gets; gone is what it has to give up.
func (r *Request) granted(ia dhcp6.IA, b ...lease.Binding) dhcp6.Option {
	l := r.lifetimes()
	given := dhcp6.IA{Code: ia.Code, ID: ia.ID, T1: l.t1, T2: l.t2}
	for _, x := range b {
		if ia.Code == dhcp6.IAPD {
			given.Options.Add(dhcp6.IAPrefix{Prefix: x.Prefix, Preferred: l.preferred, Valid: l.valid}.Option())
		} else {
			given.Options.Add(dhcp6.IAAddress{Address: x.Address(), Preferred: l.preferred, Valid: l.valid}.Option())
		}
	}
	for _, p := range held(ia) { // RFC 8415 section 18.3.4: what the client must not use any more
		kept := slices.ContainsFunc(b, func(x lease.Binding) bool { return x.Prefix == p })
		switch {
		case kept, r.Type() == dhcp6.Solicit, r.Type() == dhcp6.Request:
		case ia.Code == dhcp6.IAPD:
			given.Options.Add(dhcp6.IAPrefix{Prefix: p}.Option())
		default:
			given.Options.Add(dhcp6.IAAddress{Address: p.Addr()}.Option())
		}
	}
	return given.Option()
}

// lifetimes are times in seconds, as options have them.
type lifetimes struct{ preferred, valid, t1, t2 uint32 }

func (r *Request) lifetimes() (l lifetimes) {
	valid := r.time(func(s *Settings) time.Duration { return s.Valid })
	if valid == 0 {
		valid = DefaultValid
	}
	preferred := part(valid, 5, 8)
	if d := r.time(func(s *Settings) time.Duration { return s.Preferred }); d != 0 {
		preferred = d
	}
	l.valid = seconds(valid)
	l.preferred = min(seconds(preferred), l.valid)
	t1, t2 := part(preferred, 1, 2), part(preferred, 4, 5) // RFC 8415 section 21.4
	if d := r.time(func(s *Settings) time.Duration { return s.Renewal }); d != 0 {
		t1 = d
	}
	if d := r.time(func(s *Settings) time.Duration { return s.Rebinding }); d != 0 {
		t2 = d
	}
	l.t2 = seconds(t2)
	l.t1 = min(seconds(t1), l.t2)
	return l
}

// part is a fraction of a time; of what never ends, for ever.
func part(d time.Duration, n, of time.Duration) time.Duration {
	if d == lease.Forever {
		return d
	}
	return d / of * n
}

// seconds is a time as options have it.
func seconds(d time.Duration) uint32 {
	if d == lease.Forever {
		return dhcp6.Infinity
	}
	return uint32(min(d/time.Second, math.MaxUint32-1))
}

// configure adds the options that are set for the client: those it asks for, in its order, or all when it gives no list.
func (s *Server) configure(r *Request, m *dhcp6.Message) {
	if s.config.Unicast.IsValid() && len(r.Relays) == 0 {
		m.Set(dhcp6.ServerUnicast, s.config.Unicast.AsSlice())
	}
	s.introduce(r, m)
	codes := r.requested
	if !r.asks {
		codes = r.configured()
	}
	for _, code := range codes {
		if !m.Options.Has(code) {
			m.Options = append(m.Options, r.option(code)...)
		}
	}
}

// configured are the codes of all options that are set, in order.
func (r *Request) configured() []uint16 {
	all := map[uint16]bool{}
	r.settings(func(s *Settings) bool {
		for code := range s.Options {
			all[code] = true
		}
		return false
	})
	return slices.Sorted(maps.Keys(all))
}

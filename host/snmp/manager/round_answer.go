package manager

import (
	"net/netip"
	"time"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/transport"
)

// drain takes what is there.
func (r *round) drain() {
	for range 2 * burst {
		a, ok := r.line.Try()
		if !ok {
			return
		}
		r.take(a)
	}
}

// take takes an answer, or the news that none will come.
func (r *round) take(a transport.Arrival) {
	if a.Refusal != nil {
		r.refused(a)
		return
	}
	r.stats.received.Add(1)
	m, err := message.Decode(a.Data)
	if err != nil || m.PDU == nil {
		r.stats.malformed.Add(1)
		return
	}
	i := int(m.PDU.RequestID - r.first)
	if i < 0 || i >= len(r.seats) {
		r.stats.late.Add(1)
		r.stats.wrongID.Add(1)
		return
	}
	s := &r.seats[i]
	switch {
	case s.done || s.sendings == 0:
		r.stats.late.Add(1)
	case !same(s.addr, a.From):
		r.stats.wrongAddress.Add(1)
		if s.odd == nil {
			s.odd = new(oddities)
		}
		s.odd.other(a.From)
	case m.Version != r.o.Version || m.PDU.Type != message.Response:
		r.stats.rejected.Add(1)
	default:
		r.answered(i, m, a.Time)
	}
}

// answered makes the result of an answer.
func (r *round) answered(i int, m *message.Message, at time.Time) {
	x := Result{Duration: at.Sub(r.seats[i].sent), Vars: m.PDU.Vars}
	if m.Err() != nil || m.PDU.ErrorStatus != message.NoError || len(x.Vars) != len(r.pdu.Vars) {
		x.Vars = nil
		x.Err = r.session(i).wrong(&message.PDU{Type: r.pdu.Type, RequestID: m.PDU.RequestID, Vars: r.pdu.Vars}, m)
	}
	r.end(i, x)
}

// refused ends the targets at an address that can't be reached.
func (r *round) refused(a transport.Arrival) {
	if r.byAddr == nil {
		r.byAddr = make(map[netip.AddrPort][]int, len(r.seats))
		for i := range r.seats {
			at := plain(r.seats[i].addr)
			r.byAddr[at] = append(r.byAddr[at], i)
		}
	}
	for _, i := range r.byAddr[plain(a.From)] {
		if s := &r.seats[i]; !s.done && s.sendings > 0 {
			r.fail(i, a.Refusal)
		}
	}
}

// plain is an address without its zone, which may be written in two ways.
func plain(a netip.AddrPort) netip.AddrPort {
	return netip.AddrPortFrom(a.Addr().WithZone(""), a.Port())
}

// fail makes the result of a target without an answer.
func (r *round) fail(i int, err error) {
	s := &r.seats[i]
	q := &question{timeout: r.o.Timeout, sendings: s.sendings}
	if s.odd != nil {
		q.odd = *s.odd
	}
	r.end(i, Result{Err: r.session(i).explain(q, err)})
}

// session is one for a target, for its errors.
func (r *round) session(i int) *Session {
	o := r.o.Options
	if c := r.targets[i].Community; c != nil {
		o.Community = c
	}
	return &Session{o: o, to: r.seats[i].addr}
}

// end notes a target's result.
func (r *round) end(i int, x Result) {
	s := &r.seats[i]
	x.Index, x.Addr, x.Sendings = i, s.addr, s.sendings
	r.results = append(r.results, x)
	if s.sendings > 0 {
		r.asked--
	}
	s.done = true
	r.left--
}

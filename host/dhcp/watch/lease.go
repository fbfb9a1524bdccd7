package watch

import (
	"net/netip"
	"time"
)

// A Lease is an address or prefix that a server lent to a client.
type Lease struct {
	Prefix   netip.Prefix // of one address, or delegated
	Client   Client
	Server   string
	State    string // bound, released, declined, expired or refused
	Time     time.Duration
	Renew    time.Duration // T1; 0: not said
	Rebind   time.Duration // T2
	Obtained time.Time     // when it was granted; zero when that was before the watch
	Latest   time.Time     // when it was granted or renewed the last time
	Renewals int
	Relay    netip.Addr // agent that passed it on; invalid when none did
	Circuit  string     // the agent's name of where the client is, as bytes

	due int // place in the list of those that will expire; -1: in none
}

// Expires is when it ends unless it is renewed; zero when never or not known.
func (l *Lease) Expires() time.Time {
	if l.Time == Forever || l.Latest.IsZero() {
		return time.Time{}
	}
	return l.Latest.Add(l.Time)
}

// Address is what is lent as text: an address, or a prefix.
func (l *Lease) Address() string { return addressText(l.Prefix) }

func addressText(p netip.Prefix) string {
	if p.IsSingleIP() {
		return p.Addr().String()
	}
	return p.String()
}

// States of a lease.
const (
	bound    = "bound"
	released = "released"
	declined = "declined"
	expired  = "expired"
	refused  = "refused"
)

// lease finds or makes the row of what is lent.
func (w *Watcher) lease(p netip.Prefix) *Lease {
	l := w.leases.get(p)
	if l == nil {
		l = &Lease{Prefix: p, due: -1}
		w.counts.Forgotten += w.leases.put(p, l)
	}
	return l
}

// become changes a lease's state.
func (w *Watcher) become(l *Lease, state string) {
	if w.opt.inPool(l.Prefix.Addr()) {
		switch {
		case state == bound && l.State != bound:
			w.used++
		case state != bound && l.State == bound:
			w.used--
		}
	}
	l.State = state
	w.due.set(l)
}

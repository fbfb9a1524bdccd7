package client6

import (
	"net/netip"
	"slices"
	"time"

	"moonwire/host/dhcp/dhcp6"
)

// The states of a lease.
const (
	Bound     = "bound"
	Renewing  = "renewing"
	Rebinding = "rebinding"
	Expired   = "expired"
	Released  = "released"
	Declined  = "declined"
	Lost      = "lost"
)

// A Lease is what a server gave a client: identity associations with addresses and prefixes.
type Lease struct {
	client   *Client
	ServerID dhcp6.DUID
	Server   netip.Addr // who sent the last Reply
	IAs      []IA
	Message  *dhcp6.Message // the last Reply
	Obtained time.Time      // when it came
	State    string

	unicast netip.Addr       // where the server wants to be written to (section 21.12)
	begun   bool             // Next has told that it is bound
	again   time.Time        // the moment before which a Renew or Rebind is not tried again
	told    map[Binding]bool // those that Next has called deprecated
	order   dhcp6.Type       // what a Reconfigure asked for; 0: nothing
	suspect bool             // the link was down: it may be another one now
}

// newLease makes a lease of a Reply.
func (c *Client) newLease(m *dhcp6.Message, asked []IA, from netip.Addr, at time.Time) *Lease {
	l := &Lease{client: c, State: Bound, told: map[Binding]bool{}}
	l.IAs = slices.Clone(asked)
	for i := range l.IAs {
		l.IAs[i].Bindings = nil
	}
	l.take(m, from, at)
	return l
}

// take takes over what a Reply says of the lease.
func (l *Lease) take(m *dhcp6.Message, from netip.Addr, at time.Time) {
	l.Message, l.Obtained, l.Server, l.ServerID = m, at, from, m.DUID(dhcp6.ServerID)
	l.unicast = netip.Addr{}
	if b, ok := m.Get(dhcp6.ServerUnicast); ok && len(b) == 16 {
		l.unicast = netip.AddrFrom16([16]byte(b))
	}
	before := l.addresses()
	for _, said := range readIAs(m.Options, at) {
		if ia := find(l.IAs, said); ia != nil {
			ia.update(said)
		}
	}
	l.hold(before)
}

// hold has the client's station answer for the lease's addresses, and no longer for those of before that are gone.
func (l *Lease) hold(before []netip.Addr) {
	now := l.addresses()
	for _, a := range before {
		if !slices.Contains(now, a) {
			l.client.station.Release(a)
		}
	}
	for _, a := range now {
		l.client.station.Hold(a)
	}
}

// drop takes bindings out of the lease: the client uses them no longer.
func (l *Lease) drop(which func(Binding) bool) {
	before := l.addresses()
	for i := range l.IAs {
		l.IAs[i].Bindings = slices.DeleteFunc(slices.Clone(l.IAs[i].Bindings), which)
	}
	l.hold(before)
}

// end is the end of the lease for that reason.
func (l *Lease) end(state string) {
	l.drop(func(Binding) bool { return true })
	l.State = state
}

// Ended says whether nothing of the lease is left.
func (l *Lease) Ended() bool { return len(l.bindings()) == 0 }

// bindings are all that the lease has.
func (l *Lease) bindings() (all []Binding) {
	for _, ia := range l.IAs {
		all = append(all, ia.Bindings...)
	}
	return all
}

// addresses are the lease's, prefixes left out.
func (l *Lease) addresses() (all []netip.Addr) {
	for _, ia := range l.IAs {
		if ia.Code == dhcp6.IAPD {
			continue
		}
		for _, b := range ia.Bindings {
			all = append(all, b.Addr())
		}
	}
	return all
}

// Times are when the lease is to be renewed (T1), to be rebound (T2), and when nothing of it is valid any more; zero is
// never. All identity associations are renewed together, when the first of them is due (section 18.2.4).
func (l *Lease) Times() (t1, t2, end time.Time) {
	for _, ia := range l.IAs {
		a, b := ia.times()
		t1, t2 = earliest(t1, a), earliest(t2, b)
	}
	for _, b := range l.bindings() {
		ends := b.Ends()
		if ends.IsZero() {
			return t1, t2, ends
		}
		if ends.After(end) {
			end = ends
		}
	}
	return t1, t2, end
}

// status is the first thing that the server says went wrong with an IA.
func (l *Lease) status() dhcp6.Status {
	for _, ia := range l.IAs {
		if failure(ia.Status) {
			return ia.Status
		}
	}
	return dhcp6.Status{}
}

package client6

import (
	"fmt"
	"net/netip"
	"slices"
	"time"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/network"
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
	client *Client
	life   network.Turn   // held by who lives it
	waiter network.Waiter // of the life
	begun  bool           // the life has told that it is bound
	again  time.Time      // the moment before which a Renew or Rebind is not tried again
	told   map[Binding]bool

	// What follows is guarded by the client's lock.
	terms   Terms
	unicast netip.Addr // where the server wants to be written to (section 21.12)
	order   dhcp6.Type // what a Reconfigure asked for; 0: nothing
	trouble []error    // what befell the link or the addresses
	suspect bool       // the link was down: it may be another one now
	gone    []Binding  // whose time is over, and the life hasn't told
	timer   network.Timer
	applied applied
}

// Terms are what a lease says at some moment.
type Terms struct {
	State    string
	ServerID dhcp6.DUID
	Server   netip.Addr // who sent the last Reply
	IAs      []IA
	Message  *dhcp6.Message // the last Reply
	Obtained time.Time      // when it came
}

// Ended says whether nothing is left.
func (t Terms) Ended() bool { return len(t.Bindings()) == 0 }

// Bindings are all addresses and prefixes.
func (t Terms) Bindings() (all []Binding) {
	for _, ia := range t.IAs {
		all = append(all, ia.Bindings...)
	}
	return all
}

// Addresses are the addresses alone.
func (t Terms) Addresses() (all []netip.Addr) {
	for _, ia := range t.IAs {
		if ia.Code == dhcp6.IAPD {
			continue
		}
		for _, b := range ia.Bindings {
			all = append(all, b.Addr())
		}
	}
	return all
}

// Times are when to renew (T1), when to rebind (T2), and when nothing is valid any more; zero is never. All identity
// associations are renewed together, when the first of them is due (section 18.2.4).
func (t Terms) Times() (t1, t2, end time.Time) {
	for _, ia := range t.IAs {
		a, b := ia.times()
		t1, t2 = earliest(t1, a), earliest(t2, b)
	}
	for _, b := range t.Bindings() {
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
func (t Terms) status() dhcp6.Status {
	for _, ia := range t.IAs {
		if failure(ia.Status) {
			return ia.Status
		}
	}
	return dhcp6.Status{}
}

// String is what there is.
func (t Terms) String() (text string) {
	for i, b := range t.Bindings() {
		if i > 0 {
			text += ", "
		}
		text += b.String()
	}
	return text
}

// String is a binding as an address or as a prefix.
func (b Binding) String() string {
	if b.Prefix.IsSingleIP() {
		return b.Addr().String()
	}
	return b.Prefix.String()
}

// newLease makes a lease of a Reply.
func (c *Client) newLease(m *dhcp6.Message, asked []IA, from netip.Addr, at time.Time) *Lease {
	l := &Lease{client: c, waiter: network.NewWaiter(c.clock), told: map[Binding]bool{}}
	l.terms.State = Bound
	for _, ia := range asked {
		l.terms.IAs = append(l.terms.IAs, IA{Code: ia.Code, ID: ia.ID})
	}
	l.take(m, from, at)
	c.mu.Lock()
	defer c.mu.Unlock()
	if !l.terms.Ended() {
		c.leases = append(c.leases, l)
	}
	return l
}

// Terms are the lease's now.
func (l *Lease) Terms() Terms {
	l.client.mu.Lock()
	defer l.client.mu.Unlock()
	return l.terms
}

// String says what the lease is.
func (l *Lease) String() string {
	t := l.Terms()
	return fmt.Sprintf("dhcp6.lease{%s %s}", t.State, t)
}

// change changes the lease's terms and has the client's station, or the system, answer for the addresses that it has now.
func (l *Lease) change(f func(t *Terms)) {
	c := l.client
	c.mu.Lock()
	old := l.terms
	f(&l.terms)
	fresh, set := l.terms, l.applied
	if l.terms.Ended() {
		c.leases = slices.DeleteFunc(c.leases, func(o *Lease) bool { return o == l })
	}
	l.watch()
	c.mu.Unlock()
	now := fresh.Addresses()
	for _, a := range old.Addresses() {
		if !slices.Contains(now, a) {
			c.station.Release(a)
		}
	}
	if set.changes == nil {
		for _, a := range now {
			c.station.Hold(a)
		}
	} else if err := set.follow(old, fresh, c.clock.Now()); err != nil {
		c.event("unapplied", err.Error(), nil)
	}
	l.waiter.Wake()
}

// watch has the first binding that ends dropped when it does, whether anybody lives the lease or not. The caller holds the lock.
func (l *Lease) watch() {
	l.unwatch()
	var first time.Time
	for _, b := range l.terms.Bindings() {
		first = earliest(first, b.Ends())
	}
	if clock := l.client.clock; !first.IsZero() {
		l.timer = clock.AfterFunc(first.Sub(clock.Now()), func() { network.GoBy(clock, l.expire) })
	}
}

// unwatch ends watch. The caller holds the lock.
func (l *Lease) unwatch() {
	if l.timer != nil {
		l.timer.Stop()
		l.timer = nil
	}
}

// expire drops the bindings whose time is over.
func (l *Lease) expire() {
	now := l.client.clock.Now()
	over := func(b Binding) bool { ends := b.Ends(); return !ends.IsZero() && !now.Before(ends) }
	var gone []Binding
	for _, b := range l.Terms().Bindings() {
		if over(b) {
			gone = append(gone, b)
		}
	}
	if gone == nil {
		return
	}
	l.client.mu.Lock()
	l.gone = append(l.gone, gone...)
	l.client.mu.Unlock()
	l.drop(Expired, func(b Binding) bool { return slices.Contains(gone, b) })
}

// take takes over what a Reply says of the lease.
func (l *Lease) take(m *dhcp6.Message, from netip.Addr, at time.Time) {
	l.change(func(t *Terms) {
		t.Message, t.Obtained, t.Server, t.ServerID = m, at, from, m.DUID(dhcp6.ServerID)
		l.unicast = netip.Addr{}
		if b, ok := m.Get(dhcp6.ServerUnicast); ok && len(b) == 16 {
			l.unicast = netip.AddrFrom16([16]byte(b))
		}
		t.IAs = slices.Clone(t.IAs)
		for _, said := range readIAs(m.Options, at) {
			if ia := find(t.IAs, said); ia != nil {
				ia.update(said)
			}
		}
	})
}

// drop takes bindings out of the lease: the client uses them no longer. With the last one the state changes.
func (l *Lease) drop(state string, which func(Binding) bool) {
	l.change(func(t *Terms) {
		t.IAs = slices.Clone(t.IAs)
		for i := range t.IAs {
			t.IAs[i].Bindings = slices.DeleteFunc(slices.Clone(t.IAs[i].Bindings), which)
		}
		if t.Ended() {
			t.State = state
		}
	})
}

// end is the end of the lease for that reason.
func (l *Lease) end(state string) { l.drop(state, func(Binding) bool { return true }) }

// enter changes the lease's state.
func (l *Lease) enter(state string) { l.change(func(t *Terms) { t.State = state }) }

package lease

import (
	"net"
	"net/netip"
	"slices"
	"time"
)

// A Claim is what a client may get.
type Claim struct {
	Client Client
	Pools  []*Pool          // in the order of preference
	Fixed  netip.Prefix     // the only one it may get: a reservation
	Wish   netip.Prefix     // what it would like
	MAC    net.HardwareAddr // to be noted
	Name   string           // likewise
	Hold   time.Duration    // how long an offer stands
}

// Offer finds something for a client and holds it: what it has or had, what it wishes, what nobody had, what nobody has
// had for the longest time (RFC 2131 section 4.3.1). What is bound to the client stays so. It takes the same time however
// many there are.
func (t *Table) Offer(c Claim) (Binding, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	e, err := t.choose(c)
	if err != nil {
		return Binding{}, err
	}
	now := t.clock.Now()
	if e.Client == c.Client && e.State == Bound && (e.Until.IsZero() || e.Until.After(now)) {
		return e.Binding, nil
	}
	if e.State != Offered {
		e.back = free
		if e.Client == c.Client {
			e.back = e.State
		}
	}
	b := e.Binding
	b.State, b.Since, b.Until = Offered, now, now.Add(c.Hold)
	if b.Client != c.Client {
		b.Client, b.MAC, b.Name = c.Client, nil, ""
	}
	b.note(c.MAC, c.Name)
	t.set(e, b)
	return b, nil
}

// note adds what is known of a client.
func (b *Binding) note(mac net.HardwareAddr, name string) {
	if len(mac) > 0 && !slices.Equal(b.MAC, mac) {
		b.MAC = slices.Clone(mac)
	}
	if name != "" {
		b.Name = name
	}
}

// choose finds the entry that a client gets.
func (t *Table) choose(c Claim) (*entry, error) {
	if c.Fixed.IsValid() {
		e := t.entries[c.Fixed]
		switch {
		case e == nil:
			return t.add(c.Fixed), nil
		case e.State.held() && e.Client != c.Client:
			return nil, ErrTaken
		}
		return e, nil
	}
	if e := t.own(c); e != nil {
		return e, nil
	}
	if e := t.wish(c); e != nil {
		return e, nil
	}
	for _, p := range c.Pools {
		if e := p.take(); e != nil {
			return e, nil
		}
	}
	return nil, ErrExhausted
}

// own is what the client has or had in one of its pools: rather what it has.
func (t *Table) own(c Claim) *entry {
	var had *entry
	for e := t.clients[c.Client]; e != nil; e = e.sibling {
		switch {
		case e.State == Declined, t.reserved[e.Prefix], !slices.Contains(c.Pools, e.pool):
		case e.State == Bound, e.State == Offered && (had == nil || had.State != Bound):
			had = e
		case had == nil:
			had = e
		}
	}
	return had
}

// wish is the one that the client asks for, where it may have it.
func (t *Table) wish(c Claim) *entry {
	if !c.Wish.IsValid() || t.reserved[c.Wish] || !slices.ContainsFunc(c.Pools, func(p *Pool) bool { return p.Contains(c.Wish) }) {
		return nil
	}
	e := t.entries[c.Wish]
	switch {
	case e == nil:
		return t.add(c.Wish)
	case e.State.held():
		return nil
	}
	return e
}

package lease

import (
	"net/netip"
	"time"
)

// Bind gives a client what b.Prefix says, for so long or Forever: Client, MAC and Name are b's. It fails with ErrTaken when
// another client holds it. Nobody may be told before Commit.
func (t *Table) Bind(b Binding, d time.Duration) (Binding, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	e := t.entries[b.Prefix]
	if e != nil && e.State.held() && (e.Client != b.Client || e.State == Declined) {
		return Binding{}, ErrTaken
	}
	return t.bind(e, b, d), nil
}

// Seize is Bind from whoever holds it.
func (t *Table) Seize(b Binding, d time.Duration) Binding {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.bind(t.entries[b.Prefix], b, d)
}

// bind makes b an entry's binding. The table is locked.
func (t *Table) bind(e *entry, b Binding, d time.Duration) Binding {
	now := t.clock.Now()
	bound := Binding{Prefix: b.Prefix, Client: b.Client, State: Bound, Since: now, Until: t.until(now, d)}
	if e == nil {
		e = t.add(b.Prefix)
	} else if e.Client == b.Client {
		bound.MAC, bound.Name = e.MAC, e.Name
	}
	bound.note(b.MAC, b.Name)
	t.keep(bound)
	t.set(e, bound)
	return bound
}

// Release takes back what a client has or was offered; false when it has no such thing.
func (t *Table) Release(c Client, p netip.Prefix) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	e := t.entries[p]
	if e == nil || e.Client != c || e.State != Bound && e.State != Offered {
		return false
	}
	b := e.Binding
	b.State, b.Since, b.Until = Released, t.clock.Now(), time.Time{}
	if e.State == Bound {
		t.keep(b)
	}
	t.set(e, b)
	return true
}

// Withdraw forgets the offers made to a client: it has chosen another server.
func (t *Table) Withdraw(c Client) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for e := t.clients[c]; e != nil; {
		next := e.sibling
		if e.State == Offered {
			t.lapse(e)
		}
		e = next
	}
}

// Decline keeps a prefix from everybody for a while: the client that has it found it in use. It is false when the client
// has no such thing. The client "" is the server itself, which may decline what nobody has, and its own offers.
func (t *Table) Decline(c Client, p netip.Prefix, d time.Duration) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	e := t.entries[p]
	switch {
	case e == nil && c == "":
		e = t.add(p)
	case e == nil, c != "" && e.Client != c, c == "" && e.State == Bound:
		return false
	}
	now := t.clock.Now()
	b := Binding{Prefix: p, Client: c, State: Declined, MAC: e.MAC, Since: now, Until: t.until(now, d)}
	t.keep(b)
	t.set(e, b)
	return true
}

// Due is when the next binding ends; zero when none will.
func (t *Table) Due() time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.calendar) == 0 {
		return time.Time{}
	}
	return t.calendar[0].Until
}

// Expire ends what has reached its end, and returns the leases among it as they were before. Who serves calls it before
// he answers.
func (t *Table) Expire() (ended []Binding) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.clock.Now()
	for len(t.calendar) > 0 && !t.calendar[0].Until.After(now) {
		e := t.calendar[0]
		if e.State != Offered {
			ended = append(ended, e.Binding)
		}
		t.lapse(e)
	}
	return ended
}

// lapse ends an entry whose time is over. Who reads the file sees that for himself, so nothing is written.
func (t *Table) lapse(e *entry) {
	b := e.Binding
	switch {
	case e.State == Bound:
		b.State, b.Since = Expired, b.Until
	case e.State == Offered && e.back != free:
		b.State, b.Since = e.back, b.Until
	default:
		b = Binding{Prefix: e.Prefix}
	}
	b.Until = time.Time{}
	t.set(e, b)
}

package lease

import (
	"errors"
	"net/netip"
	"slices"
	"sync"
	"time"

	"moonwire/host/network"
)

// The refusals of a Table.
var (
	ErrExhausted = errors.New("no address is left")
	ErrTaken     = errors.New("it belongs to another client")
)

// A Table is who has what. Any goroutine may use it.
type Table struct {
	clock network.Clock

	mu       sync.Mutex
	journal  *journal // nil: the table lives in memory alone
	entries  map[netip.Prefix]*entry
	clients  map[Client]*entry
	reserved map[netip.Prefix]bool
	calendar calendar
	pools    []*Pool
}

// NewTable makes an empty table by a clock.
func NewTable(clock network.Clock) *Table {
	return &Table{clock: clock, entries: map[netip.Prefix]*entry{}, clients: map[Client]*entry{}, reserved: map[netip.Prefix]bool{}}
}

// Reserve keeps prefixes out of what pools give away: those of certain clients, and addresses of servers and routers.
func (t *Table) Reserve(list ...netip.Prefix) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, p := range list {
		t.reserved[p] = true
		if e := t.entries[p]; e != nil && e.pool != nil {
			e.pool.idle.remove(e)
		}
	}
}

// Reserved says whether a prefix is kept out of what pools give away.
func (t *Table) Reserved(p netip.Prefix) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.reserved[p]
}

// Get is the binding of a prefix.
func (t *Table) Get(p netip.Prefix) (Binding, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if e := t.entries[p]; e != nil && e.State != free {
		return e.Binding, true
	}
	return Binding{}, false
}

// Of is the bindings of a client.
func (t *Table) Of(c Client) []Binding {
	t.mu.Lock()
	defer t.mu.Unlock()
	var list []Binding
	for e := t.clients[c]; e != nil; e = e.sibling {
		list = append(list, e.Binding)
	}
	return list
}

// All is every binding, in the order of addresses.
func (t *Table) All() []Binding {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.all()
}

// all is All. The table is locked, here and below.
func (t *Table) all() []Binding {
	list := make([]Binding, 0, len(t.entries))
	for _, e := range t.entries {
		if e.State != free {
			list = append(list, e.Binding)
		}
	}
	slices.SortFunc(list, func(a, b Binding) int { return a.Prefix.Addr().Compare(b.Prefix.Addr()) })
	return list
}

// add makes an entry for a prefix.
func (t *Table) add(p netip.Prefix) *entry {
	e := &entry{Binding: Binding{Prefix: p}}
	for _, pool := range t.pools {
		if pool.Contains(p) {
			e.pool = pool
			break
		}
	}
	t.entries[p] = e
	return e
}

// set makes b the binding of an entry, with all that hangs on it.
func (t *Table) set(e *entry, b Binding) {
	if b.Client != e.Client {
		t.disown(e)
		if b.Client != "" {
			e.sibling, t.clients[b.Client] = t.clients[b.Client], e
		}
	}
	if p := e.pool; p != nil {
		was, is := e.State.held(), b.State.held()
		switch {
		case is && !was:
			p.held++
			p.idle.remove(e)
		case was && !is:
			p.held--
		}
		if !is && !t.reserved[b.Prefix] {
			p.idle.append(e)
		}
	}
	e.Binding = b
	t.calendar.note(e)
}

// held says that nobody else may get it.
func (s State) held() bool { return s == Offered || s == Bound || s == Declined }

// disown takes an entry from the client that has it.
func (t *Table) disown(e *entry) {
	if e.Client == "" {
		return
	}
	first := t.clients[e.Client]
	if first == e {
		if e.sibling == nil {
			delete(t.clients, e.Client)
		} else {
			t.clients[e.Client] = e.sibling
		}
	} else {
		for x := first; x != nil; x = x.sibling {
			if x.sibling == e {
				x.sibling = e.sibling
				break
			}
		}
	}
	e.sibling = nil
}

// until is the time after d; none where d is for ever.
func (t *Table) until(now time.Time, d time.Duration) time.Time {
	if d == Forever {
		return time.Time{}
	}
	return now.Add(d)
}

// Forever is the duration of what never ends.
const Forever time.Duration = -1

package watch

import (
	"net/netip"
	"time"

	"moonwire/host/packet"
	"moonwire/host/packet/fragment"
)

// A Watcher follows what passes one link. It is not safe for concurrent use.
type Watcher struct {
	opt     Options
	now     time.Time
	clients rows[string, *Client]
	byMAC   map[string]*Client // the latest of each
	servers rows[serverKey, *Server]
	named   map[string]bool   // identifiers of servers that were seen, or asked
	homes   map[string]string // MAC addresses by server identifier, as first seen
	leases  rows[netip.Prefix, *Lease]
	due     due
	claims  rows[netip.Addr, *Claim]
	talks   map[string]*talk

	fresh, seeks, noes tally
	disguised          map[string]bool // who sends under other names, as told
	used               int             // leases of the pool
	dry                bool            // told that the pool is
	pieces             *fragment.Reassembler
	began              time.Time // of the first packet
	counts             Counts
	events             []Event
}

// Counts is what a Watcher saw.
type Counts struct {
	Messages  uint64
	Malformed uint64 // datagrams between DHCP's ports that were no message
	Forgotten uint64 // clients, servers and leases that there was no memory for
}

// New makes a Watcher; what is zero of the options is as in Usual.
func New(o Options) *Watcher {
	orUsual(&o.Window, Usual.Window)
	orUsual(&o.Clients, Usual.Clients)
	orUsual(&o.Seeks, Usual.Seeks)
	orUsual(&o.Refusals, Usual.Refusals)
	orUsual(&o.Full, Usual.Full)
	w := &Watcher{opt: o, byMAC: map[string]*Client{}, named: map[string]bool{}, homes: map[string]string{}, talks: map[string]*talk{}, disguised: map[string]bool{},
		pieces: fragment.NewReassembler(fragment.Config{})}
	w.leases.done = func(l *Lease) bool { return l.State != bound }
	w.leases.gone = func(l *Lease) { w.become(l, "") }
	w.clients.gone = func(c *Client) {
		if w.byMAC[string(c.MAC)] == c {
			delete(w.byMAC, string(c.MAC))
		}
	}
	return w
}

func orUsual[T comparable](x *T, usual T) {
	var zero T
	if *x == zero {
		*x = usual
	}
}

// tell adds an event. Rows that it names are copied, since they change.
func (w *Watcher) tell(e Event) {
	if e.Time.IsZero() {
		e.Time = w.now
	}
	e.Client, e.Server, e.Lease = copyOf(e.Client), copyOf(e.Server), copyOf(e.Lease)
	w.events = append(w.events, e)
}

func copyOf[T any](x *T) *T {
	if x == nil {
		return nil
	}
	c := *x
	return &c
}

// Hear takes in a packet, of which it looks at what Filter lets pass. Its bytes must stay as they are.
func (w *Watcher) Hear(p *packet.Packet, at time.Time) []Event {
	if w.began.IsZero() {
		w.began = at
	}
	if p, _ = w.pieces.Add(p, at.Sub(w.began)); p == nil {
		return nil
	}
	switch s := Look(p, at); {
	case s.Message != nil:
		return w.See(s.Message)
	case s.Claim != nil:
		return w.Claims(*s.Claim)
	case s.Malformed != nil:
		w.counts.Malformed++
	}
	return nil
}

// See takes in a message and says what happened, what was due before it first. Messages come in the order of their times; one
// that is late counts as of the time before it.
func (w *Watcher) See(s *Sighting) []Event {
	w.events = w.Advance(s.Time)
	w.counts.Messages++
	n := read(s)
	c := w.who(&n)
	w.tell(Event{Kind: Message, Sighting: s, Client: c, Address: n.subject()})
	switch n.verb {
	case seek, ask, inform, release, decline:
		w.heard(&n)
	case offer:
		w.answers(&n)
	case grant:
		w.granted(&n, w.answers(&n))
	case refuse:
		w.refuses(&n, w.answers(&n))
	}
	return w.take()
}

func read(s *Sighting) notice {
	if s.V4 != nil {
		return notice4(s)
	}
	return notice6(s)
}

// subject is what a message is about, as text.
func (n *notice) subject() string {
	if len(n.has) == 0 {
		return ""
	}
	return addressText(n.has[0].prefix)
}

// who is the client that a message is from or to.
func (w *Watcher) who(n *notice) *Client {
	switch n.verb {
	case seek, ask, inform, release, decline:
		c, isNew := w.meet(n)
		w.byMAC[string(c.MAC)] = c
		n.first = isNew
		return c
	}
	return w.clientOf(n)
}

// heard takes in what a client says.
func (w *Watcher) heard(n *notice) {
	c := w.clientOf(n)
	if n.first {
		w.tell(Event{Kind: NewClient, Sighting: n.Sighting, Client: c})
	}
	w.disguise(n)
	switch n.verb {
	case seek:
		w.sought(n, c, n.first)
		if n.rapid {
			w.talkOf(n).ask(n, "rapid commit")
		}
	case ask:
		w.talkOf(n).ask(n, n.how)
		w.asked(n)
	case inform:
		w.talkOf(n).open = false // what comes lends nothing
	case release:
		w.talkOf(n).open = false
		w.ended(n, released, Released)
	case decline:
		w.talkOf(n).open = false
		w.ended(n, declined, Declined)
	}
}

// Advance lets time pass: leases that were not renewed expire. It is called at the times that Next gives, or later.
func (w *Watcher) Advance(to time.Time) []Event {
	if to.Before(w.now) {
		return w.take()
	}
	for next := w.due.next(); !next.IsZero() && !next.After(to); next = w.due.next() {
		l := w.due.list[0]
		w.now = next
		w.become(l, expired)
		w.tell(Event{Kind: Expired, Lease: l, Client: &l.Client, Address: l.Address()})
	}
	w.now = to
	return w.take()
}

// take gives away the events.
func (w *Watcher) take() []Event {
	list := w.events
	w.events = nil
	return list
}

// Next is when something happens unless a message comes before; zero when nothing does.
func (w *Watcher) Next() time.Time { return w.due.next() }

// Claims takes in that a host says an address is its own.
func (w *Watcher) Claims(c Claim) []Event {
	w.events = w.Advance(c.Time)
	if !c.Address.IsValid() || c.Address.IsUnspecified() {
		return w.take()
	}
	before := w.claims.get(c.Address)
	if before == nil {
		w.claims.put(c.Address, &Claim{c.Time, own(c.MAC), c.Address})
	} else if string(before.MAC) == string(c.MAC) {
		before.Time = c.Time
		return w.take()
	} else {
		before.Time, before.MAC = c.Time, own(c.MAC)
	}
	l := w.leases.get(single(c.Address))
	if l == nil || l.State != bound || len(l.Client.MAC) == 0 || string(l.Client.MAC) == string(c.MAC) {
		return w.take()
	}
	w.tell(Event{Kind: Conflict, Client: &l.Client, Lease: l, Address: l.Address(),
		Reason: l.Address() + " is lent to " + l.Client.Name() + ", but " + c.MAC.String() + " uses it"})
	return w.take()
}

// Leases are all leases that were seen, in the order in which they turned up.
func (w *Watcher) Leases() []*Lease { return w.leases.all() }

// Clients are all that asked.
func (w *Watcher) Clients() []*Client { return w.clients.all() }

// Servers are all that answered, or were asked.
func (w *Watcher) Servers() []*Server { return w.servers.all() }

// Counts is what was seen.
func (w *Watcher) Counts() Counts { return w.counts }

package watch

import (
	"fmt"
	"net/netip"
	"slices"
)

// granted takes in what a server gives. An answer to a question that was answered is a copy: relay agents make such.
func (w *Watcher) granted(n *notice, s *Server) {
	t := w.talkOf(n)
	if !t.open || len(n.has) == 0 {
		return
	}
	t.open = false
	for _, b := range n.has {
		if b.time == 0 {
			w.end(n, b.prefix, expired, Expired)
			continue
		}
		w.lend(n, s, b, t.how)
	}
	w.exhausted(n)
}

// lend notes a lease.
func (w *Watcher) lend(n *notice, s *Server, b binding, how string) {
	l, c := w.lease(b.prefix), w.clientOf(n)
	w.contested(n, l, c)
	e := Event{Kind: Granted, Sighting: n.Sighting, Client: c, Server: s, Lease: l, Address: l.Address(), How: how}
	switch known := l.State == bound && same(&l.Client, c); {
	case how == "renewing", how == "rebinding", how == "init-reboot", how == "" && known:
		e.Kind = Renewed
		l.Renewals++
		if !known {
			l.Obtained, l.Renewals = n.Time, 1
		}
	default:
		l.Obtained, l.Renewals = n.Time, 0
	}
	if e.How == "" {
		e.How = "not heard"
	}
	l.Client, l.Server, l.Latest, l.Time, l.Renew, l.Rebind = *c, s.Name(), n.Time, b.time, b.renew, b.rebind
	l.Relay, l.Circuit = netip.Addr{}, string(n.circuit)
	if n.relayed {
		l.Relay = n.relay
	}
	w.become(l, bound)
	w.tell(e)
}

// clientOf is whom a server's message is about, with all that is known of it. Servers may leave out the client identifier
// (RFC 6842 came late).
func (w *Watcher) clientOf(n *notice) *Client {
	if c := w.clients.get(n.client.keyOf()); c != nil {
		return c
	}
	if c := w.byMAC[string(n.client.MAC)]; c != nil && len(n.client.MAC) > 0 && (n.client.ID == "" || n.client.ID == c.ID) {
		return c
	}
	c := n.client
	return &c
}

// contested looks whether what is lent is in other hands.
func (w *Watcher) contested(n *notice, l *Lease, c *Client) {
	why := ""
	if l.State == bound && !same(&l.Client, c) {
		why = fmt.Sprintf("%s is lent to %s, but %s has it from %s", l.Address(), c.Name(), l.Client.Name(), l.Server)
	} else if claim := w.claims.get(l.Prefix.Addr()); claim != nil && n.Time.Sub(claim.Time) < patience && len(c.MAC) > 0 && string(claim.MAC) != string(c.MAC) && l.Prefix.IsSingleIP() {
		why = fmt.Sprintf("%s is lent to %s, but %s uses it", l.Address(), c.Name(), claim.MAC)
	}
	if why != "" {
		w.tell(Event{Kind: Conflict, Sighting: n.Sighting, Client: c, Lease: l, Address: l.Address(), Reason: why})
	}
}

// refuses takes in that a server says no.
func (w *Watcher) refuses(n *notice, s *Server) {
	t := w.talkOf(n)
	if t.refused[s.Name()] {
		return
	}
	if t.refused == nil {
		t.refused = map[string]bool{}
	}
	t.refused[s.Name()] = true
	c := w.clientOf(n)
	e := Event{Kind: Refused, Sighting: n.Sighting, Client: c, Server: s, Reason: n.text}
	for _, b := range slices.Concat(n.has, t.asked) {
		if e.Address == "" {
			e.Address = addressText(b.prefix)
		}
		if l := w.leases.get(b.prefix); l != nil && l.State == bound && same(&l.Client, c) {
			e.Lease = l
			w.become(l, refused)
		}
	}
	w.tell(e)
	if w.noes.add(happening{n.Time, string(n.SrcMAC), false}, w.opt.Window, w.opt.Refusals) {
		w.tell(Event{Kind: Storm, Sighting: n.Sighting, Server: s, Count: len(w.noes.list),
			Reason: fmt.Sprintf("%d refusals within %s, the last one from %s to %s", len(w.noes.list), w.opt.Window, s.Name(), c.Name())})
	}
}

// ended takes in that a client gives up what it has.
func (w *Watcher) ended(n *notice, state string, kind Kind) {
	for _, b := range n.has {
		w.end(n, b.prefix, state, kind)
	}
	w.exhausted(n)
}

// end ends a lease. Only its own client may do that.
func (w *Watcher) end(n *notice, p netip.Prefix, state string, kind Kind) {
	if kind == Expired && w.leases.get(p) == nil {
		return
	}
	l, c := w.lease(p), w.clientOf(n)
	switch {
	case l.State == state: // a copy
		return
	case l.State == bound && !same(&l.Client, c):
		w.tell(Event{Kind: Spoofed, Sighting: n.Sighting, Client: c, Lease: l, Address: l.Address(),
			Reason: fmt.Sprintf("%s sends a %s for %s, which %s has", c.Name(), n.Type(), l.Address(), l.Client.Name())})
		return
	case l.State == "":
		l.Client, l.Server = *c, n.server
	}
	w.become(l, state)
	w.tell(Event{Kind: kind, Sighting: n.Sighting, Client: c, Lease: l, Address: l.Address()})
}

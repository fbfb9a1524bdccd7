package client6

import (
	"context"
	"errors"
	"net/netip"
	"slices"
	"time"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/network"
)

// Renew asks the lease's server to extend it (RFC 8415 section 18.2.4).
func (l *Lease) Renew(ctx context.Context) error {
	return l.client.call(ctx, func() error { return l.extend(ctx, dhcp6.Renew, renewTiming, time.Time{}) })
}

// Rebind asks any server to extend the lease (RFC 8415 section 18.2.5).
func (l *Lease) Rebind(ctx context.Context) error {
	return l.client.call(ctx, func() error { return l.extend(ctx, dhcp6.Rebind, rebindTiming, time.Time{}) })
}

// over is the refusal of what needs something left of a lease.
func (t Terms) over(what string) error {
	return refuse(kindClosed, "%s: nothing is left of the lease (it is %s)", what, t.State)
}

// extend renews or rebinds until a moment, or by the client's own limits when it is zero.
func (l *Lease) extend(ctx context.Context, kind dhcp6.Type, timing timing, until time.Time) error {
	c, terms := l.client, l.Terms()
	if terms.Ended() {
		return terms.over(kind.String())
	}
	if until.IsZero() && c.o.Timeout == 0 {
		_, _, until = terms.Times()
	}
	t := &trade{timing: timing, until: until}
	server := dhcp6.DUID("")
	if kind == dhcp6.Renew {
		server, t.path = terms.ServerID, l.path(ctx)
	}
	t.message = c.message(ctx, kind, server)
	add(t.message, terms.IAs)
	missing := dhcp6.DUID("") // a server that knows nothing of some IA
	t.judge = t.replies(c, func(m *dhcp6.Message, from netip.Addr, at time.Time) string {
		useful, status := terms.extended(m, at)
		switch {
		case status.Code == dhcp6.NoBinding:
			missing = m.DUID(dhcp6.ServerID)
		case !useful && failure(status):
			t.said = status
			return words(status)
		case !useful:
			return "has none of the lease's identity associations"
		}
		l.take(m, from, at)
		return ""
	})
	if err := c.run(ctx, t); err != nil {
		return err
	}
	if missing != "" {
		return l.restore(ctx, missing)
	}
	if l.Terms().Ended() {
		l.end(Lost)
		return refuse(kinds[dhcp6.NoBinding], "%s: the server has taken everything back", kind)
	}
	l.enter(Bound)
	return nil
}

// extended says whether a Reply extends anything of the lease, and what it says went wrong with what there is.
func (t Terms) extended(m *dhcp6.Message, at time.Time) (useful bool, status dhcp6.Status) {
	for _, said := range readIAs(m.Options, at) {
		held := find(t.IAs, said)
		if held == nil {
			continue
		}
		useful = useful || len(said.Bindings) > 0
		if failure(said.Status) && len(held.Bindings) > 0 && status.Code != dhcp6.NoBinding {
			status = said.Status
		}
	}
	return useful, status
}

// restore asks a server that knows nothing of some of the lease's IAs for all of them (section 18.2.10.1). What it doesn't
// give is lost.
func (l *Lease) restore(ctx context.Context, server dhcp6.DUID) error {
	c := l.client
	c.event("nobinding", "the server knows nothing of the lease: everything is requested again", nil)
	fresh, err := c.request(ctx, server, l.Terms().IAs)
	var r *Refusal
	if errors.As(err, &r) && r.kind != kindTimeout {
		l.end(Lost)
	}
	if err != nil {
		return err
	}
	terms := fresh.Terms()
	l.change(func(t *Terms) { *t, l.unicast = terms, fresh.unicast })
	c.mu.Lock()
	defer c.mu.Unlock()
	c.leases = slices.DeleteFunc(c.leases, func(o *Lease) bool { return o == fresh })
	return nil
}

// path is how the lease's server is written to directly: only where it said so, the client has an address that reaches as
// far, and somebody on the link answers for the way (sections 18.2.4 and 21.12).
func (l *Lease) path(ctx context.Context) path {
	c := l.client
	c.mu.Lock()
	to, own := l.unicast, l.terms.Addresses()
	c.mu.Unlock()
	p := path{to: to, from: c.source}
	switch {
	case !to.IsValid():
		return path{}
	case to.IsLinkLocalUnicast():
	case len(own) == 0:
		return path{}
	default:
		p.from = own[0]
	}
	next := to
	if hop, err := network.From(ctx).NextHop(ctx, to, c.iface.Name); err == nil && hop.Addr.Is6() {
		next = hop.Addr.WithZone("")
	}
	var err error
	if p.mac, err = c.station.Resolve(ctx, next); err != nil {
		return path{}
	}
	return p
}

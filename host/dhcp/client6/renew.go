package client6

import (
	"context"
	"errors"
	"net/netip"
	"time"

	"moonwire/host/dhcp/dhcp6"
)

// Renew asks the lease's server to extend it (RFC 8415 section 18.2.4).
func (l *Lease) Renew(ctx context.Context) error {
	return l.extend(ctx, dhcp6.Renew, renewTiming, time.Time{})
}

// Rebind asks any server to extend the lease (RFC 8415 section 18.2.5).
func (l *Lease) Rebind(ctx context.Context) error {
	return l.extend(ctx, dhcp6.Rebind, rebindTiming, time.Time{})
}

// extend renews or rebinds until a moment, or by the client's own limits when it is zero.
func (l *Lease) extend(ctx context.Context, kind dhcp6.Type, timing timing, until time.Time) error {
	if l.Ended() {
		return refuse(kindClosed, "%s: nothing is left of the lease (it is %s)", kind, l.State)
	}
	c, server := l.client, dhcp6.DUID("")
	if kind == dhcp6.Renew {
		server = l.ServerID
	}
	m := c.message(ctx, kind, server)
	add(m, l.IAs)
	if until.IsZero() && c.o.Timeout == 0 {
		_, _, until = l.Times()
	}
	t := &trade{message: m, timing: timing, until: until}
	if kind == dhcp6.Renew {
		t.to, t.from = l.path()
	}
	missing := dhcp6.DUID("") // a server that knows nothing of some IA
	t.judge = t.replies(c, func(m *dhcp6.Message, from netip.Addr, at time.Time) string {
		useful, status := l.extended(m, at)
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
	l.State = Bound
	if missing != "" {
		return l.restore(ctx, missing)
	}
	if l.Ended() {
		l.end(Lost)
		return refuse("nobinding", "%s: the server has taken everything back", kind)
	}
	return nil
}

// extended says whether a Reply extends anything of the lease, and what it says went wrong with the rest.
func (l *Lease) extended(m *dhcp6.Message, at time.Time) (useful bool, status dhcp6.Status) {
	for _, said := range readIAs(m.Options, at) {
		if find(l.IAs, said) == nil {
			continue
		}
		useful = useful || len(said.Bindings) > 0
		if failure(said.Status) && status.Code != dhcp6.NoBinding {
			status = said.Status
		}
	}
	return useful, status
}

// restore asks a server that knows nothing of some of the lease's IAs for all of them (section 18.2.10.1). What it doesn't
// give is lost.
func (l *Lease) restore(ctx context.Context, server dhcp6.DUID) error {
	c := l.client
	l.client.event(ctx, "nobinding", "the server knows nothing of the lease: everything is requested again", nil)
	fresh, err := c.request(ctx, server, l.IAs)
	var r *Refusal
	if errors.As(err, &r) && r.kind != kindTimeout {
		l.end(Lost)
	}
	if err != nil {
		return err
	}
	before := l.addresses()
	l.IAs, l.Message, l.Obtained, l.Server, l.ServerID, l.unicast = fresh.IAs, fresh.Message, fresh.Obtained, fresh.Server, fresh.ServerID, fresh.unicast
	l.hold(before)
	return nil
}

// path is how the lease's server is written to directly, from which address: only where it said so, and the client has an
// address that reaches as far (sections 18.2.4 and 21.12).
func (l *Lease) path() (to, from netip.Addr) {
	if !l.unicast.IsValid() {
		return to, from
	}
	if l.unicast.IsLinkLocalUnicast() {
		return l.unicast, l.client.source
	}
	if list := l.addresses(); len(list) > 0 {
		return l.unicast, list[0]
	}
	return to, from
}

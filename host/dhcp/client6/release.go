package client6

import (
	"context"
	"net/netip"
	"slices"
	"time"

	"moonwire/host/dhcp/dhcp6"
)

// Release gives back everything (RFC 8415 section 18.2.7). The client uses nothing of it any more, whether the server
// answers or not.
func (l *Lease) Release(ctx context.Context) error {
	return l.client.call(ctx, func() error {
		t := l.Terms()
		if t.Ended() {
			return t.over("release")
		}
		l.end(Released)
		return l.client.giveBack(ctx, dhcp6.Release, t.ServerID, t.IAs, releaseTiming)
	})
}

// Decline tells the server that addresses are in use by others, all of the lease's when none is named (RFC 8415 section
// 18.2.8).
func (l *Lease) Decline(ctx context.Context, addrs ...netip.Addr) error {
	return l.client.call(ctx, func() error {
		if len(addrs) == 0 {
			addrs = l.Terms().Addresses()
		}
		return l.decline(ctx, addrs)
	})
}

func (l *Lease) decline(ctx context.Context, addrs []netip.Addr) error {
	bad := func(b Binding) bool { return b.Prefix.IsSingleIP() && slices.Contains(addrs, b.Addr()) }
	t := l.Terms()
	var gone []IA
	for _, ia := range t.IAs {
		if ia.Code == dhcp6.IAPD {
			continue
		}
		ia.Bindings = slices.DeleteFunc(slices.Clone(ia.Bindings), func(b Binding) bool { return !bad(b) })
		if len(ia.Bindings) > 0 {
			gone = append(gone, ia)
		}
	}
	if len(gone) == 0 {
		return refuse(kindClosed, "decline: the lease has no such address (it is %s)", t.State)
	}
	l.drop(Declined, bad)
	return l.client.giveBack(ctx, dhcp6.Decline, t.ServerID, gone, declineTiming)
}

// giveBack tells a server of IAs that the client doesn't use. Any Reply ends it.
func (c *Client) giveBack(ctx context.Context, kind dhcp6.Type, server dhcp6.DUID, gone []IA, timing timing) error {
	m := c.message(ctx, kind, server)
	add(m, slices.DeleteFunc(slices.Clone(gone), func(ia IA) bool { return len(ia.Bindings) == 0 }))
	t := &trade{message: m, timing: timing}
	t.judge = t.replies(c, func(*dhcp6.Message, netip.Addr, time.Time) string { return "" })
	return c.run(ctx, t)
}

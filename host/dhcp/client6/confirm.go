package client6

import (
	"context"
	"net/netip"
	"time"

	"moonwire/host/dhcp/dhcp6"
)

// Confirm asks whether a lease's addresses fit the link, as after a change of it (RFC 8415 section 18.2.3). One with
// delegated prefixes is rebound instead, as section 18.2.12 has it. When nobody answers, the lease goes on.
func (c *Client) Confirm(ctx context.Context, l *Lease) error {
	return c.call(ctx, func() error { return c.confirm(ctx, l) })
}

func (c *Client) confirm(ctx context.Context, l *Lease) error {
	terms := l.Terms()
	if terms.Ended() {
		return terms.over("confirm")
	}
	var list []IA
	for _, ia := range terms.IAs {
		switch {
		case len(ia.Bindings) == 0:
		case ia.Code == dhcp6.IAPD:
			return l.extend(ctx, dhcp6.Rebind, confirmTiming, time.Time{})
		default:
			list = append(list, ia)
		}
	}
	m := c.message(ctx, dhcp6.Confirm, "")
	add(m, list)
	t := &trade{message: m, timing: confirmTiming}
	t.judge = t.replies(c, func(*dhcp6.Message, netip.Addr, time.Time) string { return "" })
	err := c.run(ctx, t)
	if kindOfError(err) == kinds[dhcp6.NotOnLink] {
		l.end(Lost)
	}
	return err
}

package client4

import (
	"context"
	"errors"
	"net"
	"net/netip"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/station"
)

// Renew asks the server of the lease for more time (RFC 2131 section 4.4.5, renewing). A *Refusal ends the lease.
func (l *Lease) Renew(ctx context.Context) error {
	return l.client.call(ctx, func() error { return l.ask(ctx, Renewing, l.client.backOff(ctx)) })
}

// Rebind asks every server for more time (rebinding). A *Refusal ends the lease.
func (l *Lease) Rebind(ctx context.Context) error {
	return l.client.call(ctx, func() error { return l.ask(ctx, Rebinding, l.client.backOff(ctx)) })
}

// ask asks for more time in one of the two states.
func (l *Lease) ask(ctx context.Context, s State, p pace) error {
	if err := l.alive(); err != nil {
		return err
	}
	c, t := l.client, l.Terms()
	c.begin(ctx)
	q := &question{message: c.extend(t.Address), what: "answer", src: t.Address, dst: limited, judge: answersOf(netip.Addr{}), pace: p}
	if s == Renewing {
		mac, err := c.way(ctx, &t, t.Server)
		if err != nil {
			return err
		}
		q.dst, q.mac, q.what = t.Server, mac, "answer of "+t.Server.String()
	}
	c.enter(s, "%s", t.Address)
	a, err := c.ask(ctx, q)
	if err != nil {
		if c.clock.Now().Before(t.RenewAt) {
			c.enter(Bound, "still: %s", err)
		}
		return err
	}
	if a.Type() == dhcp4.Nak {
		refusal := newRefusal(a.Message)
		l.end("nak")
		c.note("nak", "%s", refusal)
		return refusal
	}
	l.extend(ctx, a)
	return nil
}

// way is the MAC address by which a datagram gets to a host: the host's own, or a router's. Who doesn't answer ARP is sent
// what the lease came from.
func (c *Client) way(ctx context.Context, t *Terms, to netip.Addr) (net.HardwareAddr, error) {
	hop := to
	if routers := routersOf(t.Message); !t.Prefix.Contains(to) && len(routers) > 0 {
		hop = routers[0]
	}
	mac, err := c.station.Resolve(ctx, hop)
	var down *station.Down
	switch {
	case err == nil, errors.As(err, &down), ctx.Err() != nil, errors.Is(err, net.ErrClosed):
		return mac, err
	}
	c.note("unresolved", "%s", err)
	return t.From, nil
}

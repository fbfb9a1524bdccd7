package client4

import (
	"context"
	"net"

	"moonwire/host/dhcp/dhcp4"
)

// Release gives the lease back. No server answers that.
func (l *Lease) Release(ctx context.Context, why string) error {
	c := l.client
	return c.call(ctx, func() error {
		if err := l.alive(); err != nil {
			return err
		}
		t := l.Terms()
		mac, err := c.way(ctx, &t, t.Server)
		if err != nil {
			return err
		}
		c.begin(ctx)
		err = c.transmit(ctx, &question{message: c.giveUp(dhcp4.Release, t.Address, t.Server, why), src: t.Address, dst: t.Server, mac: mac})
		if err != nil {
			return err
		}
		l.end("released")
		c.note("released", "%s to %s", t.Address, t.Server)
		return nil
	})
}

// Decline tells the server that another host has the address. No server answers that; the client begins anew ten seconds
// later at the earliest (RFC 2131 section 3.1).
func (l *Lease) Decline(ctx context.Context, why string) error {
	c := l.client
	return c.call(ctx, func() error {
		if err := l.alive(); err != nil {
			return err
		}
		return l.decline(ctx, why)
	})
}

func (l *Lease) decline(ctx context.Context, why string) error {
	c, t := l.client, l.Terms()
	c.begin(ctx)
	if err := c.transmit(ctx, &question{message: c.giveUp(dhcp4.Decline, t.Address, t.Server, why), src: none, dst: limited}); err != nil {
		return err
	}
	l.end("declined")
	c.note("declined", "%s to %s", t.Address, t.Server)
	return nil
}

// refuse declines an address that was acknowledged and is in use.
func (c *Client) refuse(ctx context.Context, a *answer, by net.HardwareAddr) error {
	server, _ := serverOf(a.Message)
	taken := &Taken{a.YIAddr, by}
	c.begin(ctx)
	m := c.giveUp(dhcp4.Decline, a.YIAddr, server, "in use by "+by.String())
	if err := c.transmit(ctx, &question{message: m, src: none, dst: limited}); err != nil {
		return err
	}
	c.enter(Init, "%s", taken)
	c.note("declined", "%s to %s", a.YIAddr, server)
	return taken
}

package client4

import (
	"context"
	"net/netip"

	"moonwire/host/dhcp/dhcp4"
)

// Reboot asks whether an address that the client had is still right (RFC 2131 section 3.2). When nobody answers, the error
// is a *Silence.
func (c *Client) Reboot(ctx context.Context, a netip.Addr) (lease *Lease, err error) {
	err = c.call(ctx, func() (err error) {
		c.begin(ctx)
		c.enter(Rebooting, "%s", a)
		got, err := c.ask(ctx, &question{message: c.reboot(a), what: "answer to the request for " + a.String(), src: none, dst: limited,
			judge: answersOf(netip.Addr{}), pace: c.backOff(ctx)})
		if err != nil {
			return c.giveBack(err)
		}
		lease, err = c.settle(ctx, got)
		return err
	})
	return lease, err
}

// Resume is Reboot with a lease that the client had. When nobody answers, the client goes on with it, for as long as it
// lasts; confirmed is then false.
func (c *Client) Resume(ctx context.Context, old *Lease) (lease *Lease, confirmed bool, err error) {
	t := old.Terms()
	lease, err = c.Reboot(ctx, t.Address)
	if _, silent := err.(*Silence); !silent || !t.Infinite && !c.clock.Now().Before(t.Expires) {
		return lease, err == nil, err
	}
	c.mu.Lock()
	lease = &Lease{client: c, waiter: old.waiter, terms: t.terms}
	c.lease = lease
	c.mu.Unlock()
	c.station.Hold(t.Address)
	c.enter(Bound, "%s, unconfirmed: %s", t.Prefix, err)
	return lease, false, nil
}

// Inform asks for parameters for an address that the client has by other means. The answer goes to that address, so the
// station holds it meanwhile. A server that is given is asked alone.
func (c *Client) Inform(ctx context.Context, a, server netip.Addr) (m *dhcp4.Message, err error) {
	err = c.call(ctx, func() error {
		if !c.station.Holds(a) {
			c.station.Hold(a)
			defer c.station.Release(a)
			if err := c.station.Announce(ctx, a); err != nil {
				return err
			}
		}
		c.begin(ctx)
		q := &question{message: c.inform(a), what: "answer", src: a, dst: limited, judge: informed, pace: c.backOff(ctx)}
		if server.IsValid() {
			q.dst, q.what = server, "answer of "+server.String()
			if q.mac, err = c.station.Resolve(ctx, server); err != nil {
				return err
			}
		}
		c.note("inform", "%s", a)
		got, err := c.ask(ctx, q)
		if err == nil {
			m = got.Message
		}
		return err
	})
	return m, err
}

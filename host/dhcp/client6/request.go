package client6

import (
	"context"
	"net/netip"
	"slices"
	"time"

	"moonwire/host/dhcp/dhcp6"
)

// Request takes an offer: it asks its server for what is offered (RFC 8415 section 18.2.2). Of what the client asked for
// last, the server is asked for the rest, too. Addresses that another host has are declined.
func (c *Client) Request(ctx context.Context, offer *dhcp6.Message) (lease *Lease, err error) {
	err = c.call(ctx, func() error {
		lease, err = c.accept(ctx, &Offer{Message: offer, Time: c.clock.Now()})
		return err
	})
	return lease, err
}

// accept takes an offer; one that is committed needs no request.
func (c *Client) accept(ctx context.Context, o *Offer) (lease *Lease, err error) {
	if o.Committed() {
		lease, err = c.newLease(o.Message, c.asked, o.Source, o.Time).orRefusal("rapid commit", nil)
	} else {
		lease, err = c.take(ctx, o.Message)
	}
	if err == nil {
		err = c.detect(ctx, lease)
	}
	if err != nil {
		return nil, err
	}
	return lease, nil
}

// take asks an offer's server for what is offered.
func (c *Client) take(ctx context.Context, offer *dhcp6.Message) (*Lease, error) {
	server := offer.DUID(dhcp6.ServerID)
	if server == "" {
		return nil, refuse(kindRefused, "the offer names no server")
	}
	asked := readIAs(offer.Options, time.Time{})
	for _, ia := range c.asked {
		if find(asked, ia) == nil {
			asked = append(asked, IA{Code: ia.Code, ID: ia.ID})
		}
	}
	return c.request(ctx, server, asked)
}

// request asks a server for identity associations.
func (c *Client) request(ctx context.Context, server dhcp6.DUID, asked []IA) (*Lease, error) {
	lease, err := c.requestOnce(ctx, server, asked)
	if err != nil {
		return nil, err
	}
	if t := lease.Terms(); !t.Ended() || t.status().Code != dhcp6.NotOnLink {
		return lease.orRefusal("request", nil)
	}
	asked = slices.Clone(asked)
	for i := range asked { // section 18.2.10.1: once more without naming addresses
		asked[i].Bindings = nil
	}
	lease, err = c.requestOnce(ctx, server, asked)
	return lease.orRefusal("request", err)
}

func (c *Client) requestOnce(ctx context.Context, server dhcp6.DUID, asked []IA) (lease *Lease, err error) {
	m := c.message(ctx, dhcp6.Request, server)
	add(m, asked)
	t := &trade{message: m, timing: requestTiming}
	t.judge = t.replies(c, func(m *dhcp6.Message, from netip.Addr, at time.Time) string {
		lease = c.newLease(m, asked, from, at)
		return ""
	})
	return lease, c.run(ctx, t)
}

// orRefusal is the lease, or why there is nothing in it.
func (l *Lease) orRefusal(what string, err error) (*Lease, error) {
	if err != nil {
		return nil, err
	}
	switch t := l.Terms(); {
	case !t.Ended():
		return l, nil
	case failure(t.status()):
		return nil, refused(what, t.status())
	}
	return nil, refuse(kindRefused, "%s: the reply has nothing that was asked for", what)
}

// replies judges answers that must be a Reply: what a server says of the whole message ends the exchange, or has the message
// sent again (section 18.2.10). use gets the Reply; it says why it is of no use, or "".
func (t *trade) replies(c *Client, use func(m *dhcp6.Message, from netip.Addr, at time.Time) string) judge {
	return func(m *dhcp6.Message, from netip.Addr, at time.Time) (verdict, string) {
		if m.Type != dhcp6.Reply {
			return ignore, m.Type.String() + " where a reply was expected"
		}
		c.learn(m)
		switch s := m.Options.Status(); {
		case s.Code == dhcp6.UnspecFail:
			t.said = s
			return ignore, words(s)
		case s.Code == dhcp6.UseMulticast && t.path.to.IsValid():
			t.path = path{}
			return again, ""
		case failure(s):
			t.end = refused(t.message.Type.String(), s)
			return finish, ""
		}
		if why := use(m, from, at); why != "" {
			return ignore, why
		}
		return finish, ""
	}
}

// detect looks whether other hosts have the lease's addresses (RFC 4862 section 5.4), and declines those that they have. A
// lease with nothing left is a conflict.
func (c *Client) detect(ctx context.Context, l *Lease) error {
	if !c.o.Detect {
		return nil
	}
	var taken []netip.Addr
	for _, a := range l.Terms().Addresses() {
		c.station.Release(a) // nobody answers for a tentative address
		by, err := c.station.Probe(ctx, a)
		if err != nil {
			return err
		}
		if by == nil {
			c.station.Hold(a)
			continue
		}
		taken = append(taken, a)
		c.event("conflict", a.String()+" is taken by "+by.String(), nil)
	}
	if len(taken) == 0 {
		return nil
	}
	if err := l.decline(ctx, taken); err != nil && !isTimeout(err) {
		return err
	}
	if l.Terms().Ended() {
		return refuse(kindConflict, "%s on %s is taken by another host, and was declined", taken[0], c.iface.Name)
	}
	return nil
}

// Acquire does all: it asks for what is wanted, takes the best offer, and goes on to the next one when that fails. Where
// all addresses turn out to be other hosts', it begins anew.
func (c *Client) Acquire(ctx context.Context, w Want) (lease *Lease, err error) {
	err = c.call(ctx, func() error {
		lease, err = c.acquire(ctx, w)
		return err
	})
	return lease, err
}

func (c *Client) acquire(ctx context.Context, w Want) (*Lease, error) {
	var last error
	for range acquireTries {
		offers, err := c.solicit(ctx, w, 0)
		if err != nil {
			return nil, orLast(err, last)
		}
		for _, o := range offers {
			lease, err := c.accept(ctx, o)
			if err == nil {
				return lease, nil
			}
			if kind := kindOfError(err); !slices.Contains(passing, kind) {
				return nil, err
			}
			last = err
		}
	}
	return nil, last
}

// acquireTries is how often Acquire begins: servers whose offers come to nothing may do so for ever.
const acquireTries = 4

// passing are the outcomes of a Request after which another offer is worth a try.
var passing = []string{kindTimeout, kindConflict, kindRefused, "noaddrs", "noprefix", "nobinding", "notonlink"}

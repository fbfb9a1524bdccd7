package client4

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/option"
)

// DefaultWait is how long offers are collected: longer than servers take that look first whether an address is free.
const DefaultWait = 5 * time.Second

// Discover asks for offers and returns the first. Wish is an address that the client would like; the zero one is none.
func (c *Client) Discover(ctx context.Context, wish netip.Addr) (offer *dhcp4.Message, err error) {
	err = c.call(ctx, func() error {
		a, err := c.discoverFirst(ctx, wish)
		if err == nil {
			offer = a.Message
		}
		return err
	})
	return offer, err
}

// DiscoverAll asks for offers and returns those that come within a time, at least one and a thousand at most.
func (c *Client) DiscoverAll(ctx context.Context, wish netip.Addr, wait time.Duration) (offers []*dhcp4.Message, err error) {
	err = c.call(ctx, func() error {
		q := c.selecting(ctx, wish)
		patient := func(try int, now time.Time) (time.Time, bool) { // until the end, however few the tries
			t, ok := q.pace(try, now)
			if !ok {
				t = now.Add(wait)
			}
			return t, true
		}
		question := *q
		question.pace = until(c.clock.Now().Add(wait), patient)
		err := c.collect(ctx, &question, func(a *answer) bool {
			offers = append(offers, a.Message)
			c.noteOffer(a)
			return len(offers) >= most
		})
		var silence *Silence
		if len(offers) > 0 && errors.As(err, &silence) {
			return nil
		}
		return c.giveBack(err)
	})
	return offers, err
}

func (c *Client) discoverFirst(ctx context.Context, wish netip.Addr) (*answer, error) {
	a, err := c.ask(ctx, c.selecting(ctx, wish))
	if err != nil {
		return nil, c.giveBack(err)
	}
	c.last = a
	c.noteOffer(a)
	return a, nil
}

// selecting enters that state, with its question.
func (c *Client) selecting(ctx context.Context, wish netip.Addr) *question {
	c.begin(ctx)
	c.enter(Selecting, "discover")
	return &question{message: c.discover(wish), what: "offer", src: none, dst: limited, judge: c.offers, pace: c.backOff(ctx)}
}

func (c *Client) noteOffer(a *answer) {
	server, _ := serverOf(a.Message)
	c.note("offer", "%s offers %s", server, a.YIAddr)
}

// giveBack goes back to the beginning, because of an error.
func (c *Client) giveBack(err error) error {
	c.enter(Init, "%s", err)
	return err
}

// Request takes an offer. When the server refuses, the error is a *Refusal; when another host has the address, which is
// looked for if the configuration says so, a *Taken, and the server has been told.
func (c *Client) Request(ctx context.Context, offer *dhcp4.Message) (lease *Lease, err error) {
	err = c.call(ctx, func() (err error) {
		lease, err = c.take(ctx, offer)
		return err
	})
	return lease, err
}

// Unfit says why an offer can't be taken; "" when it can.
func Unfit(offer *dhcp4.Message) string {
	switch _, known := serverOf(offer); {
	case !known:
		return noServer
	case !offer.YIAddr.Is4() || offer.YIAddr.IsUnspecified():
		return noAddress
	}
	return ""
}

func (c *Client) take(ctx context.Context, offer *dhcp4.Message) (*Lease, error) {
	if problem := Unfit(offer); problem != "" {
		return nil, errors.New(problem)
	}
	if offer.Type() == dhcp4.Ack && c.last != nil && c.last.Message == offer { // for a discover (RFC 4039)
		return c.settle(ctx, c.last)
	}
	server, _ := serverOf(offer)
	c.mu.Lock()
	c.xid = offer.XID
	c.mu.Unlock()
	c.enter(Requesting, "%s of %s", offer.YIAddr, server)
	a, err := c.ask(ctx, &question{message: c.request(offer), what: "answer of " + server.String() + " to the request for " + offer.YIAddr.String(),
		src: none, dst: limited, judge: answersOf(server), pace: c.backOff(ctx), steady: true})
	if err != nil {
		return nil, c.giveBack(err)
	}
	return c.settle(ctx, a)
}

// settle makes a lease of an acknowledgement, unless it is a refusal, or the address is taken.
func (c *Client) settle(ctx context.Context, a *answer) (*Lease, error) {
	if a.Type() == dhcp4.Nak {
		return nil, c.giveBack(newRefusal(a.Message))
	}
	if c.config.ARPCheck {
		by, err := c.station.Probe(ctx, a.YIAddr)
		if err != nil {
			return nil, c.giveBack(err)
		}
		if by != nil {
			return nil, c.refuse(ctx, a, by)
		}
	}
	l := c.bind(ctx, a)
	return l, c.station.Announce(ctx, a.YIAddr) // to clear outdated entries of ARP tables
}

// Acquire does all four steps. After a refusal, a conflict, or a server that fell silent it begins anew, as often as the
// configuration says.
func (c *Client) Acquire(ctx context.Context) (lease *Lease, err error) {
	err = c.call(ctx, func() (err error) {
		lease, err = c.acquire(ctx)
		return err
	})
	return lease, err
}

func (c *Client) acquire(ctx context.Context) (*Lease, error) {
	var past error // what ended the rounds before
	for round := 0; ; round++ {
		a, err := c.discoverFirst(ctx, netip.Addr{})
		if err != nil {
			return nil, after(err, past)
		}
		if wait, prefers := prefersIPv6(c.config.Request, a.Message); prefers {
			return nil, c.giveBack(&IPv6Only{c.iface(), wait})
		}
		lease, err := c.take(ctx, a.Message)
		if err == nil || round >= c.config.Restarts || !again(err) {
			return lease, err
		}
		past = err
		var taken *Taken
		if errors.As(err, &taken) {
			if err := c.clock.Sleep(ctx, declinePause); err != nil {
				return nil, err
			}
		}
	}
}

// declinePause is how long a client waits after a decline (RFC 2131 section 3.1, 5).
const declinePause = 10 * time.Second

// again says whether an error is one to begin anew after.
func again(err error) bool {
	var refusal *Refusal
	var taken *Taken
	var silence *Silence
	return errors.As(err, &refusal) || errors.As(err, &taken) || errors.As(err, &silence)
}

// after is err with what went before it.
func after(err, past error) error {
	if past == nil {
		return err
	}
	return fmt.Errorf("%w (before that: %v)", err, past)
}

// prefersIPv6 says whether a server would rather have the client without IPv4, and for how long (RFC 8925 section 3.2).
// Only a client that asked does as it is told.
func prefersIPv6(request []uint8, m *dhcp4.Message) (time.Duration, bool) {
	const least = 300 * time.Second // MIN_V6ONLY_WAIT
	seconds, ok := m.Uint32(option.IPv6OnlyPreferred)
	for _, code := range request {
		if ok && code == option.IPv6OnlyPreferred {
			return max(time.Duration(seconds)*time.Second, least), true
		}
	}
	return 0, false
}

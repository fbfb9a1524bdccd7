package client4

import (
	"context"
	"net"
	"net/netip"
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/option"
	"moonwire/host/network"
)

// A Lease is an address that the client has, for a time.
type Lease struct {
	client *Client
	waiter network.Waiter // of its life

	// What follows is guarded by the client.
	terms
	over     string          // why the lease is no more; "" while it is
	applied  network.Changes // of the system; nil: none
	applying Applying        // what they are
}

// terms are what an acknowledgement says, and when.
type terms struct {
	Message  *dhcp4.Message
	Address  netip.Addr
	Prefix   netip.Prefix
	Server   netip.Addr
	From     net.HardwareAddr // MAC address that the acknowledgement came from
	Obtained time.Time        // when the request was sent: what the times count from
	Time     time.Duration
	T1, T2   time.Duration
	Infinite bool
	renew    time.Time // T1 as a moment, moved a little where the server named none
	rebind   time.Time
	expires  time.Time
}

// defaultTime is for servers that name none, as BOOTP's relatives do.
const defaultTime = time.Hour

// infinite is a lease time without end (RFC 2131 section 3.3).
const infinite = 0xffffffff

// termsOf reads an acknowledgement.
func (c *Client) termsOf(ctx context.Context, a *answer) terms {
	m := a.Message
	server, _ := serverOf(m)
	t := terms{Message: m, Address: m.YIAddr, Prefix: prefixOf(m), Server: server, From: a.received.SrcMAC, Obtained: a.asked, Time: defaultTime}
	if seconds, ok := m.Uint32(option.LeaseTime); ok {
		t.Time, t.Infinite = time.Duration(seconds)*time.Second, seconds == infinite
	}
	if t.Infinite {
		t.Time = 0
		return t
	}
	t1, fuzzy1 := timer(m, option.RenewalTime, t.Time/2, t.Time)
	t2, fuzzy2 := timer(m, option.RebindingTime, t.Time/8*7, t.Time)
	t.T1, t.T2 = min(t1, t2), t2
	t.expires = t.Obtained.Add(t.Time)
	t.rebind = earlier(t.Obtained.Add(fuzz(ctx, t.T2, fuzzy2)), t.expires)
	t.renew = earlier(t.Obtained.Add(fuzz(ctx, t.T1, fuzzy1)), t.rebind)
	return t
}

// timer is T1 or T2: what the server names, if it leaves time before the lease's end, or RFC 2131's default (section 4.4.5).
func timer(m *dhcp4.Message, code uint8, otherwise, lease time.Duration) (d time.Duration, chosen bool) {
	if seconds, ok := m.Uint32(code); ok {
		if d := time.Duration(seconds) * time.Second; d > 0 && d < lease {
			return d, false
		}
	}
	return otherwise, true
}

// fuzz moves a time of the client's choice by up to a hundredth, so that clients that began together don't stay together
// (RFC 2131 section 4.4.5).
func fuzz(ctx context.Context, d time.Duration, chosen bool) time.Duration {
	if most := d / 100; chosen && most > 0 {
		return d - most + time.Duration(network.Rand(ctx).Int64N(int64(2*most)))
	}
	return d
}

// prefixOf is the address with its mask; without one, with that of its class.
func prefixOf(m *dhcp4.Message) netip.Prefix {
	bits := classBits(m.YIAddr)
	if b, ok := m.Get(option.SubnetMask); ok && len(b) == 4 {
		if ones, size := net.IPMask(b).Size(); size > 0 {
			bits = ones
		}
	}
	return netip.PrefixFrom(m.YIAddr, bits)
}

// classBits is the mask of an address's class (RFC 791 section 2.3).
func classBits(a netip.Addr) int {
	switch first := a.As4()[0]; {
	case first < 128:
		return 8
	case first < 192:
		return 16
	}
	return 24
}

// Terms is what the lease is at this moment.
func (l *Lease) Terms() Terms {
	c := l.client
	c.mu.Lock()
	defer c.mu.Unlock()
	t := Terms{terms: l.terms, RenewAt: l.renew, RebindAt: l.rebind, Expires: l.expires, State: string(c.state)}
	if l.over != "" {
		t.State = l.over
	}
	return t
}

// Terms are what a lease is at one moment.
type Terms struct {
	terms
	RenewAt, RebindAt, Expires time.Time // zero when the lease is infinite
	State                      string    // the client's, or what ended the lease: released, expired …
}

// Mask is the mask of the lease's network.
func (t Terms) Mask() netip.Addr {
	a, _ := netip.AddrFromSlice(net.CIDRMask(t.Prefix.Bits(), 32))
	return a
}

// Routers are option 3's.
func (t Terms) Routers() []netip.Addr { return routersOf(t.Message) }

// DNS are option 6's.
func (t Terms) DNS() []netip.Addr { return t.Message.Addrs(option.DomainNameServer) }

// Domain is option 15.
func (t Terms) Domain() string { return t.Message.Text(option.DomainName) }

// Client is whose lease it is.
func (l *Lease) Client() *Client { return l.client }

// bind makes the client have what a server acknowledged.
func (c *Client) bind(ctx context.Context, a *answer) *Lease {
	t := c.termsOf(ctx, a)
	l := &Lease{client: c, waiter: network.NewWaiter(c.clock), terms: t}
	c.mu.Lock()
	old := c.lease
	c.lease, c.trouble = l, nil
	c.mu.Unlock()
	if old != nil {
		old.end("replaced")
	}
	c.station.Hold(t.Address)
	c.enter(Bound, "%s for %s from %s", t.Prefix, t.Length(), t.Server)
	return l
}

// Length is how long the lease is, in words.
func (t *terms) Length() string {
	if t.Infinite {
		return "ever"
	}
	return plain(t.Time)
}

// extend gives a lease the terms of a later acknowledgement.
func (l *Lease) extend(ctx context.Context, a *answer) {
	c, t := l.client, l.client.termsOf(ctx, a)
	c.mu.Lock()
	old, applied := l.Address, l.applied != nil
	l.terms = t
	c.mu.Unlock()
	if old != t.Address {
		c.station.Release(old)
	}
	if !applied || c.station.Own() {
		c.station.Hold(t.Address)
	}
	if err := l.refresh(old != t.Address); err != nil {
		c.note("unapplied", "%s", err)
	}
	c.enter(Bound, "%s for %s from %s", t.Prefix, t.Length(), t.Server)
	l.wake()
}

// end ends the lease: the client must not use its address any more.
func (l *Lease) end(why string) {
	c := l.client
	c.mu.Lock()
	first := l.over == ""
	if first {
		l.over = why
	}
	address := l.Address
	if c.lease == l {
		c.lease, c.state = nil, Init
	}
	c.mu.Unlock()
	if first {
		c.station.Release(address)
		if err := l.unapply(); err != nil {
			c.note("unapplied", "%s", err)
		}
	}
	l.wake()
}

// wake makes the lease's life look again.
func (l *Lease) wake() { l.waiter.Wake() }

// alive refuses a call on a lease that is no more.
func (l *Lease) alive() error {
	c := l.client
	c.mu.Lock()
	defer c.mu.Unlock()
	if l.over != "" {
		return &Over{l.Address, l.over}
	}
	return nil
}

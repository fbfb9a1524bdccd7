package client4

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"sync"
	"time"

	"moonwire/host/dhcp/station"
	"moonwire/host/network"
)

// A Client is one DHCP client on a link. Its calls run one after the other.
type Client struct {
	config  Config
	station *station.Station
	clock   network.Clock
	turn    network.Turn // held by the call under way
	last    *answer      // to the last discover; the call's

	mu        sync.Mutex
	state     State
	xid       uint32
	began     time.Time // of acquiring or renewing: what secs counts from
	secs      uint16    // of the last discover, which its request repeats
	lease     *Lease
	log       []Exchange
	events    []Event
	stats     Stats
	trouble   error              // what befell the link or the address since somebody asked
	calls     int                // under way, or waiting for their turn
	interrupt context.CancelFunc // ends the exchange of a lease's life; nil when there is none
}

// New makes a client on a link.
func New(ctx context.Context, l *station.Link, config Config) (*Client, error) {
	s, err := l.Station(config.MAC)
	if err != nil {
		return nil, err
	}
	config.fill()
	s.Listen(clientPort)
	s.HearAll()
	s.GuardPort(ctx, clientPort)
	c := &Client{config: config, station: s, clock: l.Network().Clock(), state: Init}
	s.OnTrouble(c.suffer)
	return c, nil
}

// Close ends the client and all its waits. Its lease is not released.
func (c *Client) Close() error {
	c.stop()
	return c.station.Close()
}

// String says who the client is.
func (c *Client) String() string {
	return fmt.Sprintf("%s on %s", c.station.MAC(), c.iface())
}

func (c *Client) iface() string { return c.station.Link().Interface().Name }

// MAC is the client's hardware address.
func (c *Client) MAC() net.HardwareAddr { return c.station.MAC() }

// Station is the client's host on the link.
func (c *Client) Station() *station.Station { return c.station }

// Addresses are those that the interface has at this moment.
func (c *Client) Addresses() []netip.Prefix {
	list, err := c.station.Link().Network().Interfaces()
	if err != nil {
		return nil
	}
	for _, i := range list {
		if i.Name == c.iface() {
			return i.Addrs
		}
	}
	return nil
}

// State is where the client stands.
func (c *Client) State() State {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.state
}

// XID is the identifier of the last transaction.
func (c *Client) XID() uint32 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.xid
}

// Lease is the one that the client has; nil when it has none.
func (c *Client) Lease() *Lease {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.lease
}

// begin starts a transaction: a new identifier, and secs from 0.
func (c *Client) begin(ctx context.Context) {
	xid := network.Rand(ctx).Uint32()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.xid, c.began, c.secs = xid, c.clock.Now(), 0
}

// enter changes the state, and notes that.
func (c *Client) enter(s State, format string, args ...any) {
	c.mu.Lock()
	same := c.state == s && s != Bound
	c.state = s
	c.mu.Unlock()
	if same {
		return
	}
	c.note(string(s), format, args...)
}

// call runs f as the client's only call. The life of a lease makes way for it.
func (c *Client) call(ctx context.Context, f func() error) error {
	c.count(1)
	defer c.count(-1)
	c.stop()
	if err := c.turn.Take(ctx, time.Time{}); err != nil {
		return err
	}
	defer c.turn.Give()
	c.station.Drain()
	return f()
}

// count counts calls, for the life of a lease.
func (c *Client) count(n int) {
	c.mu.Lock()
	c.calls += n
	lease := c.lease
	c.mu.Unlock()
	if lease != nil && n < 0 {
		lease.wake()
	}
}

// stop ends the exchange of a lease's life.
func (c *Client) stop() {
	c.mu.Lock()
	interrupt := c.interrupt
	c.mu.Unlock()
	if interrupt != nil {
		interrupt()
	}
}

// suffer hears what befell the link, or the address.
func (c *Client) suffer(err error) {
	c.mu.Lock()
	c.trouble = err
	lease := c.lease
	c.mu.Unlock()
	if lease != nil {
		lease.wake()
	}
}

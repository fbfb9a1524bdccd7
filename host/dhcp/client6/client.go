package client6

import (
	"context"
	"encoding/binary"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"sync"
	"time"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/station"
	"moonwire/host/network"
)

// The ports of DHCPv6 (RFC 8415 section 7.2).
const (
	ClientPort = 546
	ServerPort = 547
)

// Options say who a client is and what it asks for.
type Options struct {
	Iface       string
	MAC         net.HardwareAddr // nil: the interface's own
	DUID        dhcp6.DUID       // "": a DUID-LL of the MAC
	IAID        uint32           // of the first identity association; 0: the last four bytes of the MAC
	Request     []uint16         // options to ask for, beside those that RFC 8415 wants asked for
	Extra       dhcp6.Options    // further options of every message
	Reconfigure bool             // servers may send Reconfigure
	Detect      bool             // addresses are checked for duplicates before use (RFC 4862 section 5.4)
	Tries       int              // transmissions of a message at most; 0: as RFC 8415 has it
	Timeout     time.Duration    // longest wait for an answer; 0: as RFC 8415 has it
}

// A Client is one DHCPv6 client on a link. Its calls run one after the other; the lives of its leases make way for them.
type Client struct {
	o       Options
	link    *station.Link
	station *station.Station
	iface   network.Interface
	clock   network.Clock
	source  netip.Addr // link-local
	turn    network.Turn
	waiter  network.Waiter // of the exchange under way

	// What follows belongs to who has the turn.
	solMax uint32 // SOL_MAX_RT and INF_MAX_RT as a server gave them, in seconds; 0: none did
	infMax uint32
	asked  []IA // by the last Solicit

	mu        sync.Mutex // guards what follows, and the leases
	busy      bool       // an exchange is under way: it hears what comes
	queue     []station.Datagram
	trouble   error              // that the exchange under way ends with
	calls     int                // under way, or waiting for their turn
	interrupt context.CancelFunc // ends the exchange of a lease's life; nil when there is none
	leases    []*Lease
	key       []byte // for Reconfigure (RFC 8415 section 20.4); nil: none yet
	replay    uint64 // detection value of the last Reconfigure
	exchange  []Exchanged
	events    []Event
	stats     Stats
}

// Open makes a client. It has its link-local address to itself when it returns.
func Open(ctx context.Context, o Options) (*Client, error) {
	link, err := station.Open(ctx, o.Iface)
	if err != nil {
		return nil, err
	}
	clock := network.ClockFrom(ctx)
	c := &Client{o: o, link: link, iface: link.Interface(), clock: clock, waiter: network.NewWaiter(clock)}
	if err := c.settle(ctx); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// settle gets the client a station, a link-local address and its identifiers.
func (c *Client) settle(ctx context.Context) (err error) {
	if c.station, err = c.link.Station(c.o.MAC); err != nil {
		return err
	}
	c.station.Listen(ClientPort)
	c.station.GuardPort(ctx, ClientPort)
	if c.source, err = c.station.LinkLocal(ctx, c.o.Detect); err != nil {
		return err
	}
	c.station.Handle(c.arrived)
	c.station.OnTrouble(c.suffer)
	mac := c.MAC()
	if c.o.DUID == "" {
		c.o.DUID = dhcp6.NewLL(mac)
	}
	if c.o.IAID == 0 {
		c.o.IAID = binary.BigEndian.Uint32(mac[len(mac)-4:])
	}
	return nil
}

// MAC is the client's MAC address.
func (c *Client) MAC() net.HardwareAddr { return c.station.MAC() }

// DUID is what the client is known by.
func (c *Client) DUID() dhcp6.DUID { return c.o.DUID }

// Interface is the client's.
func (c *Client) Interface() network.Interface { return c.iface }

// Source is the client's link-local address.
func (c *Client) Source() netip.Addr { return c.source }

// Close gives the link back and ends all waits. Leases stay with their servers.
func (c *Client) Close() error {
	c.stop()
	c.mu.Lock()
	for _, l := range c.leases {
		l.unwatch()
	}
	c.mu.Unlock()
	return c.link.Close()
}

// String says what the client is.
func (c *Client) String() string {
	return fmt.Sprintf("dhcp6.client{%s %s}", c.iface.Name, dhcp6.NewLL(c.MAC()).MAC())
}

// call runs f as the client's only call. The lives of leases make way for it.
func (c *Client) call(ctx context.Context, f func() error) error {
	c.count(1)
	defer c.count(-1)
	c.stop()
	if err := c.turn.Take(ctx, time.Time{}); err != nil {
		return err
	}
	defer c.turn.Give()
	return f()
}

// count counts calls, for the lives of leases, which go on when there are none.
func (c *Client) count(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls += n
	for _, l := range c.leases {
		l.waiter.Wake()
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

// suffer hears what befell the link, or an address of a lease (on the goroutine that reads the link).
func (c *Client) suffer(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.busy {
		c.trouble = err
		c.waiter.Wake()
	}
	for _, l := range c.leases {
		l.trouble = append(l.trouble, err)
		l.waiter.Wake()
	}
}

// queueMost is how many datagrams wait for the exchange under way at most.
const queueMost = 256

// arrived takes a datagram (on the goroutine that reads the link): for the exchange under way, or, when there is none, for a
// lease that its server wants renewed.
func (c *Client) arrived(d station.Datagram) {
	d.Payload = slices.Clone(d.Payload)
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.busy {
		c.between(d)
		return
	}
	if len(c.queue) < queueMost {
		c.queue = append(c.queue, d)
		c.waiter.Wake()
	}
}

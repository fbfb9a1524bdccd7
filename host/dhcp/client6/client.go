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

// A Client is one DHCPv6 client on a link. Only one goroutine uses it at a time.
type Client struct {
	o       Options
	link    *station.Link
	station *station.Station
	iface   network.Interface
	source  netip.Addr // link-local
	solMax  uint32     // SOL_MAX_RT and INF_MAX_RT as a server gave them, in seconds; 0: none did
	infMax  uint32
	key     []byte // for Reconfigure (RFC 8415 section 20.4); nil: none yet
	replay  uint64 // detection value of the last Reconfigure
	asked   []IA   // by the last Solicit

	mu       sync.Mutex // guards what others read meanwhile
	exchange []Exchanged
	events   []Event
	stats    Stats
}

// Exchanged is a message that the client sent or heard.
type Exchanged struct {
	Time                time.Time
	Out                 bool
	Message             *dhcp6.Message
	Source, Destination netip.AddrPort
	Ignored             string // why a message that was heard wasn't used
}

// Stats count what a client did.
type Stats struct {
	Sent, Received, Ignored uint64
	Reasons                 map[string]uint64 // why what was heard was ignored
}

// Open makes a client. It has its link-local address to itself when it returns.
func Open(ctx context.Context, o Options) (*Client, error) {
	link, err := station.Open(ctx, o.Iface)
	if err != nil {
		return nil, err
	}
	c := &Client{o: o, link: link, iface: link.Interface()}
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
func (c *Client) MAC() net.HardwareAddr {
	if c.o.MAC != nil {
		return c.o.MAC
	}
	return c.iface.MAC
}

// DUID is what the client is known by.
func (c *Client) DUID() dhcp6.DUID { return c.o.DUID }

// Interface is the client's.
func (c *Client) Interface() network.Interface { return c.iface }

// Source is the client's link-local address.
func (c *Client) Source() netip.Addr { return c.source }

// Close gives the link back. Leases stay with their servers.
func (c *Client) Close() error { return c.link.Close() }

// Exchange is what was sent and heard so far.
func (c *Client) Exchange() []Exchanged {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.exchange)
}

// Stats are the counts so far.
func (c *Client) Stats() Stats {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.stats
	s.Reasons = map[string]uint64{}
	for why, n := range c.stats.Reasons {
		s.Reasons[why] = n
	}
	return s
}

// String says what the client is.
func (c *Client) String() string { return fmt.Sprintf("dhcp6.client %s %s", c.iface.Name, c.MAC()) }

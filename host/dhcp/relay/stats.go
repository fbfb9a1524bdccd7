package relay

import (
	"net/netip"
	"sync"
)

// Why messages are dropped.
const (
	Malformed      = "malformed"                // no DHCP message
	NoServer       = "no server"                // nobody to send a client's message to
	OtherInterface = "not a client's interface" // a request that came from elsewhere
	TooManyHops    = "too many hops"
	TooYoung       = "too young" // secs is below the threshold
	OwnAddress     = "giaddr is ours"
	OtherAddress   = "giaddr is not ours" // a reply for another relay agent
	Untrusted      = "option 82 without giaddr"
	HasInformation = "has option 82" // under policy drop
	NoAddress      = "no address"    // the interface has none that could be giaddr
	NotSent        = "not sent"      // the system refused it
	WrongLink      = "no link for the reply"
	WrongType      = "wrong type" // a message that relay agents don't carry
	ByScript       = "script"     // a handler didn't want it
)

// Stats counts messages.
type Stats struct {
	Received  int            // all, before any was dropped
	Requests  int            // of clients, carried to the servers
	Replies   int            // of servers, carried to clients
	Broadcast int            // replies that went to everybody
	Fallback  int            // of those, replies that needed a privilege to go to one client
	Drops     map[string]int // by reason
}

// counter is Stats that are being counted.
type counter struct {
	mu sync.Mutex
	s  Stats
}

func (c *counter) add(n *int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	*n++
}

// sent counts a message that send sends. It is counted before, since whoever gets it may look at the counts at once.
func (c *counter) sent(n *int, send func() error) error {
	c.add(n)
	err := send()
	if err != nil {
		c.mu.Lock()
		defer c.mu.Unlock()
		*n--
	}
	return err
}

// carry sends a request to all servers and says which took it first. It is counted once, however many take it.
func (c *counter) carry(servers []netip.AddrPort, send func(netip.AddrPort) error) (first netip.AddrPort, reason string) {
	reason = NotSent
	for _, s := range servers {
		if reason == "" {
			_ = send(s) // it is carried to one server at least
		} else if c.sent(&c.s.Requests, func() error { return send(s) }) == nil {
			first, reason = s, ""
		}
	}
	return first, reason
}

func (c *counter) drop(reason string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.s.Drops == nil {
		c.s.Drops = map[string]int{}
	}
	c.s.Drops[reason]++
}

// Stats are the counts so far.
func (c *counter) Stats() Stats {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.s
	s.Drops = make(map[string]int, len(c.s.Drops))
	for reason, n := range c.s.Drops {
		s.Drops[reason] = n
	}
	return s
}

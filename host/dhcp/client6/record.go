package client6

import (
	"maps"
	"net/netip"
	"slices"
	"time"

	"moonwire/host/dhcp/dhcp6"
)

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

// An Event is something that happened to a client or a lease.
type Event struct {
	Time    time.Time
	Name    string
	Text    string         // more of it, for people
	Message *dhcp6.Message // behind it, if any
}

// remembered is how many messages and events a client remembers: the last ones.
const remembered = 1000

// remember adds to a list, and forgets the oldest.
func remember[T any](list []T, x T) []T {
	if len(list) == remembered {
		list = slices.Delete(list, 0, 1)
	}
	return append(list, x)
}

// note remembers a message that went or came. The caller holds the lock.
func (c *Client) note(x Exchanged) {
	c.exchange = remember(c.exchange, x)
	if x.Out {
		c.stats.Sent++
		return
	}
	c.stats.Received++
	if x.Ignored == "" {
		return
	}
	c.stats.Ignored++
	if c.stats.Reasons == nil {
		c.stats.Reasons = map[string]uint64{}
	}
	c.stats.Reasons[x.Ignored]++
}

// event remembers what happened.
func (c *Client) event(name, text string, m *dhcp6.Message) *Event {
	e := Event{c.clock.Now(), name, text, m}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.events = remember(c.events, e)
	return &e
}

// Exchange is what was sent and heard, the oldest first.
func (c *Client) Exchange() []Exchanged {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.exchange)
}

// Events are what happened, the oldest first.
func (c *Client) Events() []Event {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.events)
}

// Stats are the counts so far.
func (c *Client) Stats() Stats {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.stats
	s.Reasons = maps.Clone(s.Reasons)
	return s
}

package client4

import (
	"fmt"
	"maps"
	"net"
	"net/netip"
	"slices"
	"strings"
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/option"
)

// An Exchange is one message that the client sent or received.
type Exchange struct {
	Time     time.Time
	Out      bool
	Message  *dhcp4.Message // nil when it could not be read
	Payload  []byte
	Src, Dst netip.AddrPort
	SrcMAC   net.HardwareAddr
	DstMAC   net.HardwareAddr
	Ignored  string // why the client ignored it; "" when it didn't
}

// An Event is something that happened to the client.
type Event struct {
	Time  time.Time
	Name  string // a state, or what happened
	State State
	Text  string
}

// Stats counts messages.
type Stats struct {
	Sent, Received uint64
	Ignored        map[string]uint64 // by the reason
}

// most is how many exchanges and events a client remembers, and how many offers it collects.
const most = 1000

// remember keeps an exchange.
func (c *Client) remember(x Exchange) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.log = append(c.log, x)
	if len(c.log) > most {
		c.log = slices.Delete(c.log, 0, len(c.log)-most)
	}
	switch {
	case x.Out:
		c.stats.Sent++
	default:
		c.stats.Received++
	}
	if x.Ignored != "" {
		if c.stats.Ignored == nil {
			c.stats.Ignored = map[string]uint64{}
		}
		c.stats.Ignored[x.Ignored]++
	}
}

// note keeps an event.
func (c *Client) note(name, format string, args ...any) Event {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := Event{c.clock.Now(), name, c.state, fmt.Sprintf(format, args...)}
	c.events = append(c.events, e)
	if len(c.events) > most {
		c.events = slices.Delete(c.events, 0, len(c.events)-most)
	}
	return e
}

// Exchanged are the messages sent and received, the oldest first.
func (c *Client) Exchanged() []Exchange {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.log)
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
	s.Ignored = maps.Clone(s.Ignored)
	return s
}

// ignoredSince says what was ignored since an earlier count: "ignored: 2 wrong xid, 1 malformed".
func (c *Client) ignoredSince(before Stats) string {
	now := c.Stats()
	var parts []string
	for _, why := range slices.Sorted(maps.Keys(now.Ignored)) {
		if n := now.Ignored[why] - before.Ignored[why]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, why))
		}
	}
	if parts == nil {
		return ""
	}
	return "; ignored: " + strings.Join(parts, ", ")
}

// Subject is the address that a message is about; not valid when there is none.
func Subject(m *dhcp4.Message) netip.Addr {
	for _, a := range []netip.Addr{m.YIAddr, m.Addr(option.RequestedAddress), m.CIAddr} {
		if a.Is4() && !a.IsUnspecified() {
			return a
		}
	}
	return netip.Addr{}
}

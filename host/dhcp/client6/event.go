package client6

import (
	"context"
	"slices"
	"time"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/network"
)

// An Event is something that happened to a client or a lease.
type Event struct {
	Time    time.Time
	Name    string
	Text    string         // more of it, for people
	Message *dhcp6.Message // the Reply behind it, if any
}

// event notes what happened.
func (c *Client) event(ctx context.Context, name, text string, m *dhcp6.Message) *Event {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := Event{network.ClockFrom(ctx).Now(), name, text, m}
	if len(c.events) < exchangeMost {
		c.events = append(c.events, e)
	}
	return &e
}

// Events are those so far.
func (c *Client) Events() []Event {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.events)
}

package permit

import (
	"context"
	"net/netip"
	"sync"
	"time"
)

// crafted decides about the packets of an ip:proto socket, by the link that they leave by.
type crafted struct {
	on     *guarded
	proto  int
	device string // the link that the socket is bound to; "": routes choose

	mu    sync.Mutex
	links map[string]*Frames
	ways  map[netip.Addr]way
}

// A way is the link by which a destination is reached, as it was at a moment.
type way struct {
	link string
	at   time.Time
}

// The ways that are remembered, and for how long.
const (
	mostWays = 1 << 10
	wayTime  = time.Second
)

// whole packets are the payload of this protocol (raw(7), IPPROTO_RAW).
const ipRaw = 255

// decide decides about the payload of a packet to dst, or about the packet when that is the payload.
func (c *crafted) decide(dst netip.Addr, payload []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	f := c.frames(c.link(dst))
	if c.proto == ipRaw {
		if f.open {
			return nil
		}
		r := reader{f: f}
		r.packet(payload)
		return r.verdict()
	}
	return f.CheckPacket(c.proto, dst, payload)
}

// frames are those of a link.
func (c *crafted) frames(link string) *Frames {
	f := c.links[link]
	if f == nil {
		if f = c.on.policy.Frames(link, c.on.table); c.links == nil {
			c.links = make(map[string]*Frames)
		}
		c.links[link] = f
	}
	return f
}

// link is by which packets to dst leave.
func (c *crafted) link(dst netip.Addr) string {
	if c.device != "" || !dst.IsValid() {
		return c.device
	}
	now := c.on.Clock().Now()
	if w, known := c.ways[dst]; known && now.Sub(w.at) < wayTime {
		return w.link
	}
	hop, err := c.on.NextHop(context.Background(), dst, "")
	if err != nil {
		return ""
	}
	if c.ways == nil || len(c.ways) >= mostWays {
		c.ways = make(map[netip.Addr]way)
	}
	c.ways[dst] = way{hop.Interface, now}
	return hop.Interface
}

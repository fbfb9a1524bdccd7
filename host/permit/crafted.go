package permit

import (
	"context"
	"net/netip"
	"sync"
	"time"

	"moonwire/host/network"
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

// decide decides about the payload of a packet to dst, sent as m says, or about the packet when that is the payload.
func (c *crafted) decide(dst netip.Addr, payload []byte, m network.Meta) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	link := c.device
	switch {
	case m.Interface != 0:
		link = c.on.linkName(m.Interface)
	case link == "" && dst.IsValid():
		link = c.route(dst)
	}
	f := c.frames(link)
	if c.proto == ipRaw {
		if f.open {
			return nil
		}
		r := reader{f: f}
		if r.packet(payload); dst.IsValid() && !leadsTo(payload, dst.Unmap().WithZone("")) {
			r.unreadable("its header names another destination than " + dst.String() + ", to which the system would bring it")
		}
		return r.verdict()
	}
	return f.CheckPacket(c.proto, m.Local, dst, payload)
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

// route is the link by which packets to dst leave; "" where that isn't known.
func (c *crafted) route(dst netip.Addr) string {
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

// leadsTo says whether a packet's header has a destination.
func leadsTo(packet []byte, dst netip.Addr) bool {
	named := netip.Addr{}
	switch {
	case len(packet) >= 20 && packet[0]>>4 == 4:
		named = netip.AddrFrom4([4]byte(packet[16:]))
	case len(packet) >= 40 && packet[0]>>4 == 6:
		named = netip.AddrFrom16([16]byte(packet[24:])).Unmap()
	}
	return named == dst
}

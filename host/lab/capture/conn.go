package capture

import (
	"context"
	"errors"
	"net"
	"slices"
	"sync"
	"time"

	"moonwire/host/lab/wire"
	"moonwire/host/network"
	"moonwire/host/pcap"
)

// Conn is a Sniffer as a network.LinkConn, for code that reads from one. Nothing can be sent by it. Frames say which link
// they are of by their Interface: 1 is the first.
type Conn struct {
	*Sniffer
	clock network.Clock
	iface network.Interface
	links []*wire.Link
	snap  int

	mu       sync.Mutex
	deadline time.Time
	sights   []wire.Sight
}

var _ network.LinkConn = (*Conn)(nil)

// Open begins to look at links, by a clock. The interface that it shows has the name of the link, or "any" for several.
func Open(clock network.Clock, o network.LinkOpts, links ...*wire.Link) (*Conn, error) {
	s, err := Sniff(o, links...)
	if err != nil {
		return nil, err
	}
	c := &Conn{Sniffer: s, clock: clock, links: links, snap: o.Snap}
	c.iface = network.Interface{Name: "any", Flags: net.FlagUp | net.FlagRunning, LinkType: "ethernet", MTU: wire.MaxMTU}
	if len(links) == 1 {
		c.iface.Name, c.iface.Index = links[0].Name(), 1
	}
	return c, nil
}

// Interface is what the frames come from.
func (c *Conn) Interface() network.Interface { return c.iface }

// Method is of sending: there is none.
func (c *Conn) Method() string { return "none" }

// WriteFrames refuses: who looks at a link has no end of it.
func (c *Conn) WriteFrames(context.Context, int, func(int, []byte) int) (int, error) {
	return 0, &net.OpError{Op: "write", Net: "link", Err: errors.ErrUnsupported}
}

// SetReadDeadline says until when a read waits, that under way too.
func (c *Conn) SetReadDeadline(t time.Time) error {
	c.mu.Lock()
	c.deadline = t
	c.mu.Unlock()
	c.Sniffer.mu.Lock()
	defer c.Sniffer.mu.Unlock()
	c.rouse()
	return nil
}

func (c *Conn) until() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.deadline
}

// ReadFrames waits for frames. Those that were lost on their link are among them.
func (c *Conn) ReadFrames(into []network.Frame) (int, error) {
	if len(c.sights) < len(into) {
		c.sights = make([]wire.Sight, len(into))
	}
	n, err := c.wait(c.sights[:len(into)])
	for i, s := range c.sights[:n] {
		into[i] = c.frame(s)
	}
	clear(c.sights[:n])
	return n, err
}

// wait reads as Sniffer.Read does, by a deadline that may change meanwhile.
func (c *Conn) wait(into []wire.Sight) (int, error) {
	for {
		n, w, err := c.take(c.clock, into)
		if w == nil {
			return n, err
		}
		if err := w.WaitUntil(context.Background(), c.until()); err != nil {
			c.forget(w)
			return 0, err
		}
	}
}

// frame is a sight as other links have it.
func (c *Conn) frame(s wire.Sight) network.Frame {
	f := network.Frame{Data: s.Frame, Len: len(s.Frame), Time: s.Time, Direction: network.ToOther}
	if c.snap > 0 {
		f.Data = f.Data[:min(c.snap, len(f.Data))]
	}
	f.Interface = 1 + slices.Index(c.links, s.From.Link())
	switch reception(s.Frame) {
	case pcap.Broadcast:
		f.Direction = network.ToBroadcast
	case pcap.Multicast:
		f.Direction = network.ToMulticast
	}
	return f
}

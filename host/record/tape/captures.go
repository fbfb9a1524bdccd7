package tape

import (
	"sync"
	"time"

	"moonwire/host/network"
	"moonwire/host/pcap"
	"moonwire/host/record"
)

// Frames is the file of a record where the frames are that the script's links sent and received, as pcapng.
const Frames = record.Captures + "links.pcapng"

// captures writes that file, which begins with its first frame.
type captures struct {
	to *record.Writer

	mu      sync.Mutex
	w       *pcap.Writer
	numbers map[string]int // of the interfaces in the file
	err     error          // nothing more is written
}

// received keeps frames that a link has read.
func (c *captures) received(l *link, frames []network.Frame) {
	for i := range frames {
		p := pcap.OfFrame(&frames[i])
		p.Options.AddFlags(pcap.DirectionFlags(frames[i].Direction))
		c.keep(l, &p)
	}
}

// sent keeps frames that a link has written.
func (c *captures) sent(l *link, frames []record.Bytes) {
	now := time.Now()
	for _, b := range frames {
		p := pcap.OfFrame(&network.Frame{Data: b, Len: len(b), Time: now})
		p.Options.AddFlags(pcap.DirectionFlags(network.Outgoing))
		c.keep(l, &p)
	}
}

func (c *captures) keep(l *link, p *pcap.Packet) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err == nil {
		if p.Interface, c.err = c.number(&l.iface); c.err == nil {
			c.err = c.w.Write(p)
		}
	}
}

// number is an interface's in the file.
func (c *captures) number(i *network.Interface) (int, error) {
	if c.w == nil {
		c.numbers = map[string]int{}
		c.w = pcap.NewWriter(c.to.File(Frames), pcap.WriterOptions{Format: pcap.PcapNG})
		if err := c.w.Start(); err != nil {
			return 0, err
		}
	}
	if n, ok := c.numbers[i.Name]; ok {
		return n, nil
	}
	linkType, ok := pcap.LinkTypeNamed(i.LinkType)
	if !ok {
		linkType = pcap.Ethernet
	}
	n, err := c.w.AddInterface(pcap.Interface{LinkType: linkType, Name: i.Name, Addrs: i.Addrs, MAC: i.MAC, FCS: -1})
	c.numbers[i.Name] = n
	return n, err
}

// close gives the record what is left.
func (c *captures) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.w != nil && c.err == nil {
		c.err = c.w.Close()
	}
}

package fragment

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"moonwire/host/packet"
)

// Options say how a datagram is cut.
type Options struct {
	MTU   int  // the longest IP datagram in bytes, header included
	Force bool // cut what has the don't fragment flag, too; the flag stays

	Order     Order  // in which the fragments come
	Seed      uint64 // of Random order
	Tiny      int    // bytes of payload in the first fragment; 0: as many as fit
	Overlap   int    // bytes that every fragment but the first has in common with the one before it
	Fill      string // what stands in the overlapping part of the later fragment, repeated; "": the same as before
	Gap       int    // the fragment that is missing, counted from 1, from the end when negative; 0: none
	Duplicate int    // the fragment that comes twice, counted likewise; 0: none
	Twice     bool   // every fragment comes twice

	ID    uint32 // identification of IPv6 fragments, which IPv4 has in its header
	HasID bool   // ID is given
	NewID uint32 // otherwise that of an IPv6 datagram which is no fragment itself
}

// An Order is that in which fragments come.
type Order string

// The orders.
const (
	Forward   Order = "forward"
	Reverse   Order = "reverse"
	Random    Order = "random"
	LastFirst Order = "last_first"
)

// Orders are all, in the order in which documents list them.
var Orders = []Order{Forward, Reverse, Random, LastFirst}

// unit is what offsets count.
const unit = 8

// offsetMax is the largest offset, in bytes.
const offsetMax = 8191 * unit

// Split builds p and cuts its first IP layer into fragments that are no longer than the MTU. What stands before that
// layer goes with every fragment, padding behind it with none. A datagram that fits comes back alone, unless the options
// ask for more than one fragment.
//
// Addresses that p leaves to its sender are left by the fragments, too, unless a checksum covers them: that is computed
// here, over the addresses as they stand.
func Split(p *packet.Packet, o Options) ([]*packet.Packet, error) {
	at := datagram(p)
	if at < 0 {
		return nil, fmt.Errorf("no IP layer in this packet: %s", p)
	}
	unset := p
	p = p.Sent()
	ip := p.Layer(at)
	if len(ip.Whole()) <= o.MTU && o.Tiny == 0 {
		return o.arrange([]*packet.Packet{p})
	}
	c, err := cutterOf(ip, o)
	if err != nil {
		return nil, err
	}
	spans, err := o.spans(c)
	if err != nil {
		return nil, err
	}
	link := p.Raw()[:ip.Offset()]
	pieces := make([]*packet.Packet, len(spans))
	for i, s := range spans {
		raw := slices.Concat(link, c.head(s), s.bytes(c.payload, o.Fill))
		pieces[i] = packet.Decode(p.Registry(), raw, p.Layer(0).Protocol())
		if err := leave(pieces[i], unset, at); err != nil {
			return nil, err
		}
	}
	return o.arrange(pieces)
}

// datagram is the index of the first IP layer; -1 when there is none.
func datagram(p *packet.Packet) int {
	for i := range p.Len() {
		if name := p.Layer(i).Protocol().Name; name == "ip" || name == "ipv6" {
			return i
		}
	}
	return -1
}

// A cutter is a datagram taken apart.
type cutter struct {
	first, later []byte // headers of the first fragment and of the others, with room for what differs
	payload      []byte
	offset       int  // of the payload in the whole datagram: a fragment is cut further
	more         bool // fragments of that datagram follow
	whole        int  // bytes of the payload that the first fragment must have
	head         func(s span) []byte
}

// cutterOf takes an IP layer apart.
func cutterOf(c packet.Context, o Options) (*cutter, error) {
	if c.Protocol().Name == "ip" {
		return cutter4(c, o)
	}
	return cutter6(c, o), nil
}

// A span is the part of the payload in one fragment.
type span struct {
	from, to int // in the payload
	repeated int // bytes at its start that the fragment before has, too
	last     bool
}

// bytes is the span's part of the payload, with fill in the repeated part.
func (s span) bytes(payload []byte, fill string) []byte {
	b := slices.Clone(payload[s.from:s.to])
	for i := 0; fill != "" && i < s.repeated; i++ {
		b[i] = fill[i%len(fill)]
	}
	return b
}

// spans cuts the payload.
func (o Options) spans(c *cutter) ([]span, error) {
	if o.Overlap%unit != 0 || o.Overlap < 0 {
		return nil, fmt.Errorf("an overlap of %d bytes; offsets count %d bytes", o.Overlap, unit)
	}
	if o.Tiny%unit != 0 || o.Tiny < 0 {
		return nil, fmt.Errorf("a first fragment of %d bytes; all but the last are multiples of %d", o.Tiny, unit)
	}
	if end := c.offset + len(c.payload); end > offsetMax+unit {
		return nil, fmt.Errorf("a payload of %d bytes; fragments have room for %d", end, offsetMax+unit)
	}
	room := func(head []byte) int { return (o.MTU - len(head)) / unit * unit }
	size := room(c.first)
	if size < unit || room(c.later) < unit {
		return nil, fmt.Errorf("an MTU of %d leaves no room for %d bytes of payload behind %d bytes of header", o.MTU, unit, len(c.first))
	}
	if room(c.later) <= o.Overlap {
		return nil, fmt.Errorf("an overlap of %d bytes leaves nothing new in fragments of %d", o.Overlap, room(c.later))
	}
	if o.Tiny > 0 {
		size = min(size, o.Tiny)
	} else if size < c.whole && len(c.payload) > size {
		return nil, fmt.Errorf("an MTU of %d cuts the headers, which must be in the first fragment (RFC 8200 section 4.5); give tiny to cut them all the same", o.MTU)
	}
	return o.cut(len(c.payload), size, o.MTU-len(c.later)), nil
}

// cut divides so many bytes: first in the first fragment, at most room in each of the others, where only the last may be
// no multiple of 8.
func (o Options) cut(total, first, room int) []span {
	spans := []span{{to: min(first, total), last: first >= total}}
	for at := first; at < total; {
		repeated := min(o.Overlap, at)
		s := span{from: at - repeated, repeated: repeated, to: total, last: true}
		if total-s.from > room {
			s.to, s.last = s.from+room/unit*unit, false
		}
		spans, at = append(spans, s), s.to
	}
	return spans
}

// arrange leaves out, repeats and orders the fragments.
func (o Options) arrange(pieces []*packet.Packet) ([]*packet.Packet, error) {
	gap, err := nth(o.Gap, len(pieces))
	if err != nil {
		return nil, fmt.Errorf("gap: %w", err)
	}
	twice, err := nth(o.Duplicate, len(pieces))
	if err != nil {
		return nil, fmt.Errorf("duplicate: %w", err)
	}
	var all []*packet.Packet
	for i, p := range pieces {
		if i == gap {
			continue
		}
		all = append(all, p)
		if i == twice || o.Twice {
			all = append(all, p.Copy())
		}
	}
	switch o.Order {
	case Reverse:
		slices.Reverse(all)
	case LastFirst:
		if n := len(all); n > 1 {
			all = append([]*packet.Packet{all[n-1]}, all[:n-1]...)
		}
	case Random:
		r := rand.New(rand.NewPCG(o.Seed, 0))
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	}
	return all, nil
}

// nth is the index of fragment n, counted from 1 or from the end; -1 for 0.
func nth(n, of int) (int, error) {
	switch {
	case n > of || -n > of:
		return 0, fmt.Errorf("there are %d fragments, none is number %d", of, n)
	case n < 0:
		return of + n, nil
	}
	return n - 1, nil
}

package wire

import (
	"maps"
	"sync"
	"sync/atomic"
	"time"
)

// LinkOptions say how a link is at first.
type LinkOptions struct {
	Seed int64 // the lab's; with the link's name it decides what chance does
}

// Link joins two ports.
type Link struct {
	name   string
	engine Engine
	hop    time.Duration // the least that a frame takes
	ends   [2]*Port

	mu   sync.Mutex // of all below, and of both directions
	ways [2]direction
	down bool
	cut  bool // a partition
	age  uint32
	taps atomic.Pointer[[]*tap]
}

// leastHop is what a frame takes at least in simulated time: without it, time would stand still while two hosts talk.
const leastHop = time.Microsecond

// Connect joins two ports by a link that is up.
func Connect(e Engine, name string, a, b *Port, o LinkOptions) *Link {
	l := &Link{name: name, engine: e, ends: [2]*Port{a, b}}
	if v, ok := e.(interface{ Virtual() bool }); ok && v.Virtual() {
		l.hop = leastHop
	}
	l.ways[0] = direction{link: l, from: a, to: b, seed: seedOf(o.Seed, name, 0)}
	l.ways[1] = direction{link: l, from: b, to: a, seed: seedOf(o.Seed, name, 1)}
	a.link.Store(l)
	b.link.Store(l)
	if l.Carrier() {
		l.tell(true)
	}
	return l
}

// Name is the link's, as "R1--R2".
func (l *Link) Name() string { return l.name }

// Ends are the link's two ports.
func (l *Link) Ends() (a, b *Port) { return l.ends[0], l.ends[1] }

// Peer is the port at the other end.
func (l *Link) Peer(p *Port) *Port { return l.from(p).to }

// from is the direction of what p sends.
func (l *Link) from(p *Port) *direction {
	if p == l.ends[0] {
		return &l.ways[0]
	}
	return &l.ways[1]
}

// Carrier says whether the link and both its ends are up.
func (l *Link) Carrier() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.carrier()
}

func (l *Link) carrier() bool { return !l.down && l.ends[0].Up() && l.ends[1].Up() }

// SetUp plugs the link in or out. Both ends see their carrier come and go, and frames under way are lost.
func (l *Link) SetUp(up bool) { l.change(func() { l.down = !up }) }

// SetPartition cuts the link, or heals it, and nobody notices: the carrier stays, what is sent is lost.
func (l *Link) SetPartition(cut bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut = cut
}

// change does something that may bring or end the carrier.
func (l *Link) change(f func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	before := l.carrier()
	f()
	if now := l.carrier(); now != before {
		if !now {
			l.age++
		}
		l.tell(now)
	}
}

// tell lets both ends hear of the carrier.
func (l *Link) tell(up bool) {
	for _, p := range l.ends {
		l.engine.Schedule(0, carrierEvent{p, up})
	}
}

type carrierEvent struct {
	port *Port
	up   bool
}

func (e carrierEvent) Run() { e.port.carried(e.up) }

// refuses is why the link takes no frames at the moment, or "".
func (l *Link) refuses() string {
	switch {
	case !l.carrier():
		return LinkDown
	case l.cut:
		return Partition
	}
	return ""
}

// Stats is what the port sent, received and lost so far.
func (p *Port) Stats() PortStats {
	l := p.link.Load()
	if l == nil {
		return PortStats{Sent: Count{Frames: p.astray.Load()}, Drops: map[string]uint64{NotConnected: p.astray.Load()}}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	out := &l.from(p).ledger
	in := &l.from(l.Peer(p)).ledger
	return PortStats{
		Sent: out.sent, Received: in.received,
		Drops: maps.Clone(out.drops), Missed: maps.Clone(in.drops),
		Corrupted: out.corrupted, Duplicated: out.duplicated, Reordered: out.reordered,
	}
}

// Now is the time on the link.
func (l *Link) Now() time.Time { return l.engine.Now() }

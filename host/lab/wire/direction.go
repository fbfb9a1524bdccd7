package wire

import "moonwire/host/network"

// direction is one way of a link. It is also the event that its next frame arrives: frames that keep their order wait in
// flight, and as many events are scheduled.
type direction struct {
	link     *Link
	from, to *Port
	ledger   ledger
	seed     uint64
	weather  *weather // nil: fine
	n        uint64   // frames that were carried

	flight  ring[flying]
	under   int // frames under way, in flight or as stragglers
	bytes   int // of them
	held    int // frames in the filter's hands
	waiters []network.Waiter
	alarmed bool // an event is coming that wakes them
}

// flying is a frame under way.
type flying struct {
	frame []byte
	age   uint32 // the link's, when it was sent
}

// How much may be under way at most.
const (
	manyFrames = 1 << 16
	manyBytes  = 64 << 20
)

// send takes a frame from the port.
func (d *direction) send(frame []byte) {
	l := d.link
	l.mu.Lock()
	d.ledger.sent.add(frame)
	if reason := l.refuses(); reason != "" {
		d.refuse(frame, reason)
	} else if w := d.weather; w != nil && w.Filter != nil {
		if p := d.hold(frame); p != nil {
			defer w.Filter(p)
		}
	} else {
		d.carry(frame)
	}
	l.mu.Unlock()
}

// carry puts a frame onto the wire.
func (d *direction) carry(frame []byte) {
	n := d.n
	d.n++
	switch {
	case tooLong(frame, min(d.from.MTU(), d.to.MTU())):
		d.refuse(frame, TooLong)
	case d.under >= manyFrames || d.bytes+len(frame) > manyBytes:
		d.refuse(frame, QueueFull)
	case d.weather != nil:
		d.brave(frame, luckOf(d.seed, n))
	default:
		d.show(Sight{Frame: frame})
		d.take(frame)
		d.flight.push(flying{frame, d.link.age})
		d.link.engine.Schedule(d.link.hop, d)
	}
}

func (d *direction) take(frame []byte) {
	d.under++
	d.bytes += len(frame)
}

// Run delivers the next frame of those in order.
func (d *direction) Run() {
	d.link.mu.Lock()
	d.arrive(d.flight.pop())
}

// straggler is the event that a frame arrives which doesn't keep its order.
type straggler struct {
	flying
	way *direction
}

func (s *straggler) Run() {
	s.way.link.mu.Lock()
	s.way.arrive(s.flying)
}

// arrive lets go of the link and delivers a frame.
func (d *direction) arrive(f flying) {
	l := d.link
	d.under--
	d.bytes -= len(f.frame)
	d.relax()
	handle := d.to.handle.Load()
	switch {
	case f.age != l.age:
		d.miss(f.frame, LinkDown)
		handle = nil
	case handle == nil:
		d.miss(f.frame, NoReceiver)
	default:
		d.ledger.received.add(f.frame)
	}
	l.mu.Unlock()
	if handle != nil {
		(*handle)(f.frame)
	}
}

// refuse loses a frame when it is sent.
func (d *direction) refuse(frame []byte, reason string) {
	d.ledger.drop(reason)
	d.show(Sight{Frame: frame, Drop: reason})
}

// miss loses a frame that was under way.
func (d *direction) miss(frame []byte, reason string) {
	d.ledger.drop(reason)
	d.show(Sight{Frame: frame, Drop: reason, Again: true})
}

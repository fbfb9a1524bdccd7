package wire

import (
	"context"

	"moonwire/host/network"
)

// direction is one way of a link. It is also the event that its next frame arrives: frames that keep their order wait in
// flight, and as many events are scheduled.
type direction struct {
	link     *Link
	from, to *Port
	ledger   ledger
	flight   ring[flying]
	waiters  []network.Waiter
}

// flying is a frame under way.
type flying struct {
	frame []byte
	age   uint32 // the link's, when it was sent
}

// room is how many frames may be under way before Wait waits, and limit how many at all.
const (
	room  = 1000
	limit = 1 << 16
)

func (d *direction) send(frame []byte) {
	l := d.link
	l.mu.Lock()
	defer l.mu.Unlock()
	d.ledger.sent.add(frame)
	reason := l.refuses()
	if reason == "" && tooLong(frame, min(d.from.MTU(), d.to.MTU())) {
		reason = TooLong
	}
	if reason == "" && d.flight.len() >= limit {
		reason = QueueFull
	}
	d.show(frame, reason, false)
	if reason != "" {
		d.ledger.drop(reason)
		return
	}
	d.flight.push(flying{frame, l.age})
	l.engine.Schedule(l.hop, d)
}

// Run delivers the next frame.
func (d *direction) Run() {
	l := d.link
	l.mu.Lock()
	f := d.flight.pop()
	handle := d.to.handle.Load()
	d.ready()
	switch {
	case f.age != l.age:
		d.lose(f.frame, LinkDown)
		handle = nil
	case handle == nil:
		d.lose(f.frame, NoReceiver)
	default:
		d.ledger.received.add(f.frame)
	}
	l.mu.Unlock()
	if handle != nil {
		(*handle)(f.frame)
	}
}

// lose counts a frame that was lost on the way.
func (d *direction) lose(frame []byte, reason string) {
	d.ledger.drop(reason)
	d.show(frame, reason, true)
}

// wait waits until there is room.
func (d *direction) wait(ctx context.Context) error {
	for {
		d.link.mu.Lock()
		if d.flight.len() < room {
			d.link.mu.Unlock()
			return ctx.Err()
		}
		w := network.NewWaiter(network.ClockFrom(ctx))
		d.waiters = append(d.waiters, w)
		d.link.mu.Unlock()
		if err := w.Wait(ctx); err != nil {
			return err
		}
	}
}

// ready wakes those who wait for room, if there is much.
func (d *direction) ready() {
	if len(d.waiters) == 0 || d.flight.len() >= room/2 {
		return
	}
	for _, w := range d.waiters {
		w.Wake()
	}
	d.waiters = nil
}

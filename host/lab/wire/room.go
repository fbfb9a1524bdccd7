package wire

import (
	"context"

	"moonwire/host/network"
)

// room is how many frames may wait to be handed over before Wait waits.
const room = 1000

// wait waits until there is room. Where there is, it asks nothing of ctx.
func (d *direction) wait(ctx context.Context) error {
	for {
		w := d.queue(ctx)
		if w == nil {
			return nil
		}
		if err := w.Wait(ctx); err != nil {
			d.leave(w)
			return err
		}
	}
}

// queue makes a waiter that is woken when there is room; nil: there is.
func (d *direction) queue(ctx context.Context) network.Waiter {
	d.link.mu.Lock()
	defer d.link.mu.Unlock()
	if !d.full(1) {
		return nil
	}
	w := network.NewWaiter(network.ClockFrom(ctx))
	d.waiters = append(d.waiters, w)
	d.alarm()
	return w
}

// full says whether senders should wait: as many frames wait as may, or that part of them.
func (d *direction) full(part int) bool {
	w := d.weather
	switch {
	case w == nil:
		return d.under >= room/part
	case d.under >= manyFrames/2/part || d.bytes >= manyBytes/2/part:
		return true
	case w.Rate > 0:
		return w.waiting(d.link.engine.Now()) >= w.room(part)
	}
	return w.Delay+w.Jitter == 0 && d.under >= room/part
}

// room is how many frames may wait for the wire, or that part of them.
func (w *weather) room(part int) int { return max(1, min(room, w.queue())/part) }

// alarm schedules that senders are woken when the wire has sent half of what waits.
func (d *direction) alarm() {
	w := d.weather
	if w == nil || w.Rate == 0 || d.alarmed {
		return
	}
	now := d.link.engine.Now()
	if n := w.waiting(now); n >= w.room(2) {
		d.alarmed = true
		d.link.engine.Schedule(w.starts.at(n-w.room(2)).Sub(now), roomEvent{d})
	}
}

// leave gives up waiting.
func (d *direction) leave(w network.Waiter) {
	d.link.mu.Lock()
	defer d.link.mu.Unlock()
	for i, other := range d.waiters {
		if other == w {
			d.waiters = append(d.waiters[:i], d.waiters[i+1:]...)
			return
		}
	}
}

// relax wakes who waits, once there is much room.
func (d *direction) relax() {
	if len(d.waiters) == 0 || d.full(2) {
		return
	}
	for _, w := range d.waiters {
		w.Wake()
	}
	d.waiters = nil
}

// roomEvent is that the wire has sent enough of what waited.
type roomEvent struct{ way *direction }

func (e roomEvent) Run() {
	d := e.way
	d.link.mu.Lock()
	defer d.link.mu.Unlock()
	d.alarmed = false
	d.relax()
	if len(d.waiters) > 0 {
		d.alarm()
	}
}

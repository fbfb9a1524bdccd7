package wire

import (
	"context"
	"time"

	"moonwire/host/network"
)

// room is how many frames may wait to be handed over before Wait waits.
const room = 1000

// wait waits until there is room.
func (d *direction) wait(ctx context.Context) error {
	for {
		w := d.queue(ctx)
		if w == nil {
			return ctx.Err()
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
	after, full := d.full()
	if !full {
		return nil
	}
	w := network.NewWaiter(network.ClockFrom(ctx))
	d.waiters = append(d.waiters, w)
	if after > 0 {
		d.link.engine.Schedule(after, roomEvent{d})
	}
	return w
}

// full says whether senders should wait, and after how long there will be room; 0: when frames arrive.
func (d *direction) full() (after time.Duration, full bool) {
	w := d.weather
	switch {
	case w == nil:
		return 0, d.under >= room
	case d.under >= manyFrames/2 || d.bytes >= manyBytes/2:
		return 0, true
	case w.Rate == 0:
		return 0, w.Delay+w.Jitter == 0 && d.under >= room
	}
	now, most := d.link.engine.Now(), min(room, w.queue())
	if n := w.waiting(now); n >= most {
		return w.starts.at(n - 1 - most/2).Sub(now), true
	}
	return 0, false
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

// relax wakes those who wait for arrivals, once there are few frames under way.
func (d *direction) relax() {
	if len(d.waiters) > 0 && (d.under < room/2 || d.weather != nil && d.under < manyFrames/4) {
		d.wake()
	}
}

func (d *direction) wake() {
	for _, w := range d.waiters {
		w.Wake()
	}
	d.waiters = nil
}

// roomEvent is that the wire has sent enough of what waited.
type roomEvent struct{ way *direction }

func (e roomEvent) Run() {
	e.way.link.mu.Lock()
	defer e.way.link.mu.Unlock()
	e.way.wake()
}

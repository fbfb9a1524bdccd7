package simtime

import "time"

// A Pace says how the time of a clock passes, and what happens from outside: by the real time and the real world while a
// run is recorded, by the record while it is played again. The clock asks it one thing at a time.
type Pace interface {
	// Now is the time since the clock's epoch, for who has a turn.
	Now() time.Duration
	// Next waits, when nobody has a turn, for what is to happen next: the clock's own event that is due at a moment
	// (negative: there is none), or something from outside.
	Next(at time.Duration) Step
	// Stir makes Next look again, or the next Next return at once. It may be called from anywhere, and doesn't wait.
	Stir()
}

// A Step is what happens next.
type Step struct {
	Now     time.Duration
	Due     bool   // the clock's own next event
	Outside func() // what came from outside, run as an event; it never waits
	Stalled bool   // nothing will ever happen
}

// Paced makes a clock whose time passes by p. It gives turns as any clock of this package does, so that what happens
// depends on nothing but the steps; but its time is real.
func Paced(epoch time.Time, p Pace) *Clock {
	return begin(&Clock{epoch: epoch.Round(0), pace: p})
}

// Paced says whether the time passes by a Pace: it is no simulated one, though those who live by it take turns.
func (c *Clock) Paced() bool { return c.pace != nil }

// moment is the time since the epoch.
func (c *Clock) moment() int64 {
	if c.pace != nil {
		return int64(c.pace.Now())
	}
	return c.passed.Load()
}

// step lets the next thing happen. It needs c.mu.
func (c *Clock) step() {
	at := time.Duration(never)
	if len(c.events) > 0 {
		at = time.Duration(c.events[0].at)
	}
	c.mu.Unlock()
	s := c.pace.Next(at)
	c.mu.Lock()
	c.passed.Store(max(c.passed.Load(), int64(s.Now)))
	switch {
	case s.Outside != nil:
		c.asDriver(s.Outside)
	case s.Due && len(c.events) > 0:
		c.asDriver(c.events.pop().event.Run)
	case s.Stalled && !c.stalled:
		c.stall()
	}
}

// Carry has who has the turn carry v: across its waits, and into the goroutines that it starts.
func (c *Clock) Carry(v any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.carried = v
}

// Carried is what who has the turn carries.
func (c *Clock) Carried() any {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.carried
}

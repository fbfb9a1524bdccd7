package simtime

import (
	"context"
	"errors"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"moonwire/host/network"
)

// ErrClosed is why a wait ends when its clock is closed.
var ErrClosed = errors.New("the simulated clock was closed")

// Event is something that happens at a moment.
type Event = interface {
	Run() // on the clock's goroutine; it never waits
}

// Epoch is when a clock begins that was given no other moment: a fixed one, so that runs are equal.
var Epoch = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

// Clock is a simulated clock. It is a network.Simulated, and runs the events of a lab.
type Clock struct {
	epoch  time.Time
	passed atomic.Int64 // nanoseconds since epoch
	pace   Pace         // by which time passes; nil: by the events

	mu      sync.Mutex
	wake    sync.Cond // of the driver
	busy    int       // turns given out, the driver's while it runs an event
	ready   queue     // who is to have a turn
	waiting queue     // who waits to be woken
	events  heap
	calls   uint64 // of Schedule, so that events of one moment keep their order
	stalls  []*stall
	stalled bool // that was told already
	carried any  // by who has the turn
	closing bool
	ended   chan struct{} // closed when the driver has ended
}

var _ network.Simulated = (*Clock)(nil)

// New makes a clock that begins at epoch, or at Epoch when that is zero. Its maker has a turn: time stands still until
// they wait, or call Leave.
func New(epoch time.Time) *Clock {
	if epoch.IsZero() {
		epoch = Epoch
	}
	return begin(&Clock{epoch: epoch.Round(0)})
}

// begin starts the driver.
func begin(c *Clock) *Clock {
	c.busy, c.ended = 1, make(chan struct{})
	c.wake.L = &c.mu
	go c.drive()
	return c
}

// Virtual is true: who lives by the clock takes turns.
func (c *Clock) Virtual() bool { return true }

// Now is the simulated time, or the paced one.
func (c *Clock) Now() time.Time { return c.epoch.Add(time.Duration(c.moment())) }

// Schedule runs e after d. Any goroutine may call it.
func (c *Clock) Schedule(d time.Duration, e Event) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.schedule(c.after(d), e, nil)
}

// schedule needs c.mu. t, if any, is told where in the heap the event is.
func (c *Clock) schedule(at int64, e Event, t *timer) {
	if c.closing {
		return
	}
	c.calls++
	c.events.push(entry{at, c.calls, e, t})
	c.stir()
}

// after is the moment d from now. The end of time comes last.
func (c *Clock) after(d time.Duration) int64 {
	now := c.moment()
	if at := now + int64(max(d, 0)); at >= now {
		return at
	}
	return 1<<63 - 1
}

// AfterFunc calls f after d, as an event.
func (c *Clock) AfterFunc(d time.Duration, f func()) network.Timer {
	t := &call{timer{place: none}, c, f}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.schedule(c.after(d), t, &t.timer)
	return t
}

// call is a function that is due.
type call struct {
	timer
	clock *Clock
	f     func()
}

// Run makes the call.
func (t *call) Run() { t.f() }

// Stop takes the call back, and reports whether it was still to come.
func (t *call) Stop() bool {
	t.clock.mu.Lock()
	defer t.clock.mu.Unlock()
	return t.clock.events.remove(&t.timer)
}

// least is how long the shortest sleep lasts: a loop that polls gets on.
const least = time.Microsecond

// Sleep waits for d, and at least a microsecond.
func (c *Clock) Sleep(ctx context.Context, d time.Duration) error {
	err := newWaiter(c).wait(ctx, c.after(max(d, least)))
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return nil
	}
	return err
}

// Close ends every wait with ErrClosed, lets those who waited end one after the other, and then the clock. Its caller
// has a turn, and gives it back. Events that are still to come never do.
func (c *Clock) Close() {
	c.mu.Lock()
	if !c.closing {
		c.closing = true
		for len(c.events) > 0 {
			c.events.pop()
		}
		c.leave()
	}
	c.mu.Unlock()
	<-c.ended
}

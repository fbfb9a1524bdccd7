package node

import (
	"sync"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip"

	"moonwire/host/network"
)

// newClock is the time that n's stack lives by.
func newClock(n *Node) tcpip.Clock {
	if !n.opt.Clock.Virtual() {
		return tcpip.NewStdClock()
	}
	return &clock{node: n, start: n.opt.Clock.Now()}
}

// clock is simulated time for a stack.
type clock struct {
	node  *Node
	start time.Time
}

func (c *clock) Now() time.Time { return c.node.opt.Clock.Now() }

func (c *clock) NowMonotonic() tcpip.MonotonicTime {
	return tcpip.MonotonicTime{}.Add(c.Now().Sub(c.start))
}

func (c *clock) AfterFunc(d time.Duration, f func()) tcpip.Timer {
	t := &timer{clock: c, f: f}
	t.Reset(d)
	return t
}

// timer is a call that is due by a clock.
type timer struct {
	clock *clock
	f     func()

	mu      sync.Mutex
	pending network.Timer
}

// Stop takes the call back; true: in time.
func (t *timer) Stop() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.pending == nil {
		return false
	}
	stopped := t.pending.Stop()
	t.pending = nil
	return stopped
}

// Reset makes the call due after d.
func (t *timer) Reset(d time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.pending != nil {
		t.pending.Stop()
	}
	t.pending = t.clock.node.opt.Clock.AfterFunc(max(d, 0), t.run)
}

func (t *timer) run() {
	t.mu.Lock()
	t.pending = nil
	t.mu.Unlock()
	t.f()
	t.clock.node.Settle()
}

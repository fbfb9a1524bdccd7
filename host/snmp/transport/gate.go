package transport

import (
	"sync"
	"time"
)

// A gate is the deadline of a connection's reads, or of its writes. Who waits opens it; others shut it, before the wait or
// during it, and no shutting gets lost.
type gate struct {
	set func(time.Time) error

	mu      sync.Mutex
	waiting bool
	shut    bool
}

// past is a deadline that is over, in any world.
var past = time.Unix(1, 0)

// open begins a wait until a moment; false when the gate was shut since the last one.
func (g *gate) open(until time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.shut {
		g.shut = false
		return false
	}
	g.waiting = true
	g.set(until)
	return true
}

// leave ends a wait.
func (g *gate) leave() {
	g.mu.Lock()
	g.waiting, g.shut = false, false
	g.mu.Unlock()
}

// close ends the wait under way, or forbids the next one.
func (g *gate) close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.shut = true
	if g.waiting {
		g.set(past)
	}
}

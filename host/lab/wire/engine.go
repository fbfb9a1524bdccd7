// Package wire is what lies between the nodes of a lab: ports, links with their faults, and switches. It carries whole
// Ethernet frames, counts each one that it loses, and knows nothing of what is inside.
package wire

import "time"

// Event is something that happens in a lab. The name stands for the plain interface, so that a clock that knows nothing
// of wires can be an Engine.
type Event = interface {
	Run() // on the engine's goroutine; it never blocks
}

// Engine runs the events of a lab one after the other.
type Engine interface {
	Now() time.Time
	// Schedule runs e after d: in the order of time, then of the calls. Any goroutine may call it.
	Schedule(d time.Duration, e Event)
}

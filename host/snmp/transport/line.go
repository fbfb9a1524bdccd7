package transport

import (
	"context"
	"net/netip"
	"time"
)

// A Line carries messages. Any goroutine may send; one at a time receives.
type Line interface {
	// Send sends a message to an agent. It waits at most until a moment, which never comes when zero: over TCP for the
	// connection and for room.
	Send(ctx context.Context, b []byte, to netip.AddrPort, until time.Time) error
	// Receive waits for the next arrival. It fails with os.ErrDeadlineExceeded at a moment, which never comes when zero,
	// with ctx's error, and with that of a connection that has ended.
	Receive(ctx context.Context, until time.Time) (Arrival, error)
	// Resends says whether a message may get lost, so that it is to be sent again.
	Resends() bool
	// Local is the own address; the zero one before the first message.
	Local() netip.AddrPort
	Close() error
}

// An Arrival is a message that came, or the news that one can't reach its agent.
type Arrival struct {
	Data    []byte // memory of its own
	From    netip.AddrPort
	Time    time.Time
	Refusal *Refusal // of what was sent to From; Data is nil then
}

// Longest is the payload of the longest datagram.
const Longest = 65535

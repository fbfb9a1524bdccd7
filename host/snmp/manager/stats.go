package manager

import "sync/atomic"

// Stats counts what a session sent and got.
type Stats struct {
	Sent, Received uint64 // messages
	Retries        uint64 // of Sent, those sent again
	Timeouts       uint64 // questions that nobody answered
	Late           uint64 // answers that nobody waits for any more, or that came twice
	WrongID        uint64 // of those, such as were never asked
	WrongAddress   uint64 // answers from others than the agent
	Malformed      uint64 // what is no message, or none that answers
	Rejected       uint64 // answers of version 3 that aren't authentic
	Reports        uint64 // of version 3
}

// counters are Stats while they are counted.
type counters struct {
	sent, received, retries, timeouts, late, wrongID, wrongAddress, malformed, rejected, reports atomic.Uint64
}

func (c *counters) read() Stats {
	return Stats{c.sent.Load(), c.received.Load(), c.retries.Load(), c.timeouts.Load(), c.late.Load(), c.wrongID.Load(),
		c.wrongAddress.Load(), c.malformed.Load(), c.rejected.Load(), c.reports.Load()}
}

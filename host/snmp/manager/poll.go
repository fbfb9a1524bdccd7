package manager

import (
	"context"
	"net/netip"
	"time"

	"moonwire/host/network"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// A Target is an agent of a poll.
type Target struct {
	Addr      string // host, or host:port
	Community []byte // nil: the poll's
}

// PollOptions say how to ask many agents. Addr of the options is not used, and Network is always UDP.
type PollOptions struct {
	Options
	Concurrency int     // agents asked at once; 0: UsualConcurrency
	Rate        float64 // messages sent a second; 0: as fast as can be
}

// UsualConcurrency is how many agents a poll asks at once.
const UsualConcurrency = 128

// A Result is what became of one target.
type Result struct {
	Index    int // of the target, from 0
	Addr     netip.AddrPort
	Vars     []message.Var
	Engine   *Engine // of version 3
	Err      error
	Duration time.Duration // from the last sending to the answer
	Sendings int
}

// A Poller asks many agents the same, over one socket. One goroutine calls Next.
type Poller interface {
	// Next gives results as they come; io.EOF when each target has had one.
	Next(ctx context.Context) ([]Result, error)
	Stats() Stats
	Close() error
}

// Poll begins to ask targets for variables; in version 3 without any names, for their engines alone. Names of agents are
// looked up here, many at a time.
func Poll(ctx context.Context, targets []Target, names []oid.OID, o PollOptions) (Poller, error) {
	o.Options = o.Options.defaults()
	if o.Concurrency <= 0 {
		o.Concurrency = UsualConcurrency
	}
	list := lookUp(ctx, targets, o.Network)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if o.Version == message.V3 {
		return newCrew(ctx, list, names, o)
	}
	return newRound(ctx, list, targets, names, o)
}

// A found target has an address, or why it has none.
type foundTarget struct {
	addr netip.AddrPort
	err  error
}

// lookUps is how many names are looked up at once.
const lookUps = 64

// lookUp finds the targets' addresses. Such as are written in numbers need no waiting.
func lookUp(ctx context.Context, targets []Target, transport string) []foundTarget {
	list := make([]foundTarget, len(targets))
	var names []int
	for i, t := range targets {
		if a, err := netip.ParseAddrPort(t.Addr); err == nil && a.Port() > 0 {
			list[i].addr = netip.AddrPortFrom(a.Addr().Unmap(), a.Port())
		} else {
			names = append(names, i)
		}
	}
	together(network.ClockFrom(ctx), min(lookUps, len(names)), func(next func() int) {
		for n := next(); n < len(names); n = next() {
			i := names[n]
			list[i].addr, list[i].err = Resolve(ctx, transport, targets[i].Addr)
		}
	})
	return list
}

// pace spreads messages over time.
type pace struct {
	gap  time.Duration // 0: none
	next time.Time
}

func newPace(rate float64) pace {
	if rate <= 0 {
		return pace{}
	}
	return pace{gap: time.Duration(float64(time.Second) / rate)}
}

// due is when the next message may be sent; what was missed by more than a few messages is not caught up with.
func (p *pace) due(now time.Time) time.Time {
	if earliest := now.Add(-8 * p.gap); p.next.Before(earliest) {
		p.next = earliest
	}
	return p.next
}

// sent notes a message.
func (p *pace) sent() { p.next = p.next.Add(p.gap) }

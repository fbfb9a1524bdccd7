package manager

import (
	"context"
	"errors"
	"io"
	"net/netip"
	"os"
	"time"

	"moonwire/host/network"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
	"moonwire/host/snmp/transport"
)

// A round is a poll in version 1 or 2c. A target's request id is its number in the list behind a first id, so that an answer
// leads to it at once, and what is sent again has the same.
type round struct {
	o       PollOptions
	clock   network.Clock
	line    *transport.Datagrams
	pdu     *message.PDU
	common  *template
	others  map[string]*template     // by community
	byAddr  map[netip.AddrPort][]int // targets by address, once one refuses
	targets []Target
	stats   counters

	first   int32
	seats   []seat
	next    int   // target that was not asked yet
	asked   int   // targets under way
	late    queue // of sendings, by the time at which they are over
	again   []int // targets to be asked once more
	pace    pace
	results []Result
	left    int // targets without a result
}

// A seat is what is known of a target.
type seat struct {
	addr     netip.AddrPort
	sent     time.Time // the last time
	sendings int
	done     bool
	odd      *oddities
}

func newRound(ctx context.Context, list []foundTarget, targets []Target, names []oid.OID, o PollOptions) (*round, error) {
	n := network.From(ctx)
	r := &round{o: o, clock: n.Clock(), targets: targets, others: map[string]*template{}, first: firstID(ctx), seats: make([]seat, len(list)), pace: newPace(o.Rate),
		left: len(list), pdu: &message.PDU{Type: message.Get, Vars: message.Ask(names...)}}
	for i, t := range list {
		r.seats[i].addr = t.addr
		if t.err != nil {
			r.end(i, Result{Err: t.err})
		}
	}
	var err error
	if r.common, err = r.encode(o.Community); err != nil {
		return nil, err
	}
	r.line, err = transport.OpenDatagrams(ctx, n, families(list), netip.AddrPort{})
	return r, err
}

// families is the family of sockets that reach all targets.
func families(list []foundTarget) string {
	family := ""
	for _, t := range list {
		if t.err != nil {
			continue
		}
		if f := familyOf(t.addr.Addr()); family != "" && f != family {
			return "udp"
		} else {
			family = f
		}
	}
	if family == "" {
		return "udp4"
	}
	return family
}

func (r *round) encode(community []byte) (*template, error) {
	return newTemplate(message.Message{Version: r.o.Version, Community: community, PDU: r.pdu})
}

// Stats counts what was sent and came.
func (r *round) Stats() Stats { return r.stats.read() }

// Close ends the round.
func (r *round) Close() error { return r.line.Close() }

// Next gives results as they come.
func (r *round) Next(ctx context.Context) ([]Result, error) {
	for {
		now := r.clock.Now()
		r.expire(now)
		more := r.fill(ctx, now)
		r.drain()
		if len(r.results) > 0 {
			results := r.results
			r.results = nil
			return results, nil
		}
		if r.left == 0 {
			return nil, io.EOF
		}
		if more {
			continue
		}
		a, err := r.line.Receive(ctx, r.wake(now))
		switch {
		case err == nil:
			r.take(a)
		case !errors.Is(err, os.ErrDeadlineExceeded):
			return nil, err
		}
	}
}

// burst is how many questions are sent before answers are looked for: both ends' buffers are bounded.
const burst = 32

// fill sends what may be sent; true when there is more.
func (r *round) fill(ctx context.Context, now time.Time) bool {
	for range burst {
		if r.pace.gap > 0 && r.pace.due(now).After(now) {
			return false
		}
		i, ok := r.pick()
		if !ok {
			return false
		}
		r.send(ctx, i, now)
	}
	return true
}

// pick is a target to ask: one that is asked again first.
func (r *round) pick() (int, bool) {
	for len(r.again) > 0 {
		i := r.again[0]
		r.again = r.again[1:]
		if !r.seats[i].done {
			return i, true
		}
	}
	for r.next < len(r.seats) && r.asked < r.o.Concurrency {
		i := r.next
		r.next++
		if !r.seats[i].done {
			r.asked++
			return i, true
		}
	}
	return 0, false
}

// send asks a target.
func (r *round) send(ctx context.Context, i int, now time.Time) {
	s := &r.seats[i]
	t := r.common
	if c := r.targets[i].Community; c != nil {
		if t = r.others[string(c)]; t == nil {
			t, _ = r.encode(c) // which went well with another community
			r.others[string(c)] = t
		}
	}
	if s.sendings > 0 {
		r.stats.retries.Add(1)
	}
	s.sendings++
	s.sent = now
	r.pace.sent()
	r.stats.sent.Add(1)
	if err := r.line.Send(ctx, t.with(r.first+int32(i)), s.addr, time.Time{}); err != nil {
		r.fail(i, err)
		return
	}
	r.late.push(sending{now.Add(r.o.Timeout), i, s.sendings})
}

// expire looks at the sendings that nobody answered in time.
func (r *round) expire(now time.Time) {
	for {
		x, ok := r.late.due(now)
		if !ok {
			return
		}
		s := &r.seats[x.target]
		switch {
		case s.done || s.sendings != x.number:
		case s.sendings <= r.o.Retries:
			r.again = append(r.again, x.target)
		default:
			r.stats.timeouts.Add(1)
			r.fail(x.target, os.ErrDeadlineExceeded)
		}
	}
}

// wake is when there is something to do, though nothing comes.
func (r *round) wake(now time.Time) time.Time {
	until := r.late.next()
	if waits := len(r.again) > 0 || r.next < len(r.seats) && r.asked < r.o.Concurrency; waits && r.pace.gap > 0 {
		if due := r.pace.due(now); until.IsZero() || due.Before(until) {
			return due
		}
	}
	return until
}

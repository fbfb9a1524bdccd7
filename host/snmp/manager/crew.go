package manager

import (
	"context"
	"io"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"moonwire/host/network"
	"moonwire/host/snmp/oid"
	"moonwire/host/snmp/transport"
)

// A crew is a poll in version 3, where each agent has an engine to be discovered: a session for each target, all at one
// desk, and as many goroutines as targets are asked at once.
type crew struct {
	o     PollOptions
	net   network.Network
	list  []foundTarget
	names []oid.OID
	desk  *desk
	ids   atomic.Int32
	stats counters
	stop  context.CancelFunc

	waiter  network.Waiter // of who calls Next
	mu      sync.Mutex
	pace    pace
	results []Result
	working int
}

func newCrew(ctx context.Context, list []foundTarget, names []oid.OID, o PollOptions) (*crew, error) {
	n := network.From(ctx)
	c := &crew{o: o, net: n, list: list, names: names, pace: newPace(o.Rate), waiter: network.NewWaiter(n.Clock())}
	c.ids.Store(firstID(ctx))
	line, err := transport.OpenDatagrams(ctx, n, families(list), netip.AddrPort{})
	if err != nil {
		return nil, err
	}
	c.desk = newDesk(line, n.Clock(), &c.stats, nil)
	work, stop := network.WithCancel(ctx)
	c.stop = stop
	var last atomic.Int32
	for range min(o.Concurrency, len(list)) {
		c.working++
		network.GoBy(n.Clock(), func() {
			for i := int(last.Add(1)) - 1; i < len(list) && work.Err() == nil; i = int(last.Add(1)) - 1 {
				c.tell(c.ask(work, i))
			}
			c.leave()
		})
	}
	return c, nil
}

// ask asks one target.
func (c *crew) ask(ctx context.Context, i int) Result {
	r := Result{Index: i, Addr: c.list[i].addr, Err: c.list[i].err}
	if r.Err != nil {
		return r
	}
	if r.Err = c.turn(ctx); r.Err != nil {
		return r
	}
	s := &Session{o: c.o.Options, net: c.net, to: r.Addr, desk: c.desk, ids: &c.ids, stats: &c.stats}
	if s.secure, r.Err = newSecure(ctx, s.o); r.Err != nil {
		return r
	}
	start := c.net.Clock().Now()
	if len(c.names) == 0 {
		_, r.Err = s.Discover(ctx)
	} else {
		r.Vars, r.Err = s.Get(ctx, c.names...)
	}
	if e, known := s.Engine(); known {
		r.Engine = &e
	}
	r.Duration = c.net.Clock().Now().Sub(start)
	return r
}

// turn waits until one more target may be asked.
func (c *crew) turn(ctx context.Context) error {
	c.mu.Lock()
	now := c.net.Clock().Now()
	wait := time.Duration(0)
	if c.pace.gap > 0 {
		wait = c.pace.due(now).Sub(now)
		c.pace.sent()
	}
	c.mu.Unlock()
	return c.net.Clock().Sleep(ctx, wait)
}

func (c *crew) tell(r Result) {
	c.mu.Lock()
	c.results = append(c.results, r)
	c.mu.Unlock()
	c.waiter.Wake()
}

func (c *crew) leave() {
	c.mu.Lock()
	c.working--
	c.mu.Unlock()
	c.waiter.Wake()
}

// Next gives results as they come.
func (c *crew) Next(ctx context.Context) ([]Result, error) {
	for {
		c.mu.Lock()
		results, working := c.results, c.working
		c.results = nil
		c.mu.Unlock()
		if len(results) > 0 {
			return results, nil
		}
		if working == 0 {
			return nil, io.EOF
		}
		if err := c.waiter.Wait(ctx); err != nil {
			return nil, err
		}
	}
}

// Stats counts what was sent and came.
func (c *crew) Stats() Stats { return c.stats.read() }

// Close ends the poll.
func (c *crew) Close() error {
	c.stop()
	return c.desk.line.Close()
}

var _, _ Poller = (*crew)(nil), (*round)(nil)

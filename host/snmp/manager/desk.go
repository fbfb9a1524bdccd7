package manager

import (
	"context"
	"errors"
	"net/netip"
	"os"
	"sync"

	"moonwire/host/network"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/transport"
)

// A desk sends questions by a line and gives answers to those who asked. One of those who wait reads for all of them.
type desk struct {
	line    transport.Line
	clock   network.Clock
	stats   *counters
	journal *journal

	mu      sync.Mutex
	open    map[int32]*question
	first   int32 // id that was asked first
	last    int32 // and last
	reading bool
	waiting []*question // whose askers wait for somebody else to read
}

func newDesk(line transport.Line, clock network.Clock, stats *counters, journal *journal) *desk {
	return &desk{line: line, clock: clock, stats: stats, journal: journal, open: map[int32]*question{}}
}

// ask sends a question.
func (d *desk) ask(ctx context.Context, q *question) error {
	d.mu.Lock()
	if len(d.open) == 0 && d.first == 0 {
		d.first = q.id
	}
	d.last = q.id
	d.open[q.id] = q
	d.mu.Unlock()
	if err := d.send(ctx, q); err != nil {
		d.drop(q)
		return err
	}
	return nil
}

// send sends a question, the first time or again.
func (d *desk) send(ctx context.Context, q *question) error {
	now := d.clock.Now()
	q.until = now.Add(q.timeout)
	q.sendings++
	d.stats.sent.Add(1)
	d.journal.note(Datagram{Time: now, Out: true, Source: d.line.Local(), Destination: q.to, Data: q.data})
	return d.line.Send(ctx, q.data, q.to, q.until)
}

// drop forgets a question: answers to it are late from now on.
func (d *desk) drop(q *question) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.open, q.id)
}

// wait waits for the answer to a question that was asked.
func (d *desk) wait(ctx context.Context, q *question) (*message.Message, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	defer d.handOver()
	defer delete(d.open, q.id)
	for !q.done {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		var err error
		if d.reading {
			err = d.follow(ctx, q)
		} else {
			err = d.lead(ctx, q)
		}
		if !errors.Is(err, os.ErrDeadlineExceeded) || q.done || d.clock.Now().Before(q.until) {
			continue
		}
		if q.left == 0 {
			d.stats.timeouts.Add(1)
			return nil, os.ErrDeadlineExceeded
		}
		q.left--
		d.stats.retries.Add(1)
		d.mu.Unlock()
		err = d.send(ctx, q)
		d.mu.Lock()
		if err != nil && !q.done {
			return nil, err
		}
	}
	return q.answer, q.err
}

// follow waits while somebody else reads.
func (d *desk) follow(ctx context.Context, q *question) error {
	if q.waiter == nil {
		q.waiter = network.NewWaiter(d.clock)
	}
	d.waiting = append(d.waiting, q)
	d.mu.Unlock()
	err := q.waiter.WaitUntil(ctx, q.until)
	d.mu.Lock()
	for i, w := range d.waiting {
		if w == q {
			d.waiting = append(d.waiting[:i], d.waiting[i+1:]...)
			break
		}
	}
	return err
}

// handOver wakes one of those who wait, to read for the others.
func (d *desk) handOver() {
	if !d.reading && len(d.waiting) > 0 {
		d.waiting[0].waiter.Wake()
	}
}

// lead reads for all, once.
func (d *desk) lead(ctx context.Context, q *question) error {
	d.reading = true
	d.mu.Unlock()
	a, err := d.line.Receive(ctx, q.until)
	var m *message.Message
	var unread error
	if err == nil && a.Refusal == nil {
		d.stats.received.Add(1)
		d.journal.note(Datagram{Time: a.Time, Source: a.From, Destination: d.line.Local(), Data: a.Data})
		m, unread = message.Decode(a.Data)
	}
	d.mu.Lock()
	d.reading = false
	switch {
	case err == nil && a.Refusal != nil:
		d.refused(a.From, a.Refusal)
	case err == nil && unread != nil:
		d.unread(a.From, unread)
	case err == nil:
		d.take(a.From, m)
	case errors.Is(err, os.ErrDeadlineExceeded), ctx.Err() != nil:
		return err
	default:
		d.broken(err)
	}
	return nil
}

// refused tells all who ask an agent that nothing reaches it.
func (d *desk) refused(to netip.AddrPort, why error) {
	for _, q := range d.open {
		if same(q.to, to) {
			q.end(nil, why)
		}
	}
}

// unread notes what is no message.
func (d *desk) unread(from netip.AddrPort, why error) {
	d.stats.malformed.Add(1)
	for _, q := range d.open {
		if same(q.to, from) {
			q.odd.unread = why
		}
	}
}

// broken ends all questions, with the line.
func (d *desk) broken(err error) {
	for _, q := range d.open {
		q.end(nil, err)
	}
}

// take gives a message to who asked for it.
func (d *desk) take(from netip.AddrPort, m *message.Message) {
	id, ok := idOf(m)
	if !ok {
		d.unread(from, errors.New("it has no request id"))
		return
	}
	q := d.open[id]
	switch {
	case q == nil || q.done:
		d.unasked(from, id)
		return
	case !same(q.to, from):
		d.stats.wrongAddress.Add(1)
		q.odd.other(from)
		return
	}
	if err := q.accept(m); err != nil {
		d.stats.rejected.Add(1)
		q.odd.rejected = err
		return
	}
	q.end(m, nil)
}

// unasked notes an answer to what nobody asks now.
func (d *desk) unasked(from netip.AddrPort, id int32) {
	d.stats.late.Add(1)
	if id-d.first >= 0 && id-d.last <= 0 {
		return // late, or once more
	}
	d.stats.wrongID.Add(1)
	for _, q := range d.open {
		if same(q.to, from) {
			q.odd.wrongID++
		}
	}
}

// idOf is what tells questions apart: the message's id in version 3, the request's in others.
func idOf(m *message.Message) (int32, bool) {
	switch {
	case m.V3 != nil:
		return m.V3.ID, true
	case m.PDU != nil:
		return m.PDU.RequestID, true
	}
	return 0, false
}

// same says whether two addresses are the same: zones may be written in two ways.
func same(a, b netip.AddrPort) bool {
	return a == b || a.Port() == b.Port() && a.Addr().Zone() != "" && a.Addr().WithZone("") == b.Addr().WithZone("")
}

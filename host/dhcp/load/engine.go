package load

import (
	"context"
	"errors"
	"os"
	"time"

	"moonwire/host/network"
)

// An out is a message that is to be sent.
type out struct {
	client int32
	kind   kind
}

// A question waits for its answer.
type question struct {
	client int32
	kind   kind
	sent   int64
}

// A Run is a load under way.
type Run struct {
	o     Options
	wire  wire
	clock network.Clock
	ids   identity
	pick  picker

	clients []client
	free    queue[int32]    // unbound clients that do nothing
	bound   queue[int32]    // bound ones; some may have been taken since
	open    queue[question] // oldest first
	out     []out
	waiting int // questions that were not answered yet

	start    time.Time // of the load
	begun    int       // exchanges, starved ones included
	last     time.Time // when the last message was sent or answer came
	finished bool

	count counts
}

// Open readies a load on an interface. It needs the privilege for whole frames.
func Open(ctx context.Context, o Options) (*Run, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	if err := allowed(ctx, &o); err != nil {
		return nil, err
	}
	r := &Run{o: o, clock: network.ClockFrom(ctx), ids: newIdentity(ctx, o.Clients), pick: picker{share: o.Mix}, clients: make([]client, o.Clients)}
	if err := r.wire.open(ctx, &r.o); err != nil {
		return nil, err
	}
	for i := range r.clients {
		r.clients[i].waits = idle
		r.release(int32(i))
	}
	return r, nil
}

// Close gives the interface back.
func (r *Run) Close() error { return r.wire.close() }

// release makes a client free.
func (r *Run) release(i int32) {
	c := &r.clients[i]
	c.waits = idle
	if c.queued {
		return
	}
	c.queued = true
	if c.bound {
		r.bound.push(i)
	} else {
		r.free.push(i)
	}
}

// take is a free client: an unbound one, or one that is bound; false when there is none.
func (r *Run) take(bound bool) (i int32, ok bool) {
	q := &r.free
	if bound {
		q = &r.bound
	}
	if q.n == 0 {
		return 0, false
	}
	i = q.pop()
	r.clients[i].queued = false
	return i, true
}

// batch is how many frames are read or written at once.
const batch = 64

// aheadOf is how many exchanges are begun before answers are looked at again.
const aheadOf = 4 * batch

// Run goes on with the load until it is done, or until a moment (zero: none). It says whether it is done.
func (r *Run) Run(ctx context.Context, until time.Time) (done bool, err error) {
	if r.start.IsZero() {
		r.start = r.clock.Now()
		r.last = r.start
	}
	defer network.OnEnd(ctx, func() { r.wire.conn.SetReadDeadline(past) })()
	for {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		now := r.clock.Now()
		r.expire(now)
		behind := r.begin(now)
		if err := r.flush(ctx); err != nil {
			return false, err
		}
		if r.finished = r.over(now) && r.waiting == 0; r.finished {
			return true, nil
		}
		if !until.IsZero() && !now.Before(until) {
			return false, nil
		}
		next := r.next(now)
		if !until.IsZero() && until.Before(next) {
			next = until
		}
		if behind || next.Before(now.Add(r.glance())) {
			next = now.Add(r.glance())
		}
		if err := r.listen(ctx, next); err != nil {
			return false, err
		}
		if err := r.flush(ctx); err != nil {
			return false, err
		}
	}
}

// over says whether no more exchanges begin.
func (r *Run) over(now time.Time) bool {
	return r.o.Count > 0 && r.begun >= r.o.Count || r.o.Duration > 0 && now.Sub(r.start) >= r.o.Duration && !r.due(r.begun).Before(r.start.Add(r.o.Duration))
}

// due is when an exchange is to begin.
func (r *Run) due(n int) time.Time {
	return r.start.Add(time.Duration(float64(n) / r.o.Rate * float64(time.Second)))
}

// begin begins the exchanges that are due. It says whether more are due than were begun.
func (r *Run) begin(now time.Time) (behind bool) {
	for range aheadOf {
		due := r.due(r.begun)
		if r.o.Count > 0 && r.begun >= r.o.Count || r.o.Duration > 0 && !due.Before(r.start.Add(r.o.Duration)) {
			return false
		}
		late := now.Sub(due)
		if late < 0 {
			return false
		}
		r.begun++
		if !r.exchange(r.pick.next()) {
			r.count.starved++
			continue
		}
		r.count.lag.add(late)
		if late > tooLate {
			r.count.late++
		}
	}
	return true
}

// tooLate is by how much an exchange may begin late without being counted as late.
const tooLate = 10 * time.Millisecond

// exchange begins one exchange; false when no client is free.
func (r *Run) exchange(a Activity) bool {
	if a.needsLease() {
		if i, ok := r.take(true); ok {
			r.clients[i].activity = a
			r.say(i, kindOf[a])
			return true
		}
		r.count.unbound++ // nobody is bound yet
		a = Lease
	}
	i, ok := r.take(false)
	if !ok {
		i, ok = r.take(true) // begins anew, as a client that was switched off
	}
	if ok {
		r.clients[i].activity = a
		r.say(i, discover)
	}
	return ok
}

// kindOf is an activity's first message.
var kindOf = [activities]kind{Lease: discover, Discover: discover, Renew: renew, Rebind: rebind, Reboot: reboot, Inform: inform, Release: release, Decline: decline}

// say puts a message of a client on the way. All but a request begin a transaction.
func (r *Run) say(i int32, k kind) {
	c := &r.clients[i]
	if k != request {
		c.turn = (c.turn + 1) % r.ids.turns
	}
	c.waits = k
	r.out = append(r.out, out{i, k})
}

// flush sends what is on the way.
func (r *Run) flush(ctx context.Context) error {
	for len(r.out) > 0 {
		some := r.out[:min(batch, len(r.out))]
		now := r.clock.Now()
		n, err := r.wire.send(ctx, r, some)
		for _, o := range some[:n] {
			r.sent(o, now)
		}
		r.last = now
		if err != nil {
			return r.wire.explain(err)
		}
		r.out = r.out[len(some):]
	}
	r.out = r.out[:0:cap(r.out)]
	return nil
}

// sent notes that a message left.
func (r *Run) sent(o out, now time.Time) {
	c := &r.clients[o.client]
	r.count.exchange[o.kind].sent++
	if !o.kind.answered() {
		c.bound = false
		r.release(o.client)
		return
	}
	c.sent = now.UnixNano()
	r.open.push(question{o.client, o.kind, c.sent})
	r.waiting++
}

// expire gives up questions that were not answered in time.
func (r *Run) expire(now time.Time) {
	for r.open.n > 0 {
		q := r.open.first()
		c := &r.clients[q.client]
		if c.waits != q.kind || c.sent != q.sent {
			r.open.pop() // answered
			continue
		}
		if now.UnixNano()-q.sent < int64(r.o.Timeout) {
			return
		}
		r.count.exchange[q.kind].dropped++
		r.waiting--
		r.release(r.open.pop().client)
	}
}

// next is when there is something to do beside reading.
func (r *Run) next(now time.Time) time.Time {
	var next time.Time
	if !r.over(now) {
		next = r.due(r.begun)
	}
	if r.open.n > 0 {
		if at := time.Unix(0, r.open.first().sent).Add(r.o.Timeout); next.IsZero() || at.Before(next) {
			next = at
		}
	}
	return next
}

// glance is how long is waited at least: a read whose time is over would not look at all.
func (r *Run) glance() time.Duration {
	if r.clock.Virtual() && !network.IsPaced(r.clock) {
		return time.Microsecond
	}
	return 100 * time.Microsecond
}

// past is a moment that is over.
var past = time.Unix(1, 0)

// listen reads what came, and waits for it until a moment.
func (r *Run) listen(ctx context.Context, until time.Time) error {
	conn := r.wire.conn
	conn.SetReadDeadline(until)
	if err := ctx.Err(); err != nil {
		return err // whose end may have come before the deadline was set
	}
	n, err := conn.ReadFrames(r.wire.frames[:])
	for i := range r.wire.frames[:n] {
		r.hear(&r.wire.frames[i])
	}
	if err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		return ctx.Err()
	}
	return r.wire.explain(err)
}

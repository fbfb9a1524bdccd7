package client4

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"time"

	"moonwire/host/dhcp/station"
	"moonwire/host/network"
)

// A Life runs a lease through T1, T2 and expiry.
type Life struct {
	lease *Lease
	stage stage
}

// A stage is what a life does next.
type stage int

const (
	begin stage = iota // tell that it is bound
	wait               // for what is due next
	renew
	rebind
	ended
)

// Life begins to run the lease.
func (l *Lease) Life() *Life { return &Life{lease: l} }

// Next waits for the next event: bound, renewing, renewed, rebinding, rebound, and one that ends the life: expired, nak,
// released, declined, conflict, lost. After that there are none: it returns nil.
func (f *Life) Next(ctx context.Context) (*Event, error) {
	switch f.stage {
	case begin:
		f.stage = wait
		if t := f.lease.Terms(); f.lease.alive() == nil {
			return f.tell("bound", "%s for %s", t.Prefix, t.Length())
		}
	case renew:
		return f.extend(ctx, Renewing)
	case rebind:
		return f.extend(ctx, Rebinding)
	case ended:
		return nil, nil
	}
	return f.wait(ctx)
}

// tell is an event that the client knows of already.
func (f *Life) tell(name, format string, args ...any) (*Event, error) {
	c := f.lease.client
	return &Event{c.clock.Now(), name, c.State(), fmt.Sprintf(format, args...)}, nil
}

// note is an event that is news for the client, too.
func (f *Life) note(name, format string, args ...any) (*Event, error) {
	e := f.lease.client.note(name, format, args...)
	return &e, nil
}

// last is the event that ends the life.
func (f *Life) last(name, format string, args ...any) (*Event, error) {
	f.stage = ended
	return f.tell(name, format, args...)
}

// finish ends the lease, and with it the life.
func (f *Life) finish(why, format string, args ...any) (*Event, error) {
	f.lease.end(why)
	f.stage = ended
	return f.note(why, format, args...)
}

// Ended says whether the lease is over.
func (l *Lease) Ended() bool { return l.ending() != "" }

// ending is what ended the lease; "" while it lives.
func (l *Lease) ending() string {
	l.client.mu.Lock()
	defer l.client.mu.Unlock()
	return l.over
}

// wait waits for what is due next: T1, T2, expiry, or an end that comes from elsewhere.
func (f *Life) wait(ctx context.Context) (*Event, error) {
	l := f.lease
	c := l.client
	for {
		t := l.Terms()
		if over := l.ending(); over != "" {
			return f.last(over, "%s", t.Address)
		}
		if e, err := f.trouble(ctx); e != nil || err != nil {
			return e, err
		}
		now := c.clock.Now()
		switch {
		case t.Infinite:
		case !now.Before(t.Expires):
			return f.finish("expired", "%s", t.Address)
		case !now.Before(t.RebindAt):
			f.stage = rebind
			c.enter(Rebinding, "%s of any server", t.Address)
			return f.tell("rebinding", "%s of any server", t.Address)
		case !now.Before(t.RenewAt):
			f.stage = renew
			c.enter(Renewing, "%s of %s", t.Address, t.Server)
			return f.tell("renewing", "%s of %s", t.Address, t.Server)
		}
		if err := l.waiter.WaitUntil(ctx, t.RenewAt); err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
			return nil, err
		}
	}
}

// trouble is what befell the link or the address; nil when nothing did.
func (f *Life) trouble(ctx context.Context) (*Event, error) {
	l := f.lease
	c := l.client
	c.mu.Lock()
	trouble := c.trouble
	c.trouble = nil
	c.mu.Unlock()
	if trouble == nil {
		return nil, nil
	}
	var conflict *station.Conflict
	if errors.As(trouble, &conflict) {
		if err := l.Decline(ctx, fmt.Sprintf("in use by %s", conflict.By)); err != nil {
			return nil, err
		}
		return f.last("conflict", "%s", trouble)
	}
	return f.finish("lost", "%s", trouble)
}

// extend asks for more time until it is given, or the state's time is over.
func (f *Life) extend(ctx context.Context, s State) (*Event, error) {
	l := f.lease
	t := l.Terms()
	end, done := t.RebindAt, "renewed"
	if s == Rebinding {
		end, done = t.Expires, "rebound"
	}
	err := l.persist(ctx, s, halves(end))
	for errors.Is(err, errMakeWay) && l.due() {
		err = l.persist(ctx, s, halves(end))
	}
	var refusal *Refusal
	var silence *Silence
	var down *station.Down
	f.stage = wait
	switch {
	case err == nil:
		t = l.Terms()
		return f.note(done, "%s for %s from %s", t.Prefix, t.Length(), t.Server)
	case errors.As(err, &refusal):
		return f.last("nak", "%s", refusal)
	case errors.As(err, &silence), errors.Is(err, errMakeWay):
		return f.wait(ctx)
	case errors.As(err, &down), errors.Is(err, net.ErrClosed):
		return f.finish("lost", "%s", err)
	}
	return nil, err
}

// due says whether the lease lives and T1 is over.
func (l *Lease) due() bool {
	return l.alive() == nil && !l.client.clock.Now().Before(l.Terms().RenewAt)
}

// errMakeWay ends an exchange of a life in favour of a call.
var errMakeWay = errors.New("another call of the client")

// persist asks for more time in a way that makes way for other calls of the client.
func (l *Lease) persist(ctx context.Context, s State, p pace) error {
	c := l.client
	inner, cancel := network.WithCancel(ctx)
	defer cancel()
	c.mu.Lock()
	busy := c.calls > 0
	if !busy {
		c.interrupt = cancel
	}
	c.mu.Unlock()
	if busy {
		return cmp.Or(l.waiter.Wait(ctx), errMakeWay)
	}
	defer func() {
		c.mu.Lock()
		c.interrupt = nil
		c.mu.Unlock()
	}()
	err := c.turn.Take(inner, time.Time{})
	if err == nil {
		err = l.ask(inner, s, p)
		c.turn.Give()
	}
	if err != nil && inner.Err() != nil && ctx.Err() == nil {
		return errMakeWay
	}
	return err
}

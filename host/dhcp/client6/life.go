package client6

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"os"
	"time"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/station"
	"moonwire/host/network"
)

// Next goes on with the life of a lease until something happens, and says what: bound, renewing, renewed, rebinding,
// rebound and refused; nobinding; deprecated and ended (one address or prefix of several); reconfigure and informed;
// conflict; down, confirmed and unconfirmed; and at the end expired, released, declined or lost. Then it is nil.
func (l *Lease) Next(ctx context.Context) (*Event, error) {
	if err := l.life.Take(ctx, time.Time{}); err != nil {
		return nil, err
	}
	defer l.life.Give()
	terms := l.Terms()
	if !l.begun && !terms.Ended() {
		l.begun = true
		return l.tell(Bound, terms.String(), terms.Message), nil
	}
	for {
		if e := l.age(); e != nil {
			return e, nil
		}
		if terms = l.Terms(); terms.Ended() {
			return nil, nil
		}
		e, err := l.step(ctx, terms)
		if e != nil || err != nil {
			return e, err
		}
		if now := l.Terms(); now.Ended() && now.State != Expired { // by another task
			return l.tell(now.State, terms.String(), nil), nil
		}
	}
}

// tell notes an event of the lease.
func (l *Lease) tell(name, text string, m *dhcp6.Message) *Event {
	return l.client.event(name, text, m)
}

// pending is what is to be done for a lease besides the times of its bindings.
type pending struct {
	trouble error
	order   dhcp6.Type
	suspect bool
	calls   bool // others use the client: the life makes way
}

func (l *Lease) pending() (p pending) {
	c := l.client
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(l.trouble) > 0 {
		p.trouble, l.trouble = l.trouble[0], l.trouble[1:]
	}
	p.order, p.suspect, p.calls = l.order, l.suspect, c.calls > 0
	return p
}

// step does what is due now, or waits until something may be.
func (l *Lease) step(ctx context.Context, terms Terms) (*Event, error) {
	p, now := l.pending(), l.client.clock.Now()
	if p.trouble != nil {
		return l.bear(ctx, p.trouble)
	}
	t1, t2, end := terms.Times()
	due := func(t time.Time) bool { return !t.IsZero() && !now.Before(t) && !now.Before(l.again) }
	switch {
	case p.calls:
		return nil, l.wait(ctx, end)
	case p.order != 0:
		return l.obey(ctx, p.order, t2, end)
	case p.suspect && !now.Before(l.again):
		return l.recheck(ctx)
	case terms.State == Renewing:
		return l.try(ctx, dhcp6.Renew, renewTiming, earliest(t2, end))
	case terms.State == Rebinding:
		return l.try(ctx, dhcp6.Rebind, rebindTiming, end)
	case due(t2):
		l.enter(Rebinding)
		return l.tell(Rebinding, "any server is asked", nil), nil
	case due(t1):
		l.enter(Renewing)
		return l.tell(Renewing, "the server is asked", nil), nil
	}
	wake := earliest(t1, t2)
	if p.suspect || !wake.IsZero() && wake.Before(l.again) {
		wake = l.again
	}
	return nil, l.wait(ctx, earliest(wake, l.nextAge(terms)))
}

// wait waits until a moment, or until something changes.
func (l *Lease) wait(ctx context.Context, until time.Time) error {
	if err := l.waiter.WaitUntil(ctx, until); err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
		return err
	}
	return nil
}

// persist runs an exchange that makes way for calls of the client: then done is false.
func (l *Lease) persist(ctx context.Context, f func(ctx context.Context) error) (done bool, err error) {
	c := l.client
	inner, cancel := network.WithCancel(ctx)
	defer cancel()
	if err := c.turn.Take(ctx, time.Time{}); err != nil {
		return false, err
	}
	defer c.turn.Give()
	c.mu.Lock()
	calls := c.calls
	c.interrupt = cancel
	c.mu.Unlock()
	if calls == 0 {
		err = f(inner)
	}
	c.mu.Lock()
	c.interrupt = nil
	c.mu.Unlock()
	return calls == 0 && (err == nil || inner.Err() == nil || ctx.Err() != nil), err
}

// try renews or rebinds until a moment; what it comes to decides the state after it.
func (l *Lease) try(ctx context.Context, kind dhcp6.Type, timing timing, until time.Time) (*Event, error) {
	done, err := l.persist(ctx, func(ctx context.Context) error { return l.extend(ctx, kind, timing, until) })
	if !done {
		return nil, ctx.Err()
	}
	terms, now := l.Terms(), l.client.clock.Now()
	l.again = now.Add(timing.irt)
	var down *station.Down
	switch over := !until.IsZero() && !now.Before(until); {
	case err == nil && kind == dhcp6.Renew:
		return l.tell("renewed", terms.String(), terms.Message), nil
	case err == nil:
		return l.tell("rebound", terms.String(), terms.Message), nil
	case terms.State == Lost:
		return l.tell(Lost, err.Error(), nil), nil
	case errors.As(err, &down):
		return l.bear(ctx, down)
	case !named(err):
		return nil, err
	case over && kind == dhcp6.Renew:
		l.again = now
		l.enter(Rebinding)
		return l.tell(Rebinding, err.Error(), nil), nil
	case over:
		return nil, nil // age tells that it ended
	}
	l.enter(Bound) // refused: later again
	return l.tell("refused", err.Error(), nil), nil
}

// named says whether an error is an outcome of an exchange, not of the wire or the task.
func named(err error) bool {
	var r *Refusal
	return errors.As(err, &r)
}

// obey does what a Reconfigure asked for (RFC 8415 section 18.2.11).
func (l *Lease) obey(ctx context.Context, order dhcp6.Type, t2, end time.Time) (*Event, error) {
	l.client.mu.Lock()
	l.order = 0
	l.client.mu.Unlock()
	switch order {
	case dhcp6.Renew:
		l.enter(Renewing)
		return l.tell("reconfigure", "the server wants a renew", nil), nil
	case dhcp6.Rebind:
		l.enter(Rebinding)
		return l.tell("reconfigure", "the server wants a rebind", nil), nil
	}
	var reply *dhcp6.Message
	done, err := l.persist(ctx, func(ctx context.Context) (err error) {
		reply, err = l.client.information(ctx)
		return err
	})
	switch {
	case !done:
		return nil, ctx.Err()
	case named(err):
		return l.tell("refused", err.Error(), nil), nil
	case err != nil:
		return nil, err
	}
	return l.tell("informed", "the server wanted an information-request", reply), nil
}

// bear tells of what befell the link or an address. After an interface went down the link may be another one (section
// 18.2.12); an address that another host has is declined.
func (l *Lease) bear(ctx context.Context, trouble error) (*Event, error) {
	c := l.client
	var conflict *station.Conflict
	switch {
	case errors.Is(trouble, net.ErrClosed):
		l.end(Lost)
		return l.tell(Lost, "the client was closed", nil), nil
	case errors.As(trouble, &conflict):
		_, err := l.persist(ctx, func(ctx context.Context) error { return l.decline(ctx, []netip.Addr{conflict.Addr}) })
		if err != nil && !named(err) {
			return nil, err
		}
		return l.tell("conflict", trouble.Error(), nil), nil
	}
	c.mu.Lock()
	again := l.suspect
	l.suspect = true
	c.mu.Unlock()
	l.again = c.clock.Now().Add(downPause)
	l.enter(Bound)
	if again {
		return nil, nil
	}
	return l.tell("down", trouble.Error(), nil), nil
}

// downPause is how often an interface that is down is tried.
const downPause = time.Second

// recheck asks whether the lease still fits the link.
func (l *Lease) recheck(ctx context.Context) (*Event, error) {
	c := l.client
	done, err := l.persist(ctx, func(ctx context.Context) error { return c.confirm(ctx, l) })
	var down *station.Down
	switch {
	case !done:
		return nil, ctx.Err()
	case errors.As(err, &down):
		l.again = c.clock.Now().Add(downPause)
		return nil, nil
	case err != nil && !named(err):
		return nil, err
	}
	c.mu.Lock()
	l.suspect = false
	c.mu.Unlock()
	terms := l.Terms()
	switch {
	case terms.State == Lost:
		return l.tell(Lost, err.Error(), nil), nil
	case err != nil: // nobody answers: it goes on (section 18.2.10.2)
		return l.tell("unconfirmed", err.Error(), nil), nil
	}
	return l.tell("confirmed", terms.String(), nil), nil
}

// nextAge is when the next binding is deprecated or ends.
func (l *Lease) nextAge(t Terms) (next time.Time) {
	for _, b := range t.Bindings() {
		next = earliest(next, b.Ends())
		if !l.told[b] && b.Preferred < b.Valid {
			next = earliest(next, b.Deprecated())
		}
	}
	return next
}

// age tells that a binding is no longer valid, or no longer preferred.
func (l *Lease) age() *Event {
	l.expire()
	c := l.client
	c.mu.Lock()
	gone, ended := l.gone, l.terms.Ended()
	if len(gone) > 0 {
		l.gone = gone[1:]
	}
	c.mu.Unlock()
	switch {
	case len(gone) == 1 && ended:
		return l.tell(Expired, gone[0].String()+" is no longer valid", nil)
	case len(gone) > 0:
		return l.tell("ended", gone[0].String()+" is no longer valid", nil)
	}
	now := c.clock.Now()
	for _, b := range l.Terms().Bindings() {
		if d := b.Deprecated(); !d.IsZero() && !now.Before(d) && !l.told[b] && b.Preferred < b.Valid {
			l.told[b] = true
			return l.tell("deprecated", b.String()+" is for what goes on already", nil)
		}
	}
	return nil
}

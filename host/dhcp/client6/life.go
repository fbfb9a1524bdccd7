package client6

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/network"
)

// Next goes on with the life of a lease until something happens, and says what: bound, renewing, renewed, rebinding,
// rebound, deprecated and ended (single addresses and prefixes), reconfigure and informed, down and confirmed, and at the
// end expired or lost. Then it is nil.
func (l *Lease) Next(ctx context.Context) (*Event, error) {
	if !l.begun {
		l.begun = true
		return l.tell(ctx, Bound, l.words(), l.Message), nil
	}
	for !l.Ended() {
		if e := l.age(ctx); e != nil {
			return e, nil
		}
		e, err := l.step(ctx)
		if errors.Is(err, syscall.ENETDOWN) {
			e, err = l.fell(ctx)
		}
		if e != nil || err != nil {
			return e, err
		}
	}
	return nil, nil
}

// step does what is due now, or waits until something is.
func (l *Lease) step(ctx context.Context) (*Event, error) {
	now := network.ClockFrom(ctx).Now()
	t1, t2, end := l.Times()
	due := func(t time.Time) bool { return !t.IsZero() && !now.Before(t) }
	switch {
	case l.order != 0:
		return l.obey(ctx)
	case l.suspect:
		return l.recheck(ctx)
	case l.State == Renewing:
		return l.try(ctx, dhcp6.Renew, renewTiming, earliest(t2, end))
	case l.State == Rebinding:
		return l.try(ctx, dhcp6.Rebind, rebindTiming, end)
	case due(t2) && !now.Before(l.again):
		l.State = Rebinding
		return l.tell(ctx, Rebinding, "any server is asked", nil), nil
	case due(t1) && !now.Before(l.again):
		l.State = Renewing
		return l.tell(ctx, Renewing, "the server is asked", nil), nil
	}
	wake := earliest(t1, t2)
	if !wake.IsZero() && wake.Before(l.again) {
		wake = l.again
	}
	return l.listen(ctx, earliest(wake, l.nextAge()))
}

// listen waits until a moment, and meanwhile hears Reconfigure.
func (l *Lease) listen(ctx context.Context, until time.Time) (*Event, error) {
	c := l.client
	for {
		d, err := c.station.Receive(ctx, until)
		if errors.Is(err, os.ErrDeadlineExceeded) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		if d.Dst.Port() != ClientPort {
			continue
		}
		x := Exchanged{Time: d.Time, Source: d.Src, Destination: d.Dst}
		if x.Message, err = dhcp6.Decode(d.Payload); err != nil || len(x.Message.Problems) > 0 {
			x.Ignored = malformed
		} else {
			l.order, x.Ignored = c.reconfigured(x.Message, l.ServerID)
		}
		c.note(x)
		if l.order != 0 {
			return l.tell(ctx, "reconfigure", "the server wants a "+l.order.String(), x.Message), nil
		}
	}
}

// try renews or rebinds until a moment; what it comes to decides the state after it.
func (l *Lease) try(ctx context.Context, kind dhcp6.Type, timing timing, until time.Time) (*Event, error) {
	err := l.extend(ctx, kind, timing, until)
	name := map[dhcp6.Type]string{dhcp6.Renew: "renewed", dhcp6.Rebind: "rebound"}[kind]
	now := network.ClockFrom(ctx).Now()
	switch over := !until.IsZero() && !now.Before(until); {
	case err == nil:
		l.again = now.Add(timing.irt)
		return l.tell(ctx, name, l.words(), l.Message), nil
	case l.State == Lost:
		return l.tell(ctx, Lost, err.Error(), nil), nil
	case !named(err):
		return nil, err
	case kind == dhcp6.Renew && over:
		l.State = Rebinding
		return l.tell(ctx, Rebinding, err.Error(), nil), nil
	case over:
		return nil, nil // age tells that it ended
	}
	l.State = Bound // it refuses: later again
	l.again = now.Add(timing.irt)
	return l.tell(ctx, "refused", err.Error(), nil), nil
}

// named says whether an error is an outcome of an exchange, not of the wire or the task.
func named(err error) bool {
	var r *Refusal
	return errors.As(err, &r)
}

// obey does what a Reconfigure asked for (RFC 8415 section 18.2.11).
func (l *Lease) obey(ctx context.Context) (*Event, error) {
	order := l.order
	l.order = 0
	_, t2, end := l.Times()
	switch order {
	case dhcp6.Renew:
		l.State = Renewing
		return l.try(ctx, order, renewTiming, earliest(t2, end))
	case dhcp6.Rebind:
		l.State = Rebinding
		return l.try(ctx, order, rebindTiming, end)
	}
	reply, err := l.client.Information(ctx)
	if named(err) {
		return l.tell(ctx, "refused", err.Error(), nil), nil
	}
	if err != nil {
		return nil, err
	}
	return l.tell(ctx, "informed", "", reply), nil
}

// fell is what happens when the interface goes down: the link may be another one when it comes up again (section 18.2.12).
func (l *Lease) fell(ctx context.Context) (*Event, error) {
	if l.suspect {
		return nil, network.ClockFrom(ctx).Sleep(ctx, downPause)
	}
	l.suspect, l.State = true, Bound
	return l.tell(ctx, "down", l.client.iface.Name+" went down", nil), nil
}

// downPause is how often an interface that is down is tried.
const downPause = time.Second

// recheck asks whether the lease still fits the link.
func (l *Lease) recheck(ctx context.Context) (*Event, error) {
	err := l.client.Confirm(ctx, l)
	switch {
	case l.State == Lost:
		l.suspect = false
		return l.tell(ctx, Lost, err.Error(), nil), nil
	case err == nil:
		l.suspect = false
		return l.tell(ctx, "confirmed", l.words(), nil), nil
	case named(err): // nobody answers: it goes on (section 18.2.10.2)
		l.suspect = false
		return l.tell(ctx, "unconfirmed", err.Error(), nil), nil
	}
	return nil, err
}

// nextAge is when the next binding is deprecated or ends.
func (l *Lease) nextAge() (next time.Time) {
	for _, b := range l.bindings() {
		next = earliest(next, b.Ends())
		if !l.told[b] && b.Preferred < b.Valid {
			next = earliest(next, b.Deprecated())
		}
	}
	return next
}

// age notes that a binding is no longer preferred, or no longer valid.
func (l *Lease) age(ctx context.Context) *Event {
	now := network.ClockFrom(ctx).Now()
	due := func(t time.Time) bool { return !t.IsZero() && !now.Before(t) }
	for _, b := range l.bindings() {
		switch {
		case due(b.Ends()):
			l.drop(func(o Binding) bool { return o == b })
			if l.Ended() {
				l.State = Expired
				return l.tell(ctx, Expired, fmt.Sprintf("%s is no longer valid", show(b)), nil)
			}
			return l.tell(ctx, "ended", fmt.Sprintf("%s is no longer valid", show(b)), nil)
		case due(b.Deprecated()) && !l.told[b] && b.Preferred < b.Valid:
			l.told[b] = true
			return l.tell(ctx, "deprecated", fmt.Sprintf("%s is for what goes on already", show(b)), nil)
		}
	}
	return nil
}

// tell notes an event of the lease.
func (l *Lease) tell(ctx context.Context, name, text string, m *dhcp6.Message) *Event {
	return l.client.event(ctx, name, text, m)
}

// words are what the lease holds.
func (l *Lease) words() (text string) {
	for i, b := range l.bindings() {
		if i > 0 {
			text += ", "
		}
		text += show(b)
	}
	return text
}

// show is a binding as an address or as a prefix.
func show(b Binding) string {
	if b.Prefix.IsSingleIP() {
		return b.Addr().String()
	}
	return b.Prefix.String()
}

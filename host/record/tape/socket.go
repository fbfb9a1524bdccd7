package tape

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"time"

	"moonwire/host/network"
	"moonwire/host/record"
)

// object is what calls are made on.
type object struct {
	t  *Tape
	id int
}

func (o object) question(call string, args ...any) *record.Event {
	return o.t.question(call, o.id, args...)
}

// do is a call that only succeeds or fails, at once.
func (o object) do(call string, real func() error, args ...any) error {
	return done(o.t, o.question(call, args...), real)
}

// socket is what streams, listeners and packet connections share.
type socket struct {
	object
	under network.Socket // nil: played
}

func (s *socket) LocalAddr() net.Addr {
	return s.addr("localaddr", func() net.Addr { return s.under.LocalAddr() })
}

func (s *socket) addr(call string, real func() net.Addr) net.Addr {
	a, _ := asked(s.t, s.question(call), func() (*record.Addr, error) { return record.AddrOf(real()), nil })
	return a.Std()
}

func (s *socket) Close() error { return s.do("close", func() error { return s.under.Close() }) }

func (s *socket) Ready(ctx context.Context, ev network.Event) error {
	q := s.question("ready", ev)
	real := func() (none, error) { return none{}, s.under.Ready(ctx, ev) }
	if err := ctx.Err(); err != nil {
		_, err := asked(s.t, q, real)
		return err
	}
	_, err := awaited(s.t, q, real)
	return err
}

func (s *socket) Interrupt() {
	_ = s.do("interrupt", func() error {
		s.under.Interrupt()
		return nil
	})
}

func (s *socket) SetOption(name string, value any) error {
	return s.do("setoption", func() error { return s.under.SetOption(name, value) }, name, fmt.Sprintf("%T", value), value)
}

func (s *socket) Option(name string) (any, error) {
	v, err := asked(s.t, s.question("option", name), func() (option, error) {
		v, err := s.under.Option(name)
		return optionOf(v), err
	})
	return v.value(), err
}

func (s *socket) FD() int {
	n, _ := asked(s.t, s.question("fd"), func() (int, error) { return s.under.FD(), nil })
	return n
}

func (s *socket) deadline(call string, set func(time.Time) error, t time.Time) error {
	return s.do(call, func() error { return set(t) }, s.t.since(t))
}

// since is a moment as nanoseconds from the start, so that it is the same whenever the run is played; nil is none.
func (t *Tape) since(at time.Time) *int64 {
	if at.IsZero() {
		return nil
	}
	n := int64(at.Sub(t.start))
	return &n
}

// option is the value of a socket's option.
type option struct {
	Bool       *bool               `json:"bool,omitempty"`
	Int        *int                `json:"int,omitempty"`
	Text       *string             `json:"text,omitempty"`
	Addr       *netip.Addr         `json:"addr,omitempty"`
	Linger     *network.Linger     `json:"linger,omitempty"`
	Membership *network.Membership `json:"membership,omitempty"`
	Failure    *record.Failure     `json:"failure,omitempty"`
}

func optionOf(v any) (o option) {
	switch v := v.(type) {
	case bool:
		o.Bool = &v
	case int:
		o.Int = &v
	case string:
		o.Text = &v
	case netip.Addr:
		o.Addr = &v
	case network.Linger:
		o.Linger = &v
	case network.Membership:
		o.Membership = &v
	case error:
		o.Failure = record.FailureOf(v)
	}
	return o
}

func (o option) value() any {
	switch {
	case o.Bool != nil:
		return *o.Bool
	case o.Int != nil:
		return *o.Int
	case o.Text != nil:
		return *o.Text
	case o.Addr != nil:
		return *o.Addr
	case o.Linger != nil:
		return *o.Linger
	case o.Membership != nil:
		return *o.Membership
	case o.Failure != nil:
		return o.Failure.Err()
	}
	return nil
}

package client4

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"strconv"
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/station"
)

// A question is a message that is sent until it is answered.
type question struct {
	message *dhcp4.Message
	what    string // that is waited for, in errors: "offer"
	src     netip.Addr
	dst     netip.Addr
	mac     net.HardwareAddr // of dst; nil: broadcast
	judge   judgement
	pace    pace
	steady  bool // secs stays as it is (RFC 2131 section 4.4.1: of a request, as in its discover)
}

// An answer is the message that a question earned, and how it came.
type answer struct {
	*dhcp4.Message
	asked    time.Time // when the question was sent the last time
	received station.Datagram
}

// ask sends a question until it is answered, or its pace ends.
func (c *Client) ask(ctx context.Context, q *question) (*answer, error) {
	var got *answer
	err := c.collect(ctx, q, func(a *answer) bool { got = a; return true })
	return got, err
}

// collect sends a question until enough is true of an answer, or the question's pace ends: then it fails with a *Silence.
func (c *Client) collect(ctx context.Context, q *question, enough func(*answer) bool) error {
	start, before := c.clock.Now(), c.Stats()
	for try := 0; ; try++ {
		asked := c.clock.Now()
		until, ok := q.pace(try, asked)
		if !ok {
			return &Silence{Iface: c.iface(), What: q.what, Asked: q.message.Type(), Tries: try, After: asked.Sub(start), More: c.ignoredSince(before)}
		}
		if err := c.send(ctx, q); err != nil {
			return err
		}
		for {
			d, err := c.station.Receive(ctx, until)
			if errors.Is(err, os.ErrDeadlineExceeded) {
				break
			}
			if err != nil {
				return err
			}
			if m := c.hear(d, q); m != nil && enough(&answer{m, asked, d}) {
				return nil
			}
		}
	}
}

// send sends the question's message.
func (c *Client) send(ctx context.Context, q *question) error {
	c.mu.Lock()
	if !q.steady {
		c.secs = uint16(min(c.clock.Now().Sub(c.began)/time.Second, 0xffff))
	}
	q.message.Secs = c.secs
	c.mu.Unlock()
	return c.transmit(ctx, q)
}

// transmit sends the question's message as it is.
func (c *Client) transmit(ctx context.Context, q *question) error {
	b, err := q.message.Encode()
	if err != nil {
		return err
	}
	d := station.Datagram{Src: netip.AddrPortFrom(q.src, clientPort), Dst: netip.AddrPortFrom(q.dst, serverPort), DstMAC: q.mac, Payload: b}
	sent, err := dhcp4.Decode(b)
	if err != nil {
		return err
	}
	now := c.clock.Now()
	if err := c.station.Send(ctx, d); err != nil {
		return fmt.Errorf("send %s: %w", q.message.Type(), err)
	}
	dst := q.mac
	if dst == nil {
		dst = net.HardwareAddr{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}
	}
	c.remember(Exchange{Time: now, Out: true, Message: sent, Payload: b, Src: d.Src, Dst: d.Dst, SrcMAC: c.station.MAC(), DstMAC: dst})
	return nil
}

// hear reads what came; nil when it is ignored.
func (c *Client) hear(d station.Datagram, q *question) *dhcp4.Message {
	x := Exchange{Time: d.Time, Payload: d.Payload, Src: d.Src, Dst: d.Dst, SrcMAC: d.SrcMAC, DstMAC: d.DstMAC}
	m, err := dhcp4.Decode(d.Payload)
	if err != nil {
		x.Ignored = malformed
	} else {
		x.Message = m
		x.Ignored = c.judge(m, q)
	}
	c.remember(x)
	if x.Ignored != "" {
		c.note("ignored", "%s from %s: %s", kindOf(m), d.Src, x.Ignored)
		return nil
	}
	return m
}

func kindOf(m *dhcp4.Message) string {
	if m == nil {
		return "a datagram"
	}
	return m.Type().String()
}

// Silence says that nobody answered.
type Silence struct {
	Iface string
	What  string
	Asked dhcp4.Type
	Tries int
	After time.Duration
	More  string // what was ignored
}

func (s *Silence) Error() string {
	return fmt.Sprintf("no %s on %s within %s (%s sent %s%s)", s.What, s.Iface, plain(s.After), s.Asked, times(s.Tries), s.More)
}

// Kind is the kind of refusal.
func (s *Silence) Kind() string { return "timeout" }

// Timeout says that it is one.
func (s *Silence) Timeout() bool { return true }

// plain is a duration in seconds, with a digit behind the point where it has one.
func plain(d time.Duration) string {
	return strconv.FormatFloat(float64(d.Round(100*time.Millisecond))/float64(time.Second), 'f', -1, 64) + " s"
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

package client6

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"sort"
	"strings"
	"time"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/station"
	"moonwire/host/network"
)

// A verdict is what a message that was heard means for the exchange under way.
type verdict int

const (
	ignore verdict = iota // it is of no use; the reason is counted
	keep                  // it is of use, and better ones may come before the first pause ends
	finish                // it ends the exchange
	again                 // the message is to be sent once more at once
)

// A trade is one exchange: a message, sent until an answer comes (RFC 8415 section 15).
type trade struct {
	message *dhcp6.Message
	timing  timing
	until   time.Time  // when the answer is of no use any more; zero: never
	whole   bool       // answers are collected until then, and nothing ends it before
	to      netip.Addr // a server's own address; else all servers
	from    netip.Addr // the source when to is set
	judge   judge

	sent    int
	kept    bool
	end     error          // what a finished exchange comes to, if it isn't what was wanted
	reasons map[string]int // why answers were ignored
	said    dhcp6.Status   // the last failure that was ignored
}

// A judge says what an answer means, and why it is ignored if so. at is when it came.
type judge func(m *dhcp6.Message, from netip.Addr, at time.Time) (verdict, string)

// run sends t's message as its timing says until judge finishes the exchange, and fails with a Refusal when nothing does.
func (c *Client) run(ctx context.Context, t *trade) error {
	clock, chance := network.ClockFrom(ctx), network.Rand(ctx)
	t.reasons = map[string]int{}
	t.limit(c.o, clock.Now())
	if d := t.timing.first(chance); d > 0 {
		if err := clock.Sleep(ctx, d); err != nil {
			return err
		}
	}
	began := clock.Now()
	end := t.until
	if t.timing.mrd > 0 {
		end = earliest(end, began.Add(t.timing.mrd))
	}
	for pause := time.Duration(0); ; {
		if err := c.transmit(ctx, t, clock.Now().Sub(began)); err != nil {
			return err
		}
		pause = t.timing.pause(pause, chance)
		done, err := c.listen(ctx, t, earliest(clock.Now().Add(pause), end))
		switch over := !end.IsZero() && !clock.Now().Before(end); {
		case err != nil:
			return err
		case done == finish, t.kept && (over || !t.whole):
			return t.end
		case done == again:
			pause = 0
		case over, t.timing.mrc > 0 && t.sent >= t.timing.mrc:
			return t.failed(c, clock.Now().Sub(began))
		}
	}
}

// limit bounds a trade that has no end of its own by the client's limits.
func (t *trade) limit(o Options, now time.Time) {
	if !t.until.IsZero() {
		return
	}
	if o.Tries > 0 {
		t.timing.mrc = o.Tries
	}
	if o.Timeout > 0 {
		t.until = now.Add(o.Timeout)
	}
}

// transmit sends t's message once.
func (c *Client) transmit(ctx context.Context, t *trade, elapsed time.Duration) error {
	t.message.Options.Put(elapsedOption(elapsed))
	b, err := t.message.Encode()
	if err != nil {
		return err
	}
	d := station.Datagram{Src: netip.AddrPortFrom(c.source, ClientPort), Dst: netip.AddrPortFrom(station.AllServers, ServerPort), Payload: b}
	if t.to.IsValid() {
		d.Src, d.Dst = netip.AddrPortFrom(t.from, ClientPort), netip.AddrPortFrom(t.to, ServerPort)
	}
	err = c.station.Send(ctx, d)
	if err != nil && t.to.IsValid() && ctx.Err() == nil { // nobody is there: ask everybody
		t.to = netip.Addr{}
		return c.transmit(ctx, t, elapsed)
	}
	if err != nil {
		return err
	}
	t.sent++
	c.note(Exchanged{Time: network.ClockFrom(ctx).Now(), Out: true, Message: t.message.Copy(), Source: d.Src, Destination: d.Dst})
	return nil
}

// listen hears answers until a moment.
func (c *Client) listen(ctx context.Context, t *trade, until time.Time) (verdict, error) {
	for {
		d, err := c.station.Receive(ctx, until)
		if errors.Is(err, os.ErrDeadlineExceeded) {
			return ignore, nil
		}
		if err != nil {
			return ignore, err
		}
		if d.Dst.Port() != ClientPort {
			continue
		}
		switch v := c.hear(d, t); v {
		case finish, again:
			return v, nil
		case keep:
			if t.kept = true; t.sent > 1 && !t.whole { // section 18.2.1: after the first pause, the first answer is taken
				return finish, nil
			}
		}
	}
}

// hear judges one datagram and notes it.
func (c *Client) hear(d station.Datagram, t *trade) verdict {
	m, err := dhcp6.Decode(d.Payload)
	var v verdict
	var why string
	switch {
	case err != nil:
		m, why = &dhcp6.Message{Rest: d.Payload}, malformed
	case len(m.Problems) > 0:
		why = malformed
	default:
		if why = c.invalid(m, t.message); why == "" {
			v, why = t.judge(m, d.Src.Addr(), d.Time)
		}
	}
	if why != "" {
		t.reasons[why]++
	}
	c.note(Exchanged{Time: d.Time, Message: m, Source: d.Src, Destination: d.Dst, Ignored: why})
	return v
}

// note remembers a message that went or came.
func (c *Client) note(x Exchanged) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.exchange) < exchangeMost {
		c.exchange = append(c.exchange, x)
	}
	switch {
	case x.Out:
		c.stats.Sent++
	case x.Ignored != "":
		c.stats.Ignored++
		if c.stats.Reasons == nil {
			c.stats.Reasons = map[string]uint64{}
		}
		c.stats.Reasons[x.Ignored]++
		fallthrough
	default:
		c.stats.Received++
	}
}

// exchangeMost bounds the memory of what was exchanged.
const exchangeMost = 10000

// failed is the outcome of an exchange that nobody finished: what the server said last, or that nobody answered.
func (t *trade) failed(c *Client, waited time.Duration) error {
	var because string
	if len(t.reasons) > 0 {
		because = "; ignored: " + counted(t.reasons)
	}
	text := fmt.Sprintf("no usable answer to %s on %s within %s (sent %s%s)", t.message.Type, c.iface.Name, waited.Round(time.Millisecond), times(t.sent), because)
	if failure(t.said) {
		return refused(text, t.said)
	}
	return refuse(kindTimeout, "%s", text)
}

// counted lists reasons with their counts, in a fixed order.
func counted(reasons map[string]int) string {
	var list []string
	for why, n := range reasons {
		list = append(list, fmt.Sprintf("%d %s", n, why))
	}
	sort.Strings(list)
	return strings.Join(list, ", ")
}

// times says how often.
func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

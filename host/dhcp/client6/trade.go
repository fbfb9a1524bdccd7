package client6

import (
	"context"
	"errors"
	"fmt"
	"net"
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
	until   time.Time // when the answer is of no use any more; zero: the client's own limits
	whole   bool      // answers are collected until then, and nothing ends it before
	path    path      // to a server's own address; else all servers hear the message
	judge   judge

	sent    int
	kept    bool
	end     error          // what a finished exchange comes to, if it isn't what was wanted
	reasons map[string]int // why answers were ignored
	said    dhcp6.Status   // the last failure that was ignored
}

// A path is how a server is written to directly.
type path struct {
	to, from netip.Addr
	mac      net.HardwareAddr
}

// A judge says what an answer means, and why it is ignored if so. at is when it came.
type judge func(m *dhcp6.Message, from netip.Addr, at time.Time) (verdict, string)

// run sends t's message as its timing says until judge finishes the exchange, and fails with a Refusal when nothing does.
func (c *Client) run(ctx context.Context, t *trade) error {
	chance := network.Rand(ctx)
	t.reasons = map[string]int{}
	asked := c.clock.Now()
	t.limit(c.o, asked)
	c.listenFor(true)
	defer c.listenFor(false)
	if d := t.timing.first(chance); d > 0 {
		if err := c.clock.Sleep(ctx, d); err != nil {
			return err
		}
	}
	began := c.clock.Now()
	end := t.until
	if t.timing.mrd > 0 {
		end = earliest(end, began.Add(t.timing.mrd))
	}
	for pause := time.Duration(0); ; {
		if err := c.transmit(ctx, t, c.clock.Now().Sub(began)); err != nil {
			return err
		}
		pause = t.timing.pause(pause, chance)
		done, err := c.listen(ctx, t, earliest(c.clock.Now().Add(pause), end))
		switch over := !end.IsZero() && !c.clock.Now().Before(end); {
		case err != nil:
			return err
		case done == finish, t.kept && (over || !t.whole):
			return t.end
		case done == again:
			pause = 0
		case over, t.timing.mrc > 0 && t.sent >= t.timing.mrc:
			return t.failed(c, c.clock.Now().Sub(asked))
		}
	}
}

// listenFor says whether an exchange hears what comes.
func (c *Client) listenFor(busy bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.busy, c.queue, c.trouble = busy, nil, nil
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
	if p := t.path; p.to.IsValid() {
		d.Src, d.Dst, d.DstMAC = netip.AddrPortFrom(p.from, ClientPort), netip.AddrPortFrom(p.to, ServerPort), p.mac
	}
	now := c.clock.Now()
	if err := c.station.Send(ctx, d); err != nil {
		return err
	}
	t.sent++
	c.mu.Lock()
	defer c.mu.Unlock()
	c.note(Exchanged{Time: now, Out: true, Message: t.message.Copy(), Source: d.Src, Destination: d.Dst})
	return nil
}

// listen hears answers until a moment.
func (c *Client) listen(ctx context.Context, t *trade, until time.Time) (verdict, error) {
	for {
		d, err := c.next(ctx, until)
		if errors.Is(err, os.ErrDeadlineExceeded) {
			return ignore, nil
		}
		if err != nil {
			return ignore, err
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

// next is the next datagram for the exchange under way, or what befell the link.
func (c *Client) next(ctx context.Context, until time.Time) (d station.Datagram, err error) {
	for {
		c.mu.Lock()
		n := len(c.queue)
		if n > 0 {
			d, c.queue = c.queue[0], c.queue[1:]
		} else {
			err, c.trouble = c.trouble, nil
		}
		c.mu.Unlock()
		if n > 0 || err != nil {
			return d, err
		}
		if !until.IsZero() && !c.clock.Now().Before(until) {
			return d, os.ErrDeadlineExceeded
		}
		if err := c.waiter.WaitUntil(ctx, until); err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
			return d, err
		}
	}
}

// hear judges one datagram and notes it.
func (c *Client) hear(d station.Datagram, t *trade) (v verdict) {
	m, why := read(d)
	if why == "" {
		if why = c.invalid(m, t.message); why == "" {
			v, why = t.judge(m, d.Src.Addr(), d.Time)
		}
	}
	if why != "" {
		t.reasons[why]++
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.note(Exchanged{Time: d.Time, Message: m, Source: d.Src, Destination: d.Dst, Ignored: why})
	return v
}

// failed is the outcome of an exchange that nobody finished: what the server said last, or that nobody answered.
func (t *trade) failed(c *Client, waited time.Duration) error {
	var because string
	if len(t.reasons) > 0 {
		because = "; ignored: " + counted(t.reasons)
	}
	text := fmt.Sprintf("no usable answer to %s on %s within %g s (sent %s%s)", t.message.Type, c.iface.Name,
		waited.Round(100*time.Millisecond).Seconds(), times(t.sent), because)
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

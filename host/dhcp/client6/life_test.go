package client6_test

import (
	"bytes"
	"net/netip"
	"strings"
	"testing"
	"time"

	"moonwire/host/dhcp/client6"
	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/network"
)

// events are the names of what happens in a lease's life, with the seconds since it began.
func events(t *testing.T, w *world, l *client6.Lease, most int) (names []string, at []float64) {
	t.Helper()
	began := l.Terms().Obtained
	for range most {
		e, err := l.Next(w.ctx)
		if err != nil {
			t.Fatal(err)
		}
		if e == nil {
			return names, at
		}
		names, at = append(names, e.Name), append(at, e.Time.Sub(began).Seconds())
	}
	return names, at
}

// kinds are the types of messages that a server heard.
func (s *server) types() string {
	var names []string
	for _, m := range s.heard {
		names = append(names, m.Type.String())
	}
	return strings.Join(names, " ")
}

// TestLife sees a lease renewed at T1, rebound at T2 when its server is gone, and expire when all are.
func TestLife(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	dead := map[string]bool{}
	mortal := func(host string) func(s *server, m *dhcp6.Message) []*dhcp6.Message {
		return func(s *server, m *dhcp6.Message) []*dhcp6.Message {
			if dead[host] {
				return nil
			}
			return plain(s, m)
		}
	}
	w.serve(t, "R1", mortal("R1"))
	c := w.open(t, nil)
	l, err := c.Acquire(w.ctx, client6.Want{Addresses: 1, Prefixes: 1})
	if err != nil {
		t.Fatal(err)
	}
	names, at := events(t, w, l, 3)
	if strings.Join(names, " ") != "bound renewing renewed" || at[1] != t1 {
		t.Error(names, at)
	}
	dead["R1"] = true
	second := w.serve(t, "R2", mortal("R2"))
	names, at = events(t, w, l, 3)
	if strings.Join(names, " ") != "renewing rebinding rebound" || at[0] != t1 || at[1] != t2 || at[2] > t2+1 {
		t.Error(names, at)
	}
	if l.Terms().ServerID != second.duid {
		t.Error("another server rebound it", l.Terms().ServerID)
	}
	dead["R2"] = true
	names, at = events(t, w, l, 10)
	if strings.Join(names, " ") != "renewing rebinding ended expired" || at[3] != valid {
		t.Error(names, at)
	}
	if l.Terms().State != client6.Expired {
		t.Error(l.Terms().State)
	}
	if e, err := l.Next(w.ctx); e != nil || err != nil {
		t.Error(e, err)
	}
}

// TestUnlived lets a lease end that nobody renews: the client answers for its address no longer.
func TestUnlived(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.serve(t, "R1", plain)
	c := w.open(t, nil)
	l, err := c.Acquire(w.ctx, client6.Want{Addresses: 1})
	if err != nil {
		t.Fatal(err)
	}
	own := l.Terms().Addresses()[0]
	if mac, err := w.on("h2").Resolve(w.ctx, "eth0", own); err != nil || mac.String() != c.MAC().String() {
		t.Error(mac, err)
	}
	w.clock.Sleep(w.ctx, valid*time.Second)
	if mac, err := w.on("R2").Resolve(w.ctx, "eth0", own); err == nil || l.Terms().State != client6.Expired {
		t.Error(mac, l)
	}
	if names, _ := events(t, w, l, 9); strings.Join(names, " ") != "expired" {
		t.Error(names)
	}
}

// TestForever has a lease without end.
func TestForever(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.serve(t, "R1", func(s *server, m *dhcp6.Message) []*dhcp6.Message {
		r := plain(s, m)
		for i, o := range r[0].Options {
			if o.Code == dhcp6.IANA {
				copy(r[0].Options[i].Data[4:], bytes.Repeat([]byte{255}, 8))
				copy(r[0].Options[i].Options[0].Data[16:], bytes.Repeat([]byte{255}, 8))
			}
		}
		return r
	})
	c := w.open(t, nil)
	l, err := c.Acquire(w.ctx, client6.Want{Addresses: 1})
	if err != nil {
		t.Fatal(err)
	}
	if a, b, end := l.Terms().Times(); !a.IsZero() || !b.IsZero() || !end.IsZero() {
		t.Error(a, b, end)
	}
	w.clock.AfterFunc(1000*time.Hour, func() { w.clock.Go(func() { c.Close() }) })
	if names, _ := events(t, w, l, 9); strings.Join(names, " ") != "bound lost" {
		t.Error(names)
	}
}

// TestNoBinding has a server that forgot the lease: the client requests everything again.
func TestNoBinding(t *testing.T) {
	t.Parallel()
	for _, generous := range []bool{true, false} {
		w := newWorld(t)
		forgotten := false
		s := w.serve(t, "R1", func(s *server, m *dhcp6.Message) []*dhcp6.Message {
			if m.Type == dhcp6.Renew {
				forgotten = true
				return []*dhcp6.Message{s.reply(dhcp6.Reply, m, bare(m, dhcp6.NoBinding)...)}
			}
			if forgotten && !generous {
				return []*dhcp6.Message{s.reply(dhcp6.Reply, m, bare(m, dhcp6.NoAddrsAvail)...)}
			}
			return plain(s, m)
		})
		c := w.open(t, nil)
		l, err := c.Acquire(w.ctx, client6.Want{Addresses: 1})
		if err != nil {
			t.Fatal(err)
		}
		err = l.Renew(w.ctx)
		if s.types() != "solicit request renew request" {
			t.Error(s.types())
		}
		if generous && (err != nil || l.Terms().State != client6.Bound || l.Terms().Ended()) {
			t.Error(err, l)
		}
		if !generous && (kind(err) != "noaddrs" || l.Terms().State != client6.Lost || !l.Terms().Ended()) {
			t.Error(err, l)
		}
	}
}

// TestPartial has a server without prefixes: the address is renewed, the prefix asked for again, and only the address given back.
func TestPartial(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.serve(t, "R1", func(s *server, m *dhcp6.Message) []*dhcp6.Message {
		r := plain(s, m)
		for i, o := range r[0].Options {
			if o.Code == dhcp6.IAPD {
				code := dhcp6.NoPrefixAvail
				if m.Type == dhcp6.Renew {
					code = dhcp6.NoBinding
				}
				r[0].Options[i].Options = dhcp6.Options{dhcp6.Status{Code: code}.Option()}
			}
		}
		return r
	})
	c := w.open(t, nil)
	l, err := c.Acquire(w.ctx, client6.Want{Addresses: 1, Prefixes: 1})
	if err != nil || len(l.Terms().Bindings()) != 1 {
		t.Fatal(l, err)
	}
	if err := l.Renew(w.ctx); err != nil {
		t.Error(err)
	}
	if err := l.Release(w.ctx); err != nil {
		t.Error(err)
	}
	if s.types() != "solicit request renew release" || len(s.heard[2].Options.IAs()) != 2 || len(s.heard[3].Options.IAs()) != 1 {
		t.Error(s.types(), s.heard)
	}
	if _, err := c.Acquire(w.ctx, client6.Want{Prefixes: 1}); kind(err) != "noprefix" {
		t.Error(err)
	}
}

// bare answers each IA of a message with a status alone.
func bare(m *dhcp6.Message, code dhcp6.StatusCode) (options []dhcp6.Option) {
	for _, ia := range m.Options.IAs() {
		options = append(options, dhcp6.IA{Code: ia.Code, ID: ia.ID, Options: dhcp6.Options{dhcp6.Status{Code: code}.Option()}}.Option())
	}
	return options
}

// TestNotOnLink asks once more without naming addresses, and names the outcome of Confirm.
func TestNotOnLink(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	refusals := 0
	w.serve(t, "R1", func(s *server, m *dhcp6.Message) []*dhcp6.Message {
		named := len(m.Options.IAs()) > 0 && len(m.Options.IAs()[0].Addresses()) > 0
		switch {
		case m.Type == dhcp6.Request && named:
			refusals++
			return []*dhcp6.Message{s.reply(dhcp6.Reply, m, bare(m, dhcp6.NotOnLink)...)}
		case m.Type == dhcp6.Confirm:
			return []*dhcp6.Message{s.reply(dhcp6.Reply, m, dhcp6.Status{Code: dhcp6.NotOnLink}.Option())}
		}
		return plain(s, m)
	})
	c := w.open(t, nil)
	l, err := c.Acquire(w.ctx, client6.Want{Addresses: 1})
	if err != nil || refusals != 1 {
		t.Fatal(err, refusals)
	}
	if err := c.Confirm(w.ctx, l); kind(err) != "notonlink" || l.Terms().State != client6.Lost {
		t.Error(err, l)
	}
}

// TestUnanswered lets a Confirm and a Release go unanswered: the lease goes on, and is gone.
func TestUnanswered(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.serve(t, "R1", func(s *server, m *dhcp6.Message) []*dhcp6.Message {
		if m.Type == dhcp6.Confirm || m.Type == dhcp6.Release {
			return nil
		}
		return plain(s, m)
	})
	c := w.open(t, nil)
	l, err := c.Acquire(w.ctx, client6.Want{Addresses: 1})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Confirm(w.ctx, l); kind(err) != "timeout" || l.Terms().State != client6.Bound {
		t.Error(err, l)
	}
	if err := l.Release(w.ctx); kind(err) != "timeout" || l.Terms().State != client6.Released || !strings.Contains(err.Error(), "sent 4 times") {
		t.Error(err, l)
	}
	if err := l.Renew(w.ctx); kind(err) != "closed" {
		t.Error(err)
	}
}

// TestConflict declines an address that another host has, and takes the next.
func TestConflict(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.on("h2").Config().AddAddr("eth0", netip.MustParsePrefix("fd00::1:0:0:3:101/128"))
	w.clock.Sleep(w.ctx, 3*time.Second)
	declined := 0
	s := w.serve(t, "R1", func(s *server, m *dhcp6.Message) []*dhcp6.Message {
		if m.Type == dhcp6.Decline {
			declined++
		}
		r := plain(s, m)
		if declined > 1 {
			for i, o := range r[0].Options {
				if o.Code == dhcp6.IANA {
					r[0].Options[i].Options[0].Data[15]++
				}
			}
		}
		return r
	})
	c := w.open(t, nil)
	l, err := c.Acquire(w.ctx, client6.Want{Addresses: 1})
	if err != nil || declined != 2 || l.Terms().Addresses()[0].String() != "fd00::1:0:0:3:102" {
		t.Fatal(l, err, declined, s.types())
	}
}

// TestReleasedMeanwhile lets another task release a lease that is being lived, while it waits and while it asks.
func TestReleasedMeanwhile(t *testing.T) {
	t.Parallel()
	for _, after := range []time.Duration{10 * time.Second, (t1 + 20) * time.Second} {
		w := newWorld(t)
		w.serve(t, "R1", func(s *server, m *dhcp6.Message) []*dhcp6.Message {
			if m.Type == dhcp6.Renew {
				return nil
			}
			return plain(s, m)
		})
		c := w.open(t, nil)
		l, err := c.Acquire(w.ctx, client6.Want{Addresses: 1})
		if err != nil {
			t.Fatal(err)
		}
		w.clock.AfterFunc(after, func() { w.clock.Go(func() { l.Release(w.ctx) }) })
		names, at := events(t, w, l, 9)
		if last := len(names) - 1; names[last] != "released" || at[last] > after.Seconds()+2 {
			t.Error(names, at)
		}
	}
}

// TestLinkDown tells that the link went down, and asks whether the lease still fits when it is up again.
func TestLinkDown(t *testing.T) {
	t.Parallel()
	for _, still := range []bool{true, false} {
		w := newWorld(t)
		w.serve(t, "R1", func(s *server, m *dhcp6.Message) []*dhcp6.Message {
			if m.Type == dhcp6.Confirm && !still {
				return []*dhcp6.Message{s.reply(dhcp6.Reply, m, dhcp6.Status{Code: dhcp6.NotOnLink}.Option())}
			}
			return plain(s, m)
		})
		c := w.open(t, nil)
		l, err := c.Acquire(w.ctx, client6.Want{Addresses: 1})
		if err != nil {
			t.Fatal(err)
		}
		up := func(on bool) func() { return func() { w.clock.Go(func() { w.on("h1").Config().SetUp("eth0", on) }) } }
		w.clock.AfterFunc(10*time.Second, up(false))
		w.clock.AfterFunc(20*time.Second, up(true))
		names, _ := events(t, w, l, 3)
		if got := strings.Join(names, " "); still && got != "bound down confirmed" || !still && got != "bound down lost" {
			t.Error(got)
		}
	}
}

// TestUnicast writes to a server that wants that directly, from the leased address, until it wants it no more.
func TestUnicast(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	own := netip.MustParseAddr("fd00:0:0:1::1")
	w.serve(t, "R1", func(s *server, m *dhcp6.Message) []*dhcp6.Message {
		r := plain(s, m)
		for i, o := range r[0].Options { // on R1's network
			if o.Code == dhcp6.IANA {
				a := netip.MustParseAddr("fd00:0:0:1::77").As16()
				copy(r[0].Options[i].Options[0].Data, a[:])
			}
		}
		r[0].Options.Add(dhcp6.Option{Code: dhcp6.ServerUnicast, Data: own.AsSlice()})
		if m.Type == dhcp6.Renew && strings.HasPrefix(s.peer.String(), "[fd00") && len(s.heard) > 3 {
			return []*dhcp6.Message{s.reply(dhcp6.Reply, m, dhcp6.Status{Code: dhcp6.UseMulticast}.Option())}
		}
		return r
	})
	c := w.open(t, nil)
	l, err := c.Acquire(w.ctx, client6.Want{Addresses: 1})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := l.Renew(w.ctx); err != nil {
			t.Fatal(err)
		}
	}
	var to []string
	for _, x := range c.Exchange() {
		if x.Out {
			to = append(to, x.Destination.Addr().String())
		}
	}
	if got := strings.Join(to, " "); got != "ff02::1:2 ff02::1:2 fd00:0:0:1::1 fd00:0:0:1::1 ff02::1:2" {
		t.Error(got)
	}
}

// TestSameBytes sends the same for the same seed.
func TestSameBytes(t *testing.T) {
	t.Parallel()
	run := func(seed int64) (all []byte) {
		w := newWorld(t)
		w.ctx = network.WithRand(w.ctx, seed)
		w.serve(t, "R1", plain)
		c := w.open(t, nil)
		l, err := c.Acquire(w.ctx, client6.Want{Addresses: 2, Prefixes: 1})
		if err != nil {
			t.Fatal(err)
		}
		events(t, w, l, 6)
		for _, x := range c.Exchange() {
			b, _ := x.Message.Encode()
			all = append(append(all, x.Time.String()...), b...)
		}
		return all
	}
	a, b := run(7), run(7)
	if !bytes.Equal(a, b) || bytes.Equal(a, run(8)) {
		t.Error("runs of one seed differ, or those of two don't")
	}
}

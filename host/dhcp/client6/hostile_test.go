package client6_test

import (
	"errors"
	"net/netip"
	"strings"
	"testing"
	"time"

	"moonwire/host/dhcp/client6"
	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/network"
)

func kind(err error) string {
	var k interface{ Kind() string }
	if errors.As(err, &k) {
		return k.Kind()
	}
	return ""
}

// advertise is a good answer to Solicit, changed.
func advertise(change func(m, r *dhcp6.Message)) func(s *server, m *dhcp6.Message) []*dhcp6.Message {
	return func(s *server, m *dhcp6.Message) []*dhcp6.Message {
		r := s.reply(dhcp6.Advertise, m, give(m)...)
		change(m, r)
		return []*dhcp6.Message{r}
	}
}

// set is an option of a message.
func set(code uint16, data string) func(m, r *dhcp6.Message) {
	return func(_, r *dhcp6.Message) { r.Set(code, []byte(data)) }
}

// none removes an option.
func none(code uint16) func(m, r *dhcp6.Message) {
	return func(_, r *dhcp6.Message) { r.Set(code, nil) }
}

// TestIgnored names why answers are of no use, and what the exchange comes to.
func TestIgnored(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer       func(s *server, m *dhcp6.Message) []*dhcp6.Message
		reason, kind string
	}{
		"transaction": {advertise(func(_, r *dhcp6.Message) { r.XID ^= 1 }), "wrong transaction id", "timeout"},
		"client":      {advertise(set(dhcp6.ClientID, "\x00\x03\x00\x01\x02\x00\x00\x00\x00\x77")), "another client's identifier", "timeout"},
		"no client":   {advertise(none(dhcp6.ClientID)), "no client identifier", "timeout"},
		"no server":   {advertise(none(dhcp6.ServerID)), "no server identifier", "timeout"},
		"kind":        {advertise(func(_, r *dhcp6.Message) { r.Type = dhcp6.Solicit }), "solicit, which is not for clients", "timeout"},
		"relay":       {advertise(func(_, r *dhcp6.Message) { *r = dhcp6.Message{Type: dhcp6.RelayReply} }), "relay_reply, which is not for clients", "timeout"},
		"reply":       {advertise(func(_, r *dhcp6.Message) { r.Type = dhcp6.Reply }), "reply without rapid commit", "timeout"},
		"truncated":   {advertise(func(_, r *dhcp6.Message) { r.Rest = []byte{0, 3, 0, 99, 1} }), "malformed", "timeout"},
		"oversized":   {advertise(func(_, r *dhcp6.Message) { r.Options[len(r.Options)-1].Rest = []byte{0, 5, 255, 255} }), "malformed", "timeout"},
		"nothing":     {advertise(none(dhcp6.IANA)), "offers nothing that was asked for", "timeout"},
		"another IA": {advertise(func(_, r *dhcp6.Message) {
			r.Options.Replace(dhcp6.IANA, dhcp6.IA{Code: dhcp6.IANA, ID: 4711}.Option())
		}),
			"offers nothing that was asked for", "timeout"},
		"T1 after T2": {advertise(func(m, r *dhcp6.Message) {
			ia := r.Options.IAs()[0]
			ia.T1, ia.T2 = 20, 10
			r.Options.Put(ia.Option())
		}), "offers nothing that was asked for", "timeout"},
		"lifetimes": {advertise(func(m, r *dhcp6.Message) {
			ia := r.Options.IAs()[0]
			ia.Options = dhcp6.Options{dhcp6.IAAddress{Address: netip.MustParseAddr("fd00::1"), Preferred: 20, Valid: 10}.Option()}
			r.Options.Put(ia.Option())
		}), "offers nothing that was asked for", "timeout"},
		"group address": {advertise(func(m, r *dhcp6.Message) {
			ia := r.Options.IAs()[0]
			ia.Options = dhcp6.Options{dhcp6.IAAddress{Address: netip.MustParseAddr("ff02::1"), Preferred: 20, Valid: 30}.Option()}
			r.Options.Put(ia.Option())
		}), "offers nothing that was asked for", "timeout"},
		"no addresses": {advertise(func(m, r *dhcp6.Message) {
			r.Options.Put(dhcp6.IA{Code: dhcp6.IANA, ID: m.Options.IAs()[0].ID, Options: dhcp6.Options{dhcp6.Status{Code: dhcp6.NoAddrsAvail, Message: "all gone"}.Option()}}.Option())
		}), "NoAddrsAvail (all gone)", "noaddrs"},
		"failure": {advertise(func(_, r *dhcp6.Message) { r.Options.Put(dhcp6.Status{Code: dhcp6.UnspecFail}.Option()) }), "UnspecFail", "refused"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.serve(t, "R1", c.answer)
			client := w.open(t, func(o *client6.Options) { o.Timeout = 5 * time.Second })
			_, err := client.Acquire(w.ctx, client6.Want{Addresses: 1})
			if kind(err) != c.kind || !strings.Contains(err.Error(), " "+c.reason) {
				t.Errorf("%s: %v", kind(err), err)
			}
			if s := client.Stats(); s.Reasons[c.reason] == 0 || s.Ignored != s.Received {
				t.Error(s)
			}
		})
	}
}

// TestGarbage gets bytes that are no message at all.
func TestGarbage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var s *server
	s = w.serve(t, "R1", func(_ *server, m *dhcp6.Message) []*dhcp6.Message {
		for _, b := range []string{"", "\x02", "\x02\x00", "\x02\x00\x00\x01\x00"} {
			s.conn.WriteMsg([]byte(b), network.Meta{Peer: s.peer})
		}
		return plain(s, m)
	})
	c := w.open(t, nil)
	if _, err := c.Acquire(w.ctx, client6.Want{Addresses: 1}); err != nil {
		t.Fatal(err)
	}
	if st := c.Stats(); st.Reasons["malformed"] < 4 {
		t.Error(st)
	}
}

// TestVanished has a server that offers and then falls silent: the other server's offer is taken.
func TestVanished(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.serve(t, "R1", func(s *server, m *dhcp6.Message) []*dhcp6.Message {
		if m.Type == dhcp6.Solicit {
			return []*dhcp6.Message{s.reply(dhcp6.Advertise, m, append(give(m), dhcp6.Option{Code: dhcp6.Preference, Data: []byte{9}})...)}
		}
		return nil
	})
	there := w.serve(t, "R2", plain)
	c := w.open(t, func(o *client6.Options) { o.Timeout = 0 })
	l, err := c.Acquire(w.ctx, client6.Want{Addresses: 1})
	if err != nil || l.Terms().ServerID != there.duid {
		t.Fatal(l, err)
	}
	requests := 0
	for _, x := range c.Exchange() {
		if x.Out && x.Message.Type == dhcp6.Request {
			requests++
		}
	}
	if requests != 11 { // REQ_MAX_RC to the first, one to the second
		t.Errorf("%d requests", requests)
	}
}

// TestRacing has two servers: the one of higher preference wins, and 255 ends the collecting at once.
func TestRacing(t *testing.T) {
	t.Parallel()
	for _, first := range []byte{9, 255} {
		w := newWorld(t)
		prefer := func(value byte) func(s *server, m *dhcp6.Message) []*dhcp6.Message {
			return func(s *server, m *dhcp6.Message) []*dhcp6.Message {
				r := plain(s, m)
				r[0].Options.Add(dhcp6.Option{Code: dhcp6.Preference, Data: []byte{value}})
				return r
			}
		}
		w.serve(t, "R1", prefer(3))
		best := w.serve(t, "R2", prefer(first))
		c := w.open(t, nil)
		offers, err := c.Solicit(w.ctx, client6.Want{Addresses: 1}, 0)
		if err != nil || offers[0].Message.DUID(dhcp6.ServerID) != best.duid {
			t.Fatal(offers, err)
		}
		if collected := w.clock.Now().Sub(c.Exchange()[0].Time); (collected < time.Second) != (first == 255) {
			t.Errorf("preference %d: offers were collected for %s", first, collected)
		}
		if all, err := c.Solicit(w.ctx, client6.Want{Addresses: 1}, 3*time.Second); len(all) < 2 || err != nil {
			t.Errorf("%d offers, %v", len(all), err)
		}
	}
}

// TestDown takes the interface down while a client waits.
func TestDown(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.open(t, nil)
	w.clock.AfterFunc(5*time.Second, func() { w.clock.Go(func() { w.on("h1").Config().SetUp("eth0", false) }) })
	began := w.clock.Now()
	_, err := c.Acquire(w.ctx, client6.Want{Addresses: 1})
	if kind(err) != "down" || w.clock.Now().Sub(began) != 5*time.Second {
		t.Error(kind(err), err, w.clock.Now().Sub(began))
	}
	if _, err := c.Acquire(w.ctx, client6.Want{Addresses: 1}); kind(err) != "down" {
		t.Error(err)
	}
}

// TestClosed closes a client that waits.
func TestClosed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.open(t, func(o *client6.Options) { o.Timeout = 0 })
	w.clock.AfterFunc(5*time.Second, func() { w.clock.Go(func() { c.Close() }) })
	if _, err := c.Acquire(w.ctx, client6.Want{Addresses: 1}); err == nil {
		t.Error("a closed client has a lease")
	}
	ctx, cancel := network.WithCancel(w.ctx)
	d := w.open(t, func(o *client6.Options) { o.Timeout = 0 })
	w.clock.AfterFunc(5*time.Second, cancel)
	if _, err := d.Acquire(ctx, client6.Want{Addresses: 1}); err == nil {
		t.Error("a cancelled client has a lease")
	}
}

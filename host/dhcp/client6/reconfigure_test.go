package client6_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/md5"
	"strings"
	"testing"
	"time"

	"moonwire/host/dhcp/client6"
	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/network"
)

// TestReconfigure answers a server that wants its client to renew, and nobody else (RFC 8415 section 20.4).
func TestReconfigure(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	key := []byte("0123456789abcdef")
	auth := func(replay byte, kind byte, value []byte) dhcp6.Option {
		return dhcp6.Option{Code: dhcp6.Authentication, Data: append([]byte{3, 1, 0, 0, 0, 0, 0, 0, 0, 0, replay, kind}, value...)}
	}
	s := w.serve(t, "R1", func(s *server, m *dhcp6.Message) []*dhcp6.Message {
		r := plain(s, m)
		if m.Type == dhcp6.Request && m.Options.Has(dhcp6.ReconfAccept) {
			r[0].Options.Add(auth(1, 1, key))
		}
		return r
	})
	c := w.open(t, func(o *client6.Options) { o.Reconfigure = true })
	l, err := c.Acquire(w.ctx, client6.Want{Addresses: 1})
	if err != nil {
		t.Fatal(err)
	}
	order := func(what dhcp6.Type, replay byte, key []byte) {
		m := dhcp6.New(dhcp6.Reconfigure, 0, dhcp6.Option{Code: dhcp6.ClientID, Data: []byte(c.DUID())}, dhcp6.Option{Code: dhcp6.ServerID, Data: []byte(s.duid)},
			dhcp6.Option{Code: dhcp6.ReconfMessage, Data: []byte{byte(what)}}, auth(replay, 2, make([]byte, 16)))
		b, _ := m.Encode()
		h := hmac.New(md5.New, key)
		h.Write(b)
		copy(b[len(b)-16:], h.Sum(nil))
		s.conn.WriteMsg(b, network.Meta{Peer: s.peer})
	}
	w.clock.AfterFunc(5*time.Second, func() { w.clock.Go(func() { order(dhcp6.Renew, 2, bytes.Repeat([]byte{1}, 16)) }) })
	w.clock.AfterFunc(10*time.Second, func() { w.clock.Go(func() { order(dhcp6.Renew, 2, key) }) })
	w.clock.AfterFunc(20*time.Second, func() { w.clock.Go(func() { order(dhcp6.Renew, 2, key) }) })
	w.clock.AfterFunc(30*time.Second, func() { w.clock.Go(func() { order(dhcp6.Rebind, 3, key) }) })
	w.clock.AfterFunc(40*time.Second, func() { w.clock.Go(func() { order(dhcp6.InformationRequest, 4, key) }) })
	w.clock.AfterFunc(50*time.Second, func() { w.clock.Go(func() { order(dhcp6.Release, 5, key) }) })
	names, _ := events(t, w, l, 7)
	if got := strings.Join(names, " "); got != "bound reconfigure renewed reconfigure rebound informed renewing" {
		t.Error(got)
	}
	st := c.Stats()
	for _, why := range []string{"reconfigure with a wrong digest", "reconfigure that came before", "reconfigure that asks for no message of its kind"} {
		if st.Reasons[why] != 1 {
			t.Error(why, st)
		}
	}
}

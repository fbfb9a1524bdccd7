package client6_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"moonwire/host/dhcp/client6"
	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/hostile"
	"moonwire/host/network"
)

// TestBent goes through life with a server whose answers are bent, one before each good one: nothing panics, nothing hangs.
func TestBent(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 1))
	for range 100 {
		w := newWorld(t)
		w.serve(t, "R1", func(s *server, m *dhcp6.Message) []*dhcp6.Message {
			good := plain(s, m)
			b, _ := good[0].Encode()
			s.conn.WriteMsg(hostile.Six(r, b), network.Meta{Peer: s.peer})
			if r.IntN(3) == 0 {
				return nil
			}
			return good
		})
		c := w.open(t, func(o *client6.Options) { o.Timeout, o.Reconfigure = 10*time.Second, true })
		l, err := c.Acquire(w.ctx, client6.Want{Addresses: 1, Temporary: 1, Prefixes: 1, Rapid: true})
		if err != nil {
			continue
		}
		l.Renew(w.ctx)
		c.Confirm(w.ctx, l)
		for range 12 {
			if e, err := l.Next(w.ctx); e == nil || err != nil {
				break
			}
		}
		l.Decline(w.ctx)
		l.Release(w.ctx)
	}
}

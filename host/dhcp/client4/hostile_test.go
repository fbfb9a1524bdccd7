package client4_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/netip"
	"testing"
	"time"

	"moonwire/host/dhcp/client4"
	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/hostile"
	"moonwire/host/dhcp/option"
	"moonwire/host/network"
)

// kind is the kind of refusal of an error; "" when it has none.
func kind(err error) string {
	var k interface{ Kind() string }
	if errors.As(err, &k) {
		return k.Kind()
	}
	return ""
}

// TestHostileServer gives the client messages that were bent in every way, in front of the good answer or instead of it.
// It comes to a lease or to an outcome with a name, in bounded time, whatever they say.
func TestHostileServer(t *testing.T) {
	t.Parallel()
	const rounds = 24
	leases := 0
	for seed := range uint64(rounds) {
		w := newWorld(t)
		r := rand.New(rand.NewPCG(seed, 4))
		honest := seed%3 != 0
		w.fake("R1", func(m *dhcp4.Message) (all []*dhcp4.Message) {
			for _, good := range good(m) {
				text, err := good.Encode()
				if err != nil {
					t.Error(err)
				}
				for range 40 {
					if bad, err := dhcp4.Decode(hostile.Four(r, text)); err == nil {
						all = append(all, bad)
					}
				}
				if honest {
					all = append(all, good)
				}
			}
			return all
		})
		c := w.client(client4.Config{ARPCheck: seed%2 == 0, Restarts: client4.DefaultRestarts, Tries: 3})
		start := w.clock.Now()
		lease, err := c.Acquire(w.ctx)
		switch {
		case err == nil:
			leases++
			run(t, w, lease)
		case kind(err) == "":
			t.Errorf("seed %d: an outcome without a name: %v", seed, err)
		}
		if spent := w.since(start); spent > 8*time.Hour {
			t.Errorf("seed %d: it took %s", seed, spent)
		}
	}
	if leases < rounds/2 {
		t.Errorf("%d leases of %d", leases, rounds)
	}
}

// run lives a lease for a few events.
func run(t *testing.T, w *world, lease *client4.Lease) {
	t.Helper()
	life := lease.Life()
	ctx, cancel := network.WithCancel(w.ctx)
	defer cancel()
	w.clock.AfterFunc(time.Hour, cancel)
	for range 20 {
		e, err := life.Next(ctx)
		if err != nil || e == nil {
			return
		}
	}
}

// TestEndlessOffers floods a client with offers that are none of its business, faster than it can look at them, and then
// with offers that are. Its deadlines hold, and it keeps no more than it has use for.
func TestEndlessOffers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n, _ := w.Network("R1")
	f := w.fake("R1", func(*dhcp4.Message) []*dhcp4.Message { return nil })
	mine := false
	flood := func() {
		for w.t.Context().Err() == nil {
			if len(f.seen) > 0 {
				m := reply(f.seen[len(f.seen)-1], dhcp4.Offer)
				if !mine {
					m.XID++
				}
				b, _ := m.Encode()
				for range 10 {
					f.conn.WriteMsg(b, network.Meta{Peer: &net.UDPAddr{IP: net.IPv4bcast.To4(), Port: 68}})
				}
			}
			if n.Clock().Sleep(w.ctx, time.Millisecond) != nil {
				return
			}
		}
	}
	w.clock.Go(flood)
	c := w.client(client4.Config{Tries: 2, Timeout: 2 * time.Second})
	start := w.clock.Now()
	_, err := c.Acquire(w.ctx)
	if kind(err) != "timeout" || w.since(start) > 3*time.Second {
		t.Errorf("after %s: %v", w.since(start), err)
	}
	mine = true
	offers, err := c.DiscoverAll(w.ctx, netip.Addr{}, 10*time.Second)
	if err != nil || len(offers) == 0 || len(offers) > 1000 {
		t.Errorf("%d offers, %v", len(offers), err)
	}
	if kept := len(c.Exchanged()); kept > 1000 {
		t.Errorf("%d messages kept", kept)
	}
}

// TestLongLease has times that overflow what counts nanoseconds when they are multiplied.
func TestLongLease(t *testing.T) {
	t.Parallel()
	for _, seconds := range []uint32{1, 0x7fffffff, 0xfffffffe} {
		w := newWorld(t)
		w.fake("R1", func(m *dhcp4.Message) []*dhcp4.Message {
			all := good(m)
			for _, r := range all {
				r.SetUint32(option.LeaseTime, seconds)
			}
			return all
		})
		lease, err := w.client(client4.Config{}).Acquire(w.ctx)
		if err != nil {
			t.Fatal(err)
		}
		terms := lease.Terms()
		long := time.Duration(seconds) * time.Second
		if want := fmt.Sprintf("%d s", seconds); terms.Length() != want {
			t.Errorf("%s is told as %s", want, terms.Length())
		}
		if terms.T1 != long/2 || terms.T2 < long/8*7 || terms.T2 > long || terms.RebindAt.Before(terms.RenewAt) || terms.Expires.Sub(terms.Obtained) != long {
			t.Errorf("%d s: T1 %s, T2 %s, renew at %s, rebind at %s, expires %s", seconds, terms.T1, terms.T2, terms.RenewAt, terms.RebindAt, terms.Expires)
		}
	}
}

// TestTimersAtTheEnd has a server name T1 and T2 that leave no time to ask: the client asks when it would have without them.
func TestTimersAtTheEnd(t *testing.T) {
	t.Parallel()
	for _, timers := range [][2]uint32{{100, 100}, {200, 300}, {0, 0}, {0xffffffff, 0xffffffff}} {
		w := newWorld(t)
		w.fake("R1", func(m *dhcp4.Message) []*dhcp4.Message {
			all := good(m)
			for _, r := range all {
				r.SetUint32(option.LeaseTime, 100)
				r.SetUint32(option.RenewalTime, timers[0])
				r.SetUint32(option.RebindingTime, timers[1])
			}
			return all
		})
		lease, err := w.client(client4.Config{}).Acquire(w.ctx)
		if err != nil {
			t.Fatal(err)
		}
		if terms := lease.Terms(); terms.T1 != 50*time.Second || terms.T2 != 87500*time.Millisecond {
			t.Errorf("T1 %d and T2 %d of a lease of 100 s become %s and %s", timers[0], timers[1], terms.T1, terms.T2)
		}
	}
}

// TestImpossibleAddress has a server offer addresses that no host can have.
func TestImpossibleAddress(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"255.255.255.255", "127.0.0.1", "224.0.0.1", "240.0.0.1", "0.1.2.3"} {
		w := newWorld(t)
		w.fake("R1", func(m *dhcp4.Message) []*dhcp4.Message {
			all := good(m)
			for _, r := range all {
				r.YIAddr = netip.MustParseAddr(bad)
			}
			return all
		})
		c := w.client(client4.Config{Tries: 1})
		if lease, err := c.Acquire(w.ctx); err == nil || kind(err) != "timeout" || c.Stats().Ignored["no address"] == 0 {
			t.Errorf("%s: %v, %v, %v", bad, lease, err, c.Stats())
		}
	}
}

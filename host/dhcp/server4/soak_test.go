package server4_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/netip"
	"sync"
	"testing"
	"time"

	"moonwire/host/dhcp/client4"
	"moonwire/host/dhcp/server4"
	"moonwire/host/dhcp/station"
	"moonwire/host/lab"
	"moonwire/host/lab/topology"
	"moonwire/host/lab/wire"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
)

// A soak is many clients of one server on a bad link, and a book of who has which address.
type soak struct {
	*testing.T
	clock *simtime.Clock
	link  *station.Link

	mu       sync.Mutex
	book     map[netip.Addr]entry
	outcomes map[string]int
	most     int // addresses in use at one time
}

// An entry says until when an address is a client's.
type entry struct {
	mac   string
	until time.Time
}

const (
	soakClients = 1000
	soakPool    = 950 // not all can have an address at one time
	soakLease   = 10 * time.Minute
)

// TestSoak has 1,000 clients come and go for an hour, by a link that loses, repeats and reorders frames, on a server that
// has addresses for fewer. No address is two clients' at one time, and each try to get one ends with a lease or with an
// outcome that has a name.
func TestSoak(t *testing.T) {
	t.Parallel()
	s := newSoak(t)
	for n := range soakClients {
		r := rand.New(rand.NewPCG(uint64(n), 8))
		s.clock.AfterFunc(time.Duration(r.IntN(int(5*time.Minute))), func() {
			s.clock.Go(func() {
				defer s.count("gone")
				s.live(net.HardwareAddr{2, 0x50, 0, 0, byte(n >> 8), byte(n)}, r)
			})
		})
	}
	for minutes := 0; s.counted("gone") < soakClients; minutes++ {
		if err := s.clock.Sleep(t.Context(), time.Minute); err != nil || minutes > 180 {
			t.Fatalf("%d clients are still at it after %d minutes (%v)", soakClients-s.counted("gone"), minutes, err)
		}
	}
	for name, n := range s.outcomes {
		t.Logf("%6d %s", n, name)
	}
	t.Logf("%6d addresses in use at one time", s.most)
	if s.outcomes["bound"] < soakClients || s.outcomes["renewed"] < soakClients || s.outcomes["released"] == 0 || s.outcomes["abandoned"] == 0 || s.most > soakPool {
		t.Error("too little happened, or too much")
	}
}

func newSoak(t *testing.T) *soak {
	t.Helper()
	prefix := netip.MustParsePrefix("10.5.0.0/16")
	plan, err := topology.Build(topology.Spec{Lines: []string{"h1 -- h2"}, NoIPv6: true,
		Networks:  map[string][]netip.Prefix{"h1--h2": {prefix}},
		Addresses: map[string][]netip.Prefix{"h1.eth0": {}, "h2": {netip.MustParsePrefix("10.5.0.1/16")}}})
	if err != nil {
		t.Fatal(err)
	}
	clock := simtime.New(simtime.Epoch)
	t.Cleanup(clock.Close)
	l, err := lab.New(plan, lab.Options{Clock: clock, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	cable, err := l.Link("h1--h2")
	if err != nil {
		t.Fatal(err)
	}
	bad := wire.Impairment{Loss: 0.05, Duplicate: 0.05, Reorder: 0.1, Late: 300 * time.Millisecond, Delay: 2 * time.Millisecond, Jitter: time.Millisecond, Overtake: true}
	for _, host := range []string{"h1", "h2"} {
		if err := cable.Impair(l.Port(host, "eth0"), bad); err != nil {
			t.Fatal(err)
		}
	}
	on := func(host string) context.Context {
		n, err := l.Network(host)
		if err != nil {
			t.Fatal(err)
		}
		return network.WithRand(network.With(t.Context(), n), 1)
	}
	s := &soak{T: t, clock: clock, book: map[netip.Addr]entry{}, outcomes: map[string]int{}}
	if s.link, err = station.Open(on("h1"), "eth0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.link.Close() })
	first := netip.MustParseAddr("10.5.1.0").As4()
	last := soakPool - 1
	c := server4.Config{Interface: "eth0", Authoritative: true, OfferTime: server4.DefaultOffer, DeclineTime: time.Hour,
		Subnets: []server4.Subnet{{Prefix: prefix, Ranges: ranges(t, fmt.Sprintf("10.5.1.0-10.5.%d.%d", int(first[2])+last>>8, last&255))}}}
	c.LeaseTime = soakLease
	server, err := server4.New(on("h2"), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	clock.Go(func() {
		for {
			list, err := server.Receive(time.Time{}, -1)
			if errors.Is(err, net.ErrClosed) {
				return
			}
			for _, r := range list {
				server.Put(r, server.Answer(r))
			}
		}
	})
	return s
}

// live is what a client does for an hour: it gets an address, keeps it for a while, and goes, politely or not.
func (s *soak) live(mac net.HardwareAddr, r *rand.Rand) {
	ctx := network.WithRand(s.Context(), int64(r.Uint32()))
	for end := s.clock.Now().Add(time.Hour); s.clock.Now().Before(end); {
		c, err := client4.New(ctx, s.link, client4.Config{MAC: mac, Restarts: 1, ARPCheck: r.IntN(4) == 0, Broadcast: r.IntN(4) == 0})
		if err != nil {
			s.Error(err)
			return
		}
		l, err := c.Acquire(ctx)
		switch {
		case err == nil:
			s.count("bound")
			s.keep(ctx, l, time.Duration(r.IntN(int(30*time.Minute))), r.IntN(3) > 0)
		case kindOf(err) == "":
			s.Errorf("%s: %v", mac, err)
		default:
			s.count(kindOf(err))
		}
		c.Close()
		if s.clock.Sleep(ctx, time.Duration(r.IntN(int(3*time.Minute)))) != nil {
			return
		}
	}
}

// keep lives a lease for a time.
func (s *soak) keep(ctx context.Context, l *client4.Lease, d time.Duration, polite bool) {
	s.holds(l)
	address := l.Terms().Address
	life, leave := l.Life(), s.clock.Now().Add(d)
	for s.clock.Now().Before(leave) {
		e, err := life.Next(ctx)
		if err != nil {
			s.Error(err)
			return
		}
		if e == nil {
			s.gone(address)
			return
		}
		s.count(e.Name)
		if e.Name == "renewed" || e.Name == "rebound" {
			s.holds(l)
		}
	}
	if !polite { // it is the client's until it ends
		s.count("abandoned")
		return
	}
	s.gone(address)
	s.count("released")
	if err := l.Release(ctx, ""); err != nil && kindOf(err) == "" {
		s.Error(err)
	}
}

// holds writes down that a client has an address, which nobody else may have.
func (s *soak) holds(l *client4.Lease) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t, mac, now := l.Terms(), l.Client().MAC().String(), s.clock.Now()
	if e, taken := s.book[t.Address]; taken && e.mac != mac && now.Before(e.until) {
		s.Errorf("at %s %s is %s's until %s, and %s's", now, t.Address, e.mac, e.until, mac)
	}
	s.book[t.Address] = entry{mac, t.Expires}
	used := 0
	for _, e := range s.book {
		if now.Before(e.until) {
			used++
		}
	}
	s.most = max(s.most, used)
}

// gone writes down that an address is nobody's.
func (s *soak) gone(a netip.Addr) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.book, a)
}

func (s *soak) count(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.outcomes[name]++
}

func (s *soak) counted(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.outcomes[name]
}

// kindOf is the kind of refusal of an error; "" when it has none.
func kindOf(err error) string {
	var k interface{ Kind() string }
	if errors.As(err, &k) {
		return k.Kind()
	}
	return ""
}

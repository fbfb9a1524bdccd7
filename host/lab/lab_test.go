package lab_test

import (
	"context"
	"runtime"
	"strings"
	"testing"
	"time"

	"moonwire/host/lab"
	"moonwire/host/lab/topology"
	"moonwire/host/lab/wire"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
)

// open builds a lab that ends with the test.
func open(t testing.TB, o lab.Options, lines ...string) *lab.Lab {
	t.Helper()
	plan, err := topology.Build(topology.Spec{Lines: lines})
	if err != nil {
		t.Fatal(err)
	}
	l, err := lab.New(plan, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

// clocks are the ways in which a lab's time goes.
func clocks(t *testing.T, f func(t *testing.T, o lab.Options)) {
	t.Run("real", func(t *testing.T) { f(t, lab.Options{}) })
	t.Run("simulated", func(t *testing.T) {
		c := simtime.New(simtime.Epoch)
		defer c.Close()
		f(t, lab.Options{Clock: c, Seed: 1})
	})
}

func TestStreamsCrossRouters(t *testing.T) {
	clocks(t, func(t *testing.T, o lab.Options) {
		l := open(t, o, "h1 -- R1 -- R2 -- sw1 -- h2, h3")
		ctx := context.Background()
		server, err := l.Network("h2")
		if err != nil {
			t.Fatal(err)
		}
		listener, err := server.Listen(ctx, "tcp", ":80", nil)
		if err != nil {
			t.Fatal(err)
		}
		network.Go(network.With(ctx, server), func() {
			c, err := listener.AcceptConn()
			if err == nil {
				c.Write([]byte("hello"))
				c.Close()
			}
		})
		client, _ := l.Network("h1")
		for _, h := range []string{"h2", "h2.lab"} {
			if _, err := client.LookupHost(ctx, h, network.AFUnspec); err != nil {
				t.Error(err)
			}
		}
		addr, _ := l.Plan().Node("h2")
		c, err := client.Dial(ctx, "tcp", addr.Addr().String()+":80", nil)
		if err != nil {
			t.Fatal(err)
		}
		b := make([]byte, 16)
		n, err := c.Read(b)
		if string(b[:n]) != "hello" {
			t.Errorf("read %q, %v", b[:n], err)
		}
		c.Close()
	})
}

func TestCloseLeavesNothing(t *testing.T) {
	before := runtime.NumGoroutine()
	for range 5 {
		plan, err := topology.Build(topology.Spec{Lines: []string{"h1, h2, h3 -- sw1 -- R1 -- h4"}})
		if err != nil {
			t.Fatal(err)
		}
		l, err := lab.New(plan, lab.Options{})
		if err != nil {
			t.Fatal(err)
		}
		n, _ := l.Network("h1")
		p, err := n.ListenPacket(context.Background(), "udp", ":5", nil)
		if err != nil {
			t.Fatal(err)
		}
		go p.ReadMsg(make([]byte, 10))
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}
	for end := time.Now().Add(time.Minute); runtime.NumGoroutine() > before; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			b := make([]byte, 1<<20)
			t.Fatalf("%d goroutines, %d before:\n%s", runtime.NumGoroutine(), before, b[:runtime.Stack(b, true)])
		}
	}
}

func TestSwitchRunsNoPrograms(t *testing.T) {
	l := open(t, lab.Options{}, "h1 -- sw1 -- h2")
	if _, err := l.Network("sw1"); err == nil || !strings.Contains(err.Error(), "sw1") {
		t.Error(err)
	}
}

func TestNothingIsLostInAFreshLab(t *testing.T) {
	l := open(t, lab.Options{}, "h1, h2 -- sw1 -- R1 -- h3")
	h1, _ := l.Network("h1")
	addr, _ := l.Plan().Node("R1")
	if _, err := h1.Resolve(context.Background(), "eth0", addr.Addr()); err != nil {
		t.Fatal(err)
	}
	for _, link := range l.Links() {
		a, b := link.Ends()
		for _, p := range []*wire.Port{a, b} {
			if s := p.Stats(); len(s.Drops)+len(s.Missed) > 0 {
				t.Errorf("%s: %s lost %v, missed %v", link.Name(), p.Name(), s.Drops, s.Missed)
			}
		}
	}
}

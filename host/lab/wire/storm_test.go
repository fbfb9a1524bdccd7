package wire_test

import (
	"testing"
	"time"

	"moonwire/host/lab/wire"
)

// ring joins switches in a circle, with a host on each.
func newRing(e *sim, n int) (switches []*wire.Switch, hosts []*wire.Port, storms *[]wire.Storm) {
	storms = new([]wire.Storm)
	for range n {
		sw := wire.NewSwitch(e, "sw")
		sw.OnStorm(func(s wire.Storm) { *storms = append(*storms, s) })
		h := wire.NewPort("h")
		h.Handle(func([]byte) {})
		wire.Connect(e, "h--sw", h, sw.AddPort("edge"), wire.LinkOptions{})
		switches, hosts = append(switches, sw), append(hosts, h)
	}
	for i, sw := range switches {
		wire.Connect(e, "sw--sw", sw.AddPort("right"), switches[(i+1)%n].AddPort("left"), wire.LinkOptions{})
	}
	return switches, hosts, storms
}

func TestStormIsBoundedAndReported(t *testing.T) {
	t.Parallel()
	for _, n := range []int{2, 3, 5} {
		e := newSim()
		switches, hosts, storms := newRing(e, n)
		hosts[0].Send(frame(50, 0))
		e.until(10 * time.Second)
		if len(e.events) > 0 {
			t.Fatalf("%d switches: the storm goes on", n)
		}
		if len(*storms) == 0 {
			t.Errorf("%d switches: nobody reported a storm", n)
		}
		var flooded, dropped uint64
		for _, sw := range switches {
			s := sw.Stats()
			flooded, dropped = flooded+s.Flooded, dropped+s.Drops[wire.Storming]
		}
		if flooded > uint64(3000*n) || dropped == 0 {
			t.Errorf("%d switches: %d frames flooded, %d dropped", n, flooded, dropped)
		}
		// The network works on: another frame goes round as well, and everybody gets it.
		before := hosts[n-1].Stats().Received.Frames
		hosts[0].Send(frame(50, 1))
		e.until(10 * time.Second)
		if hosts[n-1].Stats().Received.Frames == before || len(e.events) > 0 {
			t.Errorf("%d switches: after the storm nothing gets through", n)
		}
	}
}

func TestManyFramesAreNoStorm(t *testing.T) {
	t.Parallel()
	e := newSim()
	left, right := wire.NewSwitch(e, "left"), wire.NewSwitch(e, "right")
	wire.Connect(e, "left--right", left.AddPort("right"), right.AddPort("left"), wire.LinkOptions{})
	a, b := wire.NewPort("a"), wire.NewPort("b")
	got := 0
	b.Handle(func([]byte) { got++ })
	wire.Connect(e, "a--left", a, left.AddPort("a"), wire.LinkOptions{})
	wire.Connect(e, "b--right", b, right.AddPort("b"), wire.LinkOptions{})
	left.OnStorm(func(wire.Storm) { t.Error("reported a storm") })
	for range 20000 {
		a.Send(frame(50, 0)) // all the same
		e.until(time.Microsecond)
	}
	e.until(0)
	if got != 20000 {
		t.Errorf("%d frames came", got)
	}
}

// TestFramesToOneStationEndToo has switches that learned an address in a circle.
func TestFramesToOneStationEndToo(t *testing.T) {
	t.Parallel()
	e := newSim()
	switches, hosts, _ := newRing(e, 3)
	for i, h := range hosts {
		h.Send(to(255, byte(i)))
		e.until(50 * time.Microsecond)
		for dst := range hosts {
			h.Send(to(byte(dst), byte(i), 8, 0, byte(i), byte(dst)))
		}
		e.until(50 * time.Microsecond)
	}
	e.until(10 * time.Second)
	if len(e.events) > 0 {
		t.Fatal("frames still go round")
	}
	for _, sw := range switches {
		if s := sw.Stats(); s.Forwarded > 20000 {
			t.Errorf("%d frames were forwarded", s.Forwarded)
		}
	}
}

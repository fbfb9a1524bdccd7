package wire_test

import (
	"testing"
	"time"

	"moonwire/host/lab/wire"
)

// newRing joins switches in a circle, with a host on each.
func newRing(e *sim, n int) (switches []*wire.Switch, hosts []*wire.Port, links []*wire.Link) {
	for range n {
		sw := wire.NewSwitch(e, "sw")
		h := wire.NewPort("h")
		h.Handle(func([]byte) {})
		wire.Connect(e, "h--sw", h, sw.AddPort("edge"), wire.LinkOptions{})
		switches, hosts = append(switches, sw), append(hosts, h)
	}
	for i, sw := range switches {
		l := wire.Connect(e, "sw--sw", sw.AddPort("right"), switches[(i+1)%n].AddPort("left"), wire.LinkOptions{})
		links = append(links, l)
	}
	return switches, hosts, links
}

func TestStormIsBoundedAndReported(t *testing.T) {
	t.Parallel()
	for _, n := range []int{2, 3, 5} {
		e := newSim()
		switches, hosts, _ := newRing(e, n)
		reports := 0
		for _, sw := range switches {
			sw.OnStorm(func(wire.Storm) { reports++ })
		}
		hosts[0].Send(frame(50, 0))
		e.until(10 * time.Second)
		if len(e.events) > 0 {
			t.Fatalf("%d switches: the storm goes on", n)
		}
		if reports == 0 {
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

// TestFramesToOneStationEndToo has switches that learned an address in a circle: its broadcast went round one way only.
func TestFramesToOneStationEndToo(t *testing.T) {
	t.Parallel()
	e := newSim()
	switches, hosts, links := newRing(e, 3)
	_, end := links[0].Ends()
	oneWay := func(loss float64) {
		if err := links[0].Impair(end, wire.Impairment{Loss: loss}); err != nil {
			t.Fatal(err)
		}
	}
	oneWay(1)
	hosts[0].Send(to(255, 0))
	e.until(time.Second)
	oneWay(0)
	before := switches[1].Stats().Forwarded
	hosts[2].Send(to(0, 2))
	e.until(time.Second)
	if n := switches[1].Stats().Forwarded - before; n == 0 || n > 2000 || len(e.events) > 0 {
		t.Errorf("an answer went round %d times, %d events are left", n, len(e.events))
	}
}

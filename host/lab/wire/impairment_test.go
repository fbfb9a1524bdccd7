package wire_test

import (
	"bytes"
	"math"
	"math/bits"
	"reflect"
	"slices"
	"testing"
	"time"

	"moonwire/host/lab/wire"
)

// near fails unless n of total is what probability p gives: within 4.5 standard deviations of the binomial distribution,
// which chance leaves once in 150,000 seeds; the seeds here are fixed.
func near(t *testing.T, what string, n, total int, p float64) {
	t.Helper()
	mean := p * float64(total)
	if off := math.Abs(float64(n) - mean); off > 4.5*math.Sqrt(mean*(1-p))+1e-9 {
		t.Errorf("%s: %d of %d, expected some %.0f", what, n, total, mean)
	}
}

func TestProbabilities(t *testing.T) {
	t.Parallel()
	const n = 20000
	for _, p := range []float64{0.01, 0.5, 1} {
		for seed := int64(1); seed <= 2; seed++ {
			c := newCable(t, seed, wire.Impairment{Loss: p})
			c.send(n, 64, time.Microsecond)
			near(t, "lost", n-len(c.got), n, p)
			if drops := c.a.Stats().Drops[wire.Lost]; int(drops) != n-len(c.got) {
				t.Errorf("%d frames are missing and %d counted as lost", n-len(c.got), drops)
			}

			c = newCable(t, seed, wire.Impairment{Duplicate: p})
			c.send(n, 64, time.Microsecond)
			near(t, "duplicated", len(c.got)-n, n, p)
			near(t, "counted duplicates", int(c.a.Stats().Duplicated), n, p)

			c = newCable(t, seed, wire.Impairment{Reorder: p, Delay: time.Millisecond})
			c.send(n, 64, time.Microsecond)
			near(t, "counted as reordered", int(c.a.Stats().Reordered), n, p)

			c = newCable(t, seed, wire.Impairment{Corrupt: p})
			c.send(n, 64, time.Microsecond)
			corrupted := 0
			for i, a := range c.got {
				switch flipped(numbered(64, i), a.frame) {
				case 0:
				case 1:
					corrupted++
				default:
					t.Fatalf("frame %d differs in more than a bit", i)
				}
			}
			near(t, "corrupted", corrupted, n, p)
		}
	}
}

// flipped is in how many bits two frames of one length differ.
func flipped(a, b []byte) (n int) {
	for i := range a {
		n += bits.OnesCount8(a[i] ^ b[i])
	}
	return n
}

func TestCorruptionSparesTheSendersFrame(t *testing.T) {
	t.Parallel()
	c := newCable(t, 1, wire.Impairment{Corrupt: 1})
	sent := numbered(64, 7)
	c.a.Send(sent)
	c.until(0)
	if !bytes.Equal(sent, numbered(64, 7)) {
		t.Error("the sender's frame changed")
	}
	if flipped(sent, c.got[0].frame) != 1 {
		t.Error("the received frame isn't one bit away")
	}
}

// TestBursts holds the Gilbert-Elliott model to its theory: the share of lost frames is p/(p+r) of the bad state's and
// r/(p+r) of the good one's, and with certain loss in the bad state alone a burst has 1/r frames.
func TestBursts(t *testing.T) {
	t.Parallel()
	const n = 50000
	for _, g := range []wire.GilbertElliott{
		{P: 0.01, R: 0.25},
		{P: 0.05, R: 0.5},
		{P: 0.2, R: 0.1},
		{P: 0.3}, // r is 0.7
		{P: 0.02, R: 0.2, LossBad: 0.5, LossGood: 0.01},
	} {
		c := newCable(t, 42, wire.Impairment{Burst: &g})
		c.send(n, 64, time.Microsecond)
		r, bad := g.R, g.LossBad
		if r == 0 {
			r = 1 - g.P
		}
		if bad == 0 {
			bad = 1
		}
		lost := n - len(c.got)
		want := (g.P*bad + r*g.LossGood) / (g.P + r)
		if share := float64(lost) / n; math.Abs(share-want) > 0.1*want {
			t.Errorf("%+v: %.4f of the frames are lost, expected %.4f", g, share, want)
		}
		if bad < 1 || g.LossGood > 0 {
			continue
		}
		if mean := float64(lost) / float64(bursts(c.numbers())); math.Abs(mean-1/r) > 0.1/r {
			t.Errorf("%+v: bursts of %.2f frames, expected %.2f", g, mean, 1/r)
		}
	}
}

// bursts counts the gaps in numbers from 0.
func bursts(list []int) (n int) {
	next := 0
	for _, v := range list {
		if v != next {
			n++
		}
		next = v + 1
	}
	return n
}

// TestImpairmentsLeaveEachOthersLuck sees that what one impairment does is the same with others beside it.
func TestImpairmentsLeaveEachOthersLuck(t *testing.T) {
	t.Parallel()
	lost := func(i wire.Impairment) (list []int) {
		c := newCable(t, 5, i)
		c.Tap(func(s wire.Sight) {
			if s.Drop != "" {
				list = append(list, number(s.Frame))
			}
		})
		c.send(2000, 64, time.Microsecond)
		return list
	}
	alone := lost(wire.Impairment{Loss: 0.2})
	beside := lost(wire.Impairment{Loss: 0.2, Corrupt: 0.3, Reorder: 0.1, Jitter: time.Microsecond, Burst: &wire.GilbertElliott{}})
	if !slices.Equal(alone, beside) {
		t.Errorf("%d frames are lost by loss alone, %d others with impairments beside it", len(alone), len(beside))
	}
}

func TestSameSeedSameFrames(t *testing.T) {
	t.Parallel()
	all := wire.Impairment{
		Loss: 0.05, Burst: &wire.GilbertElliott{P: 0.01, R: 0.3}, Corrupt: 0.05, Duplicate: 0.05, Reorder: 0.1,
		Rate: 20e6, Queue: 50, Delay: 5 * time.Millisecond, Jitter: time.Millisecond,
	}
	trial := func(seed int64) []arrival {
		c := newCable(t, seed, all)
		c.send(3000, 500, 150*time.Microsecond)
		return c.got
	}
	first := trial(3)
	if !reflect.DeepEqual(first, trial(3)) {
		t.Error("the same seed gave other frames")
	}
	if reflect.DeepEqual(first, trial(4)) {
		t.Error("another seed gave the same frames")
	}
}

func TestDirectionsHaveTheirOwnLuck(t *testing.T) {
	t.Parallel()
	e := newSim()
	a, b := wire.NewPort("a"), wire.NewPort("b")
	l := wire.Connect(e, "a--b", a, b, wire.LinkOptions{Seed: 9})
	if err := l.Impair(nil, wire.Impairment{Loss: 0.5}); err != nil {
		t.Fatal(err)
	}
	var there, back []int
	b.Handle(func(f []byte) { there = append(there, number(f)) })
	a.Handle(func(f []byte) { back = append(back, number(f)) })
	for i := range 500 {
		a.Send(numbered(64, i))
		b.Send(numbered(64, i))
	}
	e.until(0)
	if len(there) == 0 || len(back) == 0 || slices.Equal(there, back) {
		t.Errorf("%d frames came there and %d back, the same or none", len(there), len(back))
	}
}

// TestRate sends twice of what the link carries: it carries its rate, and the queue's rest is counted.
func TestRate(t *testing.T) {
	t.Parallel()
	const size = 1250 // 10,000 bits: half a millisecond at 20 Mbit/s
	c := newCable(t, 1, wire.Impairment{Rate: 20e6, Queue: 10, Delay: 3 * time.Millisecond})
	c.send(4000, size, 250*time.Microsecond)
	first, last := c.got[0].at, c.got[len(c.got)-1].at
	if want := 500*time.Microsecond + 3*time.Millisecond; first != want {
		t.Errorf("the first frame comes after %v, expected %v", first, want)
	}
	rate := float64((len(c.got)-1)*size*8) / (last - first).Seconds()
	if rate != 20e6 {
		t.Errorf("the link carried %.0f bits a second", rate)
	}
	if full := c.a.Stats().Drops[wire.QueueFull]; int(full) != 4000-len(c.got) || full < 1900 {
		t.Errorf("%d frames came, %d were dropped for want of room", len(c.got), full)
	}
	// A frame finds ten before it and one on the wire at most.
	for _, a := range c.got {
		if waited := a.at - time.Duration(number(a.frame))*250*time.Microsecond - 3*time.Millisecond; waited > 12*500*time.Microsecond {
			t.Fatalf("frame %d waited %v", number(a.frame), waited)
		}
	}
}

// TestRateThatDoesNotDivide sees that parts of nanoseconds add up.
func TestRateThatDoesNotDivide(t *testing.T) {
	t.Parallel()
	c := newCable(t, 1, wire.Impairment{Rate: 3e9, Queue: 10000, Delay: time.Microsecond})
	c.send(9001, 100, 0) // 800 bits: 266 ⅔ ns each
	if took := c.got[9000].at - c.got[0].at; took < 2400*time.Microsecond-2 || took > 2400*time.Microsecond+2 {
		t.Errorf("9000 frames took %v", took)
	}
}

func TestConstantDelayKeepsOrder(t *testing.T) {
	t.Parallel()
	c := newCable(t, 1, wire.Impairment{Delay: 10 * time.Millisecond})
	c.Schedule(500*time.Microsecond, run(func() { _ = c.Impair(c.a, wire.Impairment{}) }))
	c.send(1000, 64, time.Microsecond)
	if list := c.numbers(); !slices.IsSorted(list) || len(list) != 1000 {
		t.Errorf("%d frames, in order: %v", len(list), slices.IsSorted(list))
	}
	if c.got[0].at != 10*time.Millisecond {
		t.Errorf("the first frame took %v", c.got[0].at)
	}
	c.a.Send(numbered(64, 1000))
	before := c.now
	c.until(0)
	if took := c.now.Sub(before); took != time.Microsecond {
		t.Errorf("a frame on the healed link took %v", took)
	}
}

func TestJitter(t *testing.T) {
	t.Parallel()
	const n, gap = 10000, 10 * time.Millisecond
	c := newCable(t, 1, wire.Impairment{Delay: 8 * time.Millisecond, Jitter: 4 * time.Millisecond})
	c.send(n, 64, gap)
	var sum float64
	quarters := [4]int{}
	for i, a := range c.got {
		d := a.at - time.Duration(i)*gap
		if d < 4*time.Millisecond || d >= 12*time.Millisecond {
			t.Fatalf("frame %d took %v", i, d)
		}
		quarters[(d-4*time.Millisecond)/(2*time.Millisecond)]++
		sum += d.Seconds()
	}
	if mean := sum / n; math.Abs(mean-0.008) > 4.5*0.004/math.Sqrt(3*n) {
		t.Errorf("frames took %v on average", mean)
	}
	for _, q := range quarters {
		near(t, "a quarter of the delays", q, n, 0.25)
	}
}

func TestJitterReordersOnlyWhenAllowed(t *testing.T) {
	t.Parallel()
	for _, overtake := range []bool{false, true} {
		c := newCable(t, 1, wire.Impairment{Delay: 8 * time.Millisecond, Jitter: 4 * time.Millisecond, Overtake: overtake})
		c.send(1000, 64, time.Millisecond)
		if sorted := slices.IsSorted(c.numbers()); sorted == overtake || len(c.got) != 1000 {
			t.Errorf("overtake %v: in order %v", overtake, sorted)
		}
	}
}

func TestReorder(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		i    wire.Impairment
		took time.Duration // of a frame that leaves the order
	}{
		{"ahead", wire.Impairment{Reorder: 0.1, Delay: 5 * time.Millisecond}, time.Microsecond},
		{"late", wire.Impairment{Reorder: 0.1, Delay: 5 * time.Millisecond, Late: 2 * time.Millisecond}, 7 * time.Millisecond},
		{"without delay", wire.Impairment{Reorder: 0.1}, time.Millisecond},
	} {
		c := newCable(t, 1, tt.i)
		c.send(1000, 64, 100*time.Microsecond)
		usual, other := max(time.Microsecond, tt.i.Delay), 0
		for _, a := range c.got {
			switch took := a.at - time.Duration(number(a.frame))*100*time.Microsecond; took {
			case usual:
			case tt.took:
				other++
			default:
				t.Fatalf("%s: frame %d took %v", tt.name, number(a.frame), took)
			}
		}
		near(t, tt.name, other, 1000, 0.1)
		if slices.IsSorted(c.numbers()) {
			t.Errorf("%s: all frames came in order", tt.name)
		}
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	e := newSim()
	a, b := wire.NewPort("a"), wire.NewPort("b")
	l := wire.Connect(e, "R1--R2", a, b, wire.LinkOptions{})
	for _, tt := range []struct {
		i    wire.Impairment
		want string
	}{
		{wire.Impairment{Loss: 1.5}, "R1--R2: loss of 1.5 (expected a probability from 0 to 1)"},
		{wire.Impairment{Corrupt: math.NaN()}, "R1--R2: corrupt of NaN (expected a probability from 0 to 1)"},
		{wire.Impairment{Delay: -1}, "R1--R2: delay of -1ns (expected 0 to 24h0m0s)"},
		{wire.Impairment{Rate: -1}, "R1--R2: rate of -1 bits a second (expected 0, no limit, or more)"},
		{wire.Impairment{Queue: -1}, "R1--R2: queue of -1 frames (expected 0, the usual, or more)"},
		{wire.Impairment{Burst: &wire.GilbertElliott{P: 2}}, "R1--R2: burst.p of 2 (expected a probability from 0 to 1)"},
	} {
		if err := l.Impair(a, tt.i); err == nil || err.Error() != tt.want {
			t.Errorf("%+v: %v, want %s", tt.i, err, tt.want)
		}
	}
}

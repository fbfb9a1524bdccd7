package wire_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"moonwire/host/lab/wire"
)

func TestMTU(t *testing.T) {
	t.Parallel()
	tag := []byte{0x81, 0, 0, 5}
	with := func(tags int, payload int) []byte {
		f := frame(payload, 0)
		for range tags {
			f = slices.Insert(f, 12, tag...)
		}
		return f
	}
	for _, tt := range []struct {
		name     string
		from, to int
		frame    []byte
		want     int
	}{
		{"as long as both take", 1500, 1500, frame(1500, 0), 1},
		{"longer", 1500, 1500, frame(1501, 0), 0},
		{"longer than the sender's", 1300, 1500, frame(1301, 0), 0},
		{"longer than the receiver's", 1500, 1300, frame(1301, 0), 0},
		{"a tag", 1500, 1500, with(1, 1500), 1},
		{"a tag, longer", 1500, 1500, with(1, 1501), 0},
		{"two tags", 1500, 1500, with(2, 1500), 1},
		{"three tags", 1500, 1500, with(3, 1500), 0},
		{"jumbo", 65535, 65535, frame(65535, 0), 1},
		{"least", 68, 68, frame(68, 0), 1},
		{"a header", 1500, 1500, frame(0, 0), 1},
		{"a byte", 1500, 1500, []byte{1}, 1},
		{"nothing", 1500, 1500, nil, 1},
	} {
		c := newCable(t, 1, wire.Impairment{})
		if err := errors.Join(c.a.SetMTU(tt.from), c.b.SetMTU(tt.to)); err != nil {
			t.Fatal(err)
		}
		c.a.Send(tt.frame)
		c.until(0)
		if len(c.got) != tt.want {
			t.Errorf("%s: %d frames came, want %d", tt.name, len(c.got), tt.want)
		}
		if drops := c.a.Stats().Drops[wire.TooLong]; int(drops) != 1-tt.want {
			t.Errorf("%s: %d drops counted", tt.name, drops)
		}
	}
	if err := wire.NewPort("R1.eth0").SetMTU(67); err == nil || err.Error() != "R1.eth0: an MTU of 67 bytes (expected 68 to 65535)" {
		t.Error(err)
	}
}

func TestCarrier(t *testing.T) {
	t.Parallel()
	c := newCable(t, 1, wire.Impairment{Delay: time.Millisecond})
	var heard []string
	c.a.OnCarrier(func(up bool) { heard = append(heard, fmt.Sprint("a ", up)) })
	c.b.OnCarrier(func(up bool) { heard = append(heard, fmt.Sprint("b ", up)) })
	expect := func(what string, carrier bool, want ...string) {
		t.Helper()
		c.until(10 * time.Millisecond)
		if c.a.Carrier() != carrier || c.b.Carrier() != carrier || !slices.Equal(heard, want) {
			t.Errorf("%s: carriers are %v and %v, heard %v, want %v and %v", what, c.a.Carrier(), c.b.Carrier(), heard, carrier, want)
		}
		heard = nil
	}
	expect("plugged in", true, "a true", "b true")
	c.a.Send(frame(10, 0))
	c.SetUp(false) // with a frame under way
	c.a.Send(frame(10, 0))
	expect("unplugged", false, "a false", "b false")
	c.b.SetUp(false)
	expect("one end down too", false)
	c.SetUp(true)
	expect("plugged in, but one end is down", false)
	c.b.SetUp(true)
	expect("both up", true, "a true", "b true")
	if drops := c.a.Stats().Drops; drops[wire.LinkDown] != 2 || len(c.got) != 0 {
		t.Errorf("%d frames came, lost were %v", len(c.got), drops)
	}
	c.a.Send(frame(10, 0))
	c.until(0)
	if len(c.got) != 1 {
		t.Errorf("%d frames came after the link was up again", len(c.got))
	}
}

func TestPartition(t *testing.T) {
	t.Parallel()
	c := newCable(t, 1, wire.Impairment{})
	c.until(0)
	c.a.OnCarrier(func(bool) { t.Error("somebody noticed") })
	c.SetPartition(true)
	c.a.Send(frame(10, 0))
	c.until(0)
	if !c.a.Carrier() || len(c.got) != 0 || c.a.Stats().Drops[wire.Partition] != 1 {
		t.Errorf("carrier %v, %d frames, %v", c.a.Carrier(), len(c.got), c.a.Stats().Drops)
	}
	c.SetPartition(false)
	c.a.Send(frame(10, 0))
	c.until(0)
	if len(c.got) != 1 {
		t.Error("the healed link carries nothing")
	}
}

func TestLooseEnds(t *testing.T) {
	t.Parallel()
	p := wire.NewPort("a")
	p.Send(frame(10, 0))
	if s := p.Stats(); s.Drops[wire.NotConnected] != 1 || p.Carrier() {
		t.Errorf("a port without a link: %+v", s)
	}
	e := newSim()
	q := wire.NewPort("b")
	wire.Connect(e, "a--b", p, q, wire.LinkOptions{})
	p.Send(frame(10, 0))
	e.until(0)
	if s := p.Stats(); s.Drops[wire.NoReceiver] != 1 {
		t.Errorf("a port without a handler: %+v", s)
	}
	if s := q.Stats(); s.Missed[wire.NoReceiver] != 1 || s.Received.Frames != 0 {
		t.Errorf("its own view: %+v", s)
	}
}

func TestTap(t *testing.T) {
	t.Parallel()
	c := newCable(t, 1, wire.Impairment{Duplicate: 1, Delay: time.Millisecond})
	start := c.now
	var seen []string
	remove := c.Tap(func(s wire.Sight) {
		seen = append(seen, fmt.Sprint(s.From.Name(), " ", s.Frame[14], " ", s.Time.Sub(start), " ", s.Drop, s.Note, s.Again))
	})
	c.a.Send(frame(10, 1))
	c.b.Send(frame(10, 2)) // nobody receives
	c.until(0)
	c.SetUp(false)
	c.a.Send(frame(10, 3))
	remove()
	c.a.Send(frame(10, 4))
	want := []string{"a 1 0s duplicatedfalse", "b 2 0s false", "b 2 1µs nobody receivestrue", "a 3 1ms link downfalse"}
	if !slices.Equal(seen, want) {
		t.Errorf("seen %q, want %q", seen, want)
	}
}

func TestFilter(t *testing.T) {
	t.Parallel()
	var kept []*wire.Passing
	c := newCable(t, 1, wire.Impairment{Filter: func(p *wire.Passing) {
		switch p.Frame[14] {
		case 1:
			p.Pass(p.Frame)
		case 2:
			p.Drop("the second is unwanted")
			p.Pass(p.Frame) // too late
		case 3:
			p.Pass(frame(10, 30), frame(10, 31))
		case 4:
			kept = append(kept, p)
		case 5:
			p.Pass()
		}
	}})
	var notes []string
	c.Tap(func(s wire.Sight) { notes = append(notes, s.Drop+s.Note) })
	for i := range 5 {
		c.a.Send(frame(10, byte(i+1)))
	}
	c.until(time.Second)
	for _, p := range kept {
		p.Pass(p.Frame)
	}
	c.until(0)
	var marks []byte
	for _, a := range c.got {
		marks = append(marks, a.frame[14])
	}
	if want := []byte{1, 30, 31, 4}; !slices.Equal(marks, want) {
		t.Errorf("frames %v came, want %v", marks, want)
	}
	want := []string{"", "the second is unwanted", wire.Replaced, "", "", wire.Filtered, ""}
	if !slices.Equal(notes, want) {
		t.Errorf("taps noted %q, want %q", notes, want)
	}
	drops := c.a.Stats().Drops
	if drops["the second is unwanted"] != 1 || drops[wire.Filtered] != 1 || len(drops) != 2 {
		t.Errorf("drops are %v", drops)
	}
}

func TestFilterHoldsSoManyOnly(t *testing.T) {
	t.Parallel()
	c := newCable(t, 1, wire.Impairment{Filter: func(*wire.Passing) {}})
	for range 5000 {
		c.a.Send(frame(10, 0))
	}
	if full := c.a.Stats().Drops[wire.QueueFull]; full != 5000-4096 {
		t.Errorf("%d frames were refused", full)
	}
}

func TestReasonsAreBounded(t *testing.T) {
	t.Parallel()
	n := 0
	c := newCable(t, 1, wire.Impairment{Filter: func(p *wire.Passing) {
		n++
		p.Drop(fmt.Sprint("reason ", n))
	}})
	for range 1000 {
		c.a.Send(frame(10, 0))
	}
	drops, all := c.a.Stats().Drops, uint64(0)
	for _, n := range drops {
		all += n
	}
	if len(drops) > 65 || all != 1000 {
		t.Errorf("%d reasons for %d drops", len(drops), all)
	}
}

func TestInFlightIsBounded(t *testing.T) {
	t.Parallel()
	c := newCable(t, 1, wire.Impairment{Delay: time.Hour})
	for range 70000 {
		c.a.Send(frame(10, 0))
	}
	if full := c.a.Stats().Drops[wire.QueueFull]; full != 70000-1<<16 {
		t.Errorf("%d frames were refused", full)
	}
}

func TestWait(t *testing.T) {
	t.Parallel()
	e := wire.NewRealtime()
	defer e.Close()
	for name, i := range map[string]wire.Impairment{
		"plain": {},
		"rate":  {Rate: 100e6, Queue: 50},
		"delay": {Delay: time.Millisecond},
	} {
		a, b := wire.NewPort("a"), wire.NewPort("b")
		l := wire.Connect(e, name, a, b, wire.LinkOptions{})
		if err := l.Impair(a, i); err != nil {
			t.Fatal(err)
		}
		got, done := 0, make(chan struct{})
		const n = 5000
		b.Handle(func([]byte) {
			if got++; got == n {
				close(done)
			}
		})
		for i := range n {
			if err := a.Wait(context.Background()); err != nil {
				t.Fatal(err)
			}
			a.Send(numbered(64, i))
		}
		select {
		case <-done:
		case <-time.After(time.Minute):
			t.Fatalf("%s: %d frames of %d came, lost were %v", name, got, n, a.Stats().Drops)
		}
	}
}

func TestWaitEnds(t *testing.T) {
	t.Parallel()
	e := newSim() // time stands still: nothing arrives
	a, b := wire.NewPort("a"), wire.NewPort("b")
	wire.Connect(e, "a--b", a, b, wire.LinkOptions{})
	for range 1000 {
		a.Send(frame(10, 0))
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	if err := a.Wait(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a full queue let a sender in: %v", err)
	}
}

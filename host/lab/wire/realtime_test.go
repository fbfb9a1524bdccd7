package wire_test

import (
	"runtime"
	"slices"
	"testing"
	"time"

	"moonwire/host/lab/wire"
)

func TestFramesArriveInOrder(t *testing.T) {
	t.Parallel()
	e := wire.NewRealtime()
	defer e.Close()
	a, b := wire.NewPort("a"), wire.NewPort("b")
	wire.Connect(e, "a--b", a, b, wire.LinkOptions{})
	got := make(chan byte, 100)
	b.Handle(func(f []byte) { got <- f[14] })
	for i := range 100 {
		a.Send(frame(1, byte(i)))
	}
	for i := range 100 {
		select {
		case mark := <-got:
			if int(mark) != i {
				t.Fatalf("frame %d came in place %d", mark, i)
			}
		case <-time.After(time.Minute):
			t.Fatalf("frame %d didn't come", i)
		}
	}
	if s := a.Stats(); s.Sent != (wire.Count{Frames: 100, Bytes: 1500}) || len(s.Drops) != 0 {
		t.Errorf("sender's statistics are %+v", s)
	}
	if s := b.Stats(); s.Received != (wire.Count{Frames: 100, Bytes: 1500}) {
		t.Errorf("receiver's statistics are %+v", s)
	}
}

func TestCloseLeavesNoGoroutine(t *testing.T) {
	before := runtime.NumGoroutine()
	for range 20 {
		e := wire.NewRealtime()
		e.Schedule(time.Hour, run(func() {}))
		e.Schedule(0, run(func() {}))
		e.Close()
		e.Schedule(0, run(func() { t.Error("an event ran after Close") }))
	}
	for range 60000 { // one that has told of its end may still be about to end
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Errorf("%d goroutines, %d before", runtime.NumGoroutine(), before)
}

func TestEventsKeepTheirOrder(t *testing.T) {
	t.Parallel()
	e := wire.NewRealtime()
	defer e.Close()
	var got []int
	var least, most []time.Time // when each was due
	done := make(chan struct{})
	for i, d := range []int{3, 1, 2, 1, 0} {
		after := time.Duration(d) * 20 * time.Millisecond
		least = append(least, time.Now().Add(after))
		e.Schedule(after, run(func() { got = append(got, i) }))
		most = append(most, time.Now().Add(after))
	}
	e.Schedule(100*time.Millisecond, run(func() { close(done) }))
	<-done
	for n, i := range got {
		for _, later := range got[n+1:] {
			if most[later].Before(least[i]) {
				t.Errorf("events ran as %v", got)
			}
		}
	}
	if len(got) != 5 || slices.Index(got, 1) > slices.Index(got, 3) {
		t.Errorf("events ran as %v", got)
	}
}

func TestPanicIsCounted(t *testing.T) {
	t.Parallel()
	e := wire.NewRealtime()
	defer e.Close()
	causes, done := make(chan any, 1), make(chan struct{})
	e.OnFault(func(cause any, _ []byte) { causes <- cause })
	e.Schedule(0, run(func() { panic("a fault") }))
	e.Schedule(0, run(func() { close(done) }))
	<-done
	if cause := <-causes; cause != "a fault" || e.Faults() != 1 {
		t.Errorf("cause %v, %d faults", cause, e.Faults())
	}
}

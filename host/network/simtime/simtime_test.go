package simtime_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"moonwire/host/network"
	"moonwire/host/network/simtime"
)

var always = context.Background()

// diary notes what happens, and when.
type diary struct {
	clock *simtime.Clock
	lines []string
}

func (d *diary) note(format string, args ...any) {
	d.lines = append(d.lines, fmt.Sprintf("%s %s", d.clock.Now().Sub(simtime.Epoch), fmt.Sprintf(format, args...)))
}

func (d *diary) want(t *testing.T, lines ...string) {
	t.Helper()
	if !reflect.DeepEqual(d.lines, lines) {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(d.lines, "\n"), strings.Join(lines, "\n"))
	}
}

type event func()

func (e event) Run() { e() }

func TestEventsInOrder(t *testing.T) {
	t.Parallel()
	c := simtime.New(time.Time{})
	defer c.Close()
	d := &diary{clock: c}
	c.Schedule(2*time.Second, event(func() { d.note("second") }))
	c.Schedule(time.Second, event(func() {
		d.note("first")
		c.Schedule(time.Second, event(func() { d.note("third") }))
		c.Schedule(0, event(func() { d.note("at once") }))
	}))
	c.AfterFunc(3*time.Second, func() { d.note("never") }).Stop()
	c.Sleep(always, time.Hour)
	d.note("awake")
	d.want(t, "1s first", "1s at once", "2s second", "2s third", "1h0m0s awake")
}

func TestStandsStillWhileBusy(t *testing.T) {
	t.Parallel()
	c := simtime.New(time.Time{})
	defer c.Close()
	c.Schedule(time.Second, event(func() { t.Error("time went on while its maker was busy") }))
	time.Sleep(20 * time.Millisecond)
	if now := c.Now(); !now.Equal(simtime.Epoch) {
		t.Errorf("it is %s", now)
	}
}

func TestTurnsInOrderOfWake(t *testing.T) {
	t.Parallel()
	c := simtime.New(time.Time{})
	defer c.Close()
	d := &diary{clock: c}
	waiters := make([]network.Waiter, 4)
	for i := range waiters {
		waiters[i] = c.NewWaiter()
		c.Go(func() {
			d.note("%d waits", i)
			if err := waiters[i].Wait(always); err != nil {
				t.Error(err)
			}
			d.note("%d runs", i)
		})
	}
	c.Sleep(always, time.Second)
	for _, i := range []int{2, 0, 3, 1} {
		waiters[i].Wake()
		waiters[i].Wake()
	}
	d.note("all woken")
	c.Sleep(always, time.Second)
	d.want(t, "0s 0 waits", "0s 1 waits", "0s 2 waits", "0s 3 waits", "1s all woken", "1s 2 runs", "1s 0 runs", "1s 3 runs", "1s 1 runs")
}

func TestWaitsEnd(t *testing.T) {
	t.Parallel()
	c := simtime.New(time.Time{})
	defer c.Close()
	w := c.NewWaiter()
	w.Wake()
	if err := w.Wait(always); err != nil {
		t.Errorf("woken before: %v", err)
	}
	if err := w.WaitUntil(always, c.Now().Add(30*time.Second)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("at the deadline: %v", err)
	}
	if err := w.WaitUntil(always, c.Now()); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("after the deadline: %v", err)
	}
	c.AfterFunc(time.Second, w.Wake)
	if err := w.WaitUntil(always, c.Now().Add(time.Hour)); err != nil {
		t.Errorf("woken in time: %v", err)
	}
	ctx, cancel := network.WithCancel(always)
	c.AfterFunc(time.Second, cancel)
	if err := w.Wait(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if err := w.WaitUntil(ctx, c.Now().Add(time.Hour)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before: %v", err)
	}
	if passed := c.Now().Sub(simtime.Epoch); passed != 32*time.Second {
		t.Errorf("%s have passed", passed)
	}
}

// A wait that is over does not hear of its context's end later.
func TestLateCancel(t *testing.T) {
	t.Parallel()
	c := simtime.New(time.Time{})
	defer c.Close()
	w := c.NewWaiter()
	ctx, cancel := network.WithCancel(always)
	w.WaitUntil(ctx, c.Now().Add(time.Second))
	cancel()
	if err := w.WaitUntil(always, c.Now().Add(time.Second)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("the next wait ended with %v", err)
	}
}

func TestShortestSleep(t *testing.T) {
	t.Parallel()
	c := simtime.New(time.Time{})
	defer c.Close()
	ready := false
	c.AfterFunc(time.Millisecond, func() { ready = true })
	for !ready {
		c.Sleep(always, 0)
	}
	if passed := c.Now().Sub(simtime.Epoch); passed < time.Millisecond || passed > 2*time.Millisecond {
		t.Errorf("polling took %s", passed)
	}
}

func TestStall(t *testing.T) {
	t.Parallel()
	c := simtime.New(time.Time{})
	defer c.Close()
	d := &diary{clock: c}
	w := c.NewWaiter()
	removed := c.OnStall(func() { t.Error("a callback that was removed was called") })
	c.OnStall(func() { d.note("stalled"); w.Wake() })
	removed()
	c.AfterFunc(time.Minute, func() { d.note("the last event") })
	w.Wait(always)
	d.note("woken")
	w.Wait(always)
	d.want(t, "1m0s the last event", "1m0s stalled", "1m0s woken", "1m0s stalled")
}

func TestWaitWithoutTurn(t *testing.T) {
	t.Parallel()
	c := simtime.New(time.Time{})
	c.Leave()
	defer func() {
		c.Enter()
		c.Close()
	}()
	defer func() {
		if r := recover(); r == nil || !strings.Contains(fmt.Sprint(r), "no turn") {
			t.Errorf("recovered %v", r)
		}
	}()
	c.Sleep(always, time.Second)
}

func TestClose(t *testing.T) {
	before := runtime.NumGoroutine()
	c := simtime.New(time.Time{})
	d := &diary{clock: c}
	for i := range 3 {
		c.Go(func() {
			d.note("%d: %v", i, c.Sleep(always, time.Hour))
			d.note("%d: %v", i, c.NewWaiter().Wait(always))
		})
	}
	c.Sleep(always, time.Second)
	c.Close()
	c.Close()
	c.Schedule(0, event(func() { t.Error("an event ran after Close") }))
	closed := simtime.ErrClosed.Error()
	d.want(t, "1s 0: "+closed, "1s 0: "+closed, "1s 1: "+closed, "1s 1: "+closed, "1s 2: "+closed, "1s 2: "+closed)
	for range 6000 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d goroutines were left", runtime.NumGoroutine()-before)
}

// program is a random program of goroutines that wait, wake, cancel, start each other and schedule events. It tells what
// happened.
func program(seed uint64) []string {
	c := simtime.New(time.Time{})
	d := &diary{clock: c}
	rng := rand.New(rand.NewPCG(seed, 0))
	var waiters []network.Waiter
	var cancels []context.CancelFunc
	some := func() time.Duration { return time.Duration(rng.IntN(20)) * time.Millisecond }
	left := 400
	var live func(name string)
	live = func(name string) {
		w := c.NewWaiter()
		waiters = append(waiters, w)
		ctx, cancel := network.WithCancel(always)
		cancels = append(cancels, cancel)
		for left > 0 {
			left--
			switch rng.IntN(8) {
			case 0:
				d.note("%s sleeps: %v", name, c.Sleep(ctx, some()))
			case 1:
				d.note("%s waits: %v", name, w.WaitUntil(ctx, c.Now().Add(some())))
			case 2, 3:
				waiters[rng.IntN(len(waiters))].Wake()
			case 4:
				cancels[rng.IntN(len(cancels))]()
				ctx, cancel = network.WithCancel(always)
				cancels = append(cancels, cancel)
			case 5:
				if len(waiters) < 30 {
					c.Go(func() { live(fmt.Sprintf("%s.%d", name, len(waiters))) })
				}
			case 6:
				x, y := rng.IntN(len(waiters)), rng.IntN(len(cancels))
				c.Schedule(some(), event(func() {
					d.note("an event of %s", name)
					waiters[x].Wake()
					cancels[y]()
				}))
			case 7:
				t := c.AfterFunc(some(), func() { d.note("a call of %s", name) })
				c.Go(func() { d.note("stopped: %v", t.Stop()) })
			}
		}
		d.note("%s ends", name)
	}
	live("main")
	c.Sleep(always, time.Minute)
	d.note("all is over")
	c.Close()
	return d.lines
}

// TestSameTrace is not parallel: it sets GOMAXPROCS.
func TestSameTrace(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for seed := range uint64(40) {
		var first []string
		for _, procs := range []int{1, 2, 4, 4} {
			runtime.GOMAXPROCS(procs)
			got := program(seed)
			if first == nil {
				first = got
			}
			if !reflect.DeepEqual(got, first) {
				t.Fatalf("seed %d on %d processors:\n%s\non one:\n%s", seed, procs, strings.Join(got, "\n"), strings.Join(first, "\n"))
			}
		}
		if len(first) < 50 {
			t.Fatalf("seed %d: only %d lines", seed, len(first))
		}
	}
}

type again struct {
	c    *simtime.Clock
	left int
	w    network.Waiter
}

func (a *again) Run() {
	if a.left--; a.left > 0 {
		a.c.Schedule(time.Microsecond, a)
		return
	}
	a.w.Wake()
}

// BenchmarkEvent is one event that schedules the next, among 1,000 that are due later.
func BenchmarkEvent(b *testing.B) {
	c := simtime.New(time.Time{})
	defer c.Close()
	for i := range 1000 {
		c.Schedule(time.Hour+time.Duration(i), event(func() {}))
	}
	a := &again{c, b.N, c.NewWaiter()}
	b.ReportAllocs()
	b.ResetTimer()
	c.Schedule(0, a)
	a.w.Wait(always)
}

// BenchmarkSleep is a goroutine that sleeps: two switches between goroutines and an event.
func BenchmarkSleep(b *testing.B) {
	c := simtime.New(time.Time{})
	defer c.Close()
	b.ReportAllocs()
	for range b.N {
		c.Sleep(always, time.Millisecond)
	}
}

// BenchmarkWake is a turn that two goroutines hand each other.
func BenchmarkWake(b *testing.B) {
	c := simtime.New(time.Time{})
	defer c.Close()
	x, y := c.NewWaiter(), c.NewWaiter()
	c.Go(func() {
		for y.Wait(always) == nil {
			x.Wake()
		}
	})
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		y.Wake()
		x.Wait(always)
	}
}

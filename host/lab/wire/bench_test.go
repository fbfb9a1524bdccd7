package wire_test

import (
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"moonwire/host/lab/wire"
)

// count is an event that counts.
type count struct{ n atomic.Int64 }

func (c *count) Run() { c.n.Add(1) }

func (c *count) until(n int) {
	for c.n.Load() < int64(n) {
		runtime.Gosched()
	}
}

func BenchmarkEvents(b *testing.B) {
	for name, d := range map[string]time.Duration{"at once": 0, "later": time.Microsecond} {
		b.Run(name, func(b *testing.B) {
			e := wire.NewRealtime()
			defer e.Close()
			var c count
			for i := range b.N {
				e.Schedule(d, &c)
				if i%1024 == 0 {
					c.until(i - 4096)
				}
			}
			c.until(b.N)
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
		})
	}
}

// BenchmarkHandOff is two events that wait for each other: the engine sleeps between them.
func BenchmarkHandOff(b *testing.B) {
	e := wire.NewRealtime()
	defer e.Close()
	done := make(chan struct{})
	for range b.N {
		e.Schedule(0, run(func() { done <- struct{}{} }))
		<-done
	}
}

// flow sends b.N frames over a link and what is behind it.
func flow(b *testing.B, from, to *wire.Port, f []byte) {
	var c count
	to.Handle(func([]byte) { c.Run() })
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		from.Send(f)
		if i%256 == 0 {
			c.until(i - 700)
		}
	}
	c.until(b.N)
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "frames/s")
}

func BenchmarkLink(b *testing.B) {
	for name, i := range map[string]wire.Impairment{
		"plain":    {},
		"delay":    {Delay: 100 * time.Microsecond},
		"impaired": {Delay: 100 * time.Microsecond, Jitter: 10 * time.Microsecond, Corrupt: 0.01, Rate: 1e11},
	} {
		b.Run(name, func(b *testing.B) {
			e := wire.NewRealtime()
			defer e.Close()
			from, end := wire.NewPort("a"), wire.NewPort("b")
			if err := wire.Connect(e, "a--b", from, end, wire.LinkOptions{Seed: 1}).Impair(from, i); err != nil {
				b.Fatal(err)
			}
			flow(b, from, end, frame(50, 0))
		})
	}
}

func BenchmarkSwitch(b *testing.B) {
	e := wire.NewRealtime()
	defer e.Close()
	sw := wire.NewSwitch(e, "sw1")
	var hosts [8]*wire.Port
	for i := range hosts {
		hosts[i] = wire.NewPort("h")
		hosts[i].Handle(func([]byte) {})
		wire.Connect(e, "h--sw1", hosts[i], sw.AddPort("p"), wire.LinkOptions{})
	}
	hosts[1].Send(to(255, 1))
	time.Sleep(10 * time.Millisecond)
	flow(b, hosts[0], hosts[1], to(1, 0))
}

package wire_test

import (
	"context"
	"testing"
	"time"

	"moonwire/host/lab/wire"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
)

// world is a network of which a context needs the clock.
type world struct {
	network.Network
	clock network.Clock
}

func (w world) Clock() network.Clock { return w.clock }

// TestWaitInSimulatedTime has a sender that waits for room on a link of 20 Mbit/s: nothing is lost, and time passes as
// the link sends.
func TestWaitInSimulatedTime(t *testing.T) {
	t.Parallel()
	const n, size = 3000, 1250 // 0.5 ms each
	for _, i := range []wire.Impairment{{Rate: 20e6}, {Rate: 20e6, Queue: 1}, {Rate: 20e6, Queue: 7, Delay: time.Second}} {
		c := simtime.New(time.Time{})
		ctx := network.With(context.Background(), world{clock: c})
		a, b := wire.NewPort("a"), wire.NewPort("b")
		l := wire.Connect(c, "a--b", a, b, wire.LinkOptions{Seed: 1})
		if err := l.Impair(a, i); err != nil {
			t.Fatal(err)
		}
		var last time.Time
		b.Handle(func([]byte) { last = c.Now() })
		for range n {
			if err := a.Wait(ctx); err != nil {
				t.Fatal(err)
			}
			a.Send(frame(size-14, 0))
		}
		if err := c.Sleep(ctx, time.Minute); err != nil {
			t.Fatal(err)
		}
		if came := b.Stats().Received.Frames; came != n {
			t.Errorf("%+v: %d frames came, lost were %v", i, came, a.Stats().Drops)
		}
		if took, want := last.Sub(simtime.Epoch), n*500*time.Microsecond+i.Delay; took != want {
			t.Errorf("%+v: it took %v, expected %v", i, took, want)
		}
		c.Close()
	}
}

package feed

import (
	"context"
	"errors"
	"net"
	"os"
	"testing"
	"time"

	"moonwire/host/network"
)

func TestFeed(t *testing.T) {
	clock := network.Kernel().Clock()
	f := New[int](clock)
	f.Tell(1) // nobody hears
	a, b := f.Listen(), f.Listen()
	f.Tell(2)
	b.Close()
	f.Tell(3)
	ctx := context.Background()
	for _, want := range []int{2, 3} {
		if e, err := a.Next(ctx, time.Time{}); e != want || err != nil {
			t.Errorf("heard %d, %v, want %d", e, err, want)
		}
	}
	if _, err := a.Next(ctx, clock.Now().Add(time.Millisecond)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("heard of nothing: %v", err)
	}
	for range Most + 5 {
		f.Tell(4)
	}
	f.Close()
	n := 0
	for {
		if _, err := a.Next(ctx, time.Time{}); err != nil {
			if !errors.Is(err, net.ErrClosed) {
				t.Error(err)
			}
			break
		}
		n++
	}
	if n != Most || a.Lost() != 5 {
		t.Errorf("%d heard, %d lost", n, a.Lost())
	}
	if f.Heard() {
		a.Close()
	}
	if f.Heard() {
		t.Error("somebody listens still")
	}
}

package capture_test

import (
	"context"
	"errors"
	"net"
	"os"
	"testing"
	"time"

	"golang.org/x/net/bpf"

	"moonwire/host/lab/capture"
	"moonwire/host/lab/wire"
	"moonwire/host/network"
)

// world is a network of which a context needs the clock.
type world struct {
	network.Network
	clock network.Clock
}

func (w world) Clock() network.Clock { return w.clock }

func TestSnifferReads(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	ctx := network.With(t.Context(), world{clock: p})
	s, err := capture.Sniff(network.LinkOpts{}, p.links[:]...)
	if err != nil {
		t.Fatal(err)
	}
	into := make([]wire.Sight, 2)
	start := p.Now()
	if _, err := s.Read(ctx, start.Add(time.Hour), into); !errors.Is(err, os.ErrDeadlineExceeded) || p.Now().Sub(start) != time.Hour {
		t.Errorf("without frames: %v after %v", err, p.Now().Sub(start))
	}
	p.AfterFunc(time.Second, func() {
		for i := range 5 {
			p.ports[2*(i%2)].Send(frame(60 + i))
		}
	})
	got := 0
	for got < 5 {
		n, err := s.Read(ctx, time.Time{}, into)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range into[:n] {
			if len(w.Frame) != 60+got || w.From != p.ports[2*(got%2)] {
				t.Errorf("frame %d is %d bytes from %s", got, len(w.Frame), w.From.Name())
			}
			got++
		}
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.Read(cancelled, time.Time{}, into); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	p.AfterFunc(time.Second, s.Interrupt)
	if _, err := s.Read(ctx, time.Time{}, into); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("interrupted: %v", err)
	}
	p.ports[0].Send(frame(60))
	s.Close()
	p.ports[0].Send(frame(60))
	if n, err := s.Read(ctx, time.Time{}, into); n != 1 || err != nil {
		t.Errorf("the rest after closing: %d, %v", n, err)
	}
	if _, err := s.Read(ctx, time.Time{}, into); !errors.Is(err, net.ErrClosed) {
		t.Errorf("closed: %v", err)
	}
}

func TestSnifferIsBounded(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	s, err := capture.Sniff(network.LinkOpts{Buffer: 100 << 10}, p.links[0])
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for range 1000 {
		p.ports[0].Send(frame(1000))
	}
	st := s.Stats()
	if st.Received != 1000 || st.KernelDrops < 800 || st.KernelDrops > 950 {
		t.Errorf("%+v", st)
	}
}

func TestSnifferFilters(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	program, err := bpf.Assemble([]bpf.Instruction{
		bpf.LoadExtension{Num: bpf.ExtLen},
		bpf.JumpIf{Cond: bpf.JumpGreaterThan, Val: 100, SkipFalse: 1},
		bpf.RetConstant{Val: 1 << 16},
		bpf.RetConstant{Val: 0},
	})
	if err != nil {
		t.Fatal(err)
	}
	c, err := capture.Open(p, network.LinkOpts{Filter: program}, p.links[0])
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	p.ports[0].Send(frame(60))
	p.ports[1].Send(frame(200))
	into := make([]network.Frame, 10)
	if n, err := c.ReadFrames(into); n != 1 || err != nil || into[0].Len != 200 || into[0].Interface != 1 || into[0].Direction != network.ToOther {
		t.Errorf("%d frames, %v: %+v", n, err, into[0])
	}
	p.AfterFunc(time.Second, func() {
		if err := c.SetReadDeadline(p.Now()); err != nil {
			t.Error(err)
		}
	})
	if _, err := c.ReadFrames(into); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("a deadline set while reading: %v", err)
	}
	p.ports[0].Send(frame(200))
	if err := c.SetFilter(nil); err != nil {
		t.Fatal(err)
	}
	if st := c.Stats(); st.RingDrops != 1 || c.Interface().Name != "R0--R1" {
		t.Errorf("%+v of %+v", st, c.Interface())
	}
	if _, err := c.WriteFrames(t.Context(), 1, nil); !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("writing: %v", err)
	}
}

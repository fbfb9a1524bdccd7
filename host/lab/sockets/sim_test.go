package sockets_test

import (
	"errors"
	"io"
	"os"
	"syscall"
	"testing"
	"time"

	"moonwire/bindings/dgram"
	"moonwire/bindings/socket"
	"moonwire/host/hosttest"
	"moonwire/host/network/simtime"
)

// simulated is a world by a clock of its own.
func simulated(t testing.TB) (*world, *simtime.Clock) {
	c := simtime.New(time.Time{})
	t.Cleanup(c.Close)
	return &world{t, c, c}, c
}

func TestSimulatedEcho(t *testing.T) {
	t.Parallel()
	w, clock := simulated(t)
	a, b := w.pair()
	l, err := b.Listen(t.Context(), "tcp", "10.0.0.2:7", nil)
	if err != nil {
		t.Fatal(err)
	}
	clock.Go(func() {
		c, err := l.Accept()
		if err == nil {
			io.Copy(c, c)
			c.Close()
		}
	})
	c, err := a.Dial(t.Context(), "tcp", "10.0.0.2:7", nil)
	if err != nil {
		t.Fatal(err)
	}
	sent := make([]byte, 200_000)
	clock.Go(func() {
		c.Write(sent)
		c.CloseWrite()
	})
	got, err := io.ReadAll(c)
	if err != nil || len(got) != len(sent) {
		t.Errorf("%d bytes came back, want %d (%v)", len(got), len(sent), err)
	}
	t.Logf("%v of simulated time", clock.Now().Sub(simtime.Epoch))
}

func TestSimulatedTimeouts(t *testing.T) {
	t.Parallel()
	w, clock := simulated(t)
	a, _ := w.pair()
	begun := time.Now()
	p, err := a.ListenPacket(t.Context(), "udp", "10.0.0.1:9", nil)
	if err != nil {
		t.Fatal(err)
	}
	p.SetReadDeadline(clock.Now().Add(time.Hour))
	if _, _, err := p.ReadMsg(nil); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Error(err)
	}
	if _, err := a.Dial(t.Context(), "tcp", "10.0.0.77:9", nil); !errors.Is(err, syscall.EHOSTUNREACH) {
		t.Error(err)
	}
	if took := time.Since(begun); took > time.Minute {
		t.Errorf("it took %v", took)
	}
	if passed := clock.Now().Sub(simtime.Epoch); passed < time.Hour || passed > time.Hour+5*time.Second {
		t.Errorf("%v of simulated time", passed)
	}
}

// The same in simulated time, but for unix sockets, which are not simulated.
func TestSimulatedLua(t *testing.T) {
	w, _ := simulated(t)
	a, _ := w.pair()
	hosttest.RunFileIn(t, a, "../../../bindings/dgram/testdata/dgram.lua", dgram.Module())
	hosttest.RunFileIn(t, a, "../../../bindings/socket/testdata/socket.lua", socket.Module(), socket.UnixModule(), socket.TraceModule())
}

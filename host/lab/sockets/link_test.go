package sockets_test

import (
	"errors"
	"net"
	"os"
	"syscall"
	"testing"
	"time"

	"moonwire/host/lab/wire"
	"moonwire/host/network"
)

func TestLink(t *testing.T) {
	t.Parallel()
	a, b := realtime(t).pair()
	la, err := a.OpenLink(t.Context(), "eth0", nil)
	if err != nil {
		t.Fatal(err)
	}
	lb, err := b.OpenLink(t.Context(), "eth0", &network.LinkOpts{Promiscuous: true})
	if err != nil {
		t.Fatal(err)
	}
	want := "\x02b\x00\x00\x00\x00\x02a\x00\x00\x00\x00\x88\xb5hello"
	if n, err := la.WriteFrames(t.Context(), 3, func(i int, slot []byte) int { return copy(slot, want) }); n != 3 || err != nil {
		t.Fatal(n, err)
	}
	frames := make([]network.Frame, 2)
	for got := 0; got < 3; {
		n, err := lb.ReadFrames(frames)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range frames[:n] {
			if string(f.Data) != want || f.Direction != network.ToHost || f.Time.IsZero() {
				t.Errorf("%+v", f)
			}
		}
		got += n
	}
	if s := lb.Stats(); s.Received != 3 || la.Stats().Sent != 3 {
		t.Errorf("%+v", s)
	}
}

// A link that goes down says so once, and works again afterwards.
func TestLinkDown(t *testing.T) {
	t.Parallel()
	a, b := realtime(t).pair()
	l, err := a.OpenLink(t.Context(), "eth0", nil)
	if err != nil {
		t.Fatal(err)
	}
	frames := make([]network.Frame, 1)
	for n := 1; n < 3; n++ {
		time.AfterFunc(10*time.Millisecond, func() { a.Config().SetUp("eth0", false) })
		var err error
		for ; err == nil; _, err = l.ReadFrames(frames) { // the stacks may have something to say before
		}
		if !errors.Is(err, syscall.ENETDOWN) {
			t.Errorf("down: %v", err)
		}
		if _, err := l.WriteFrames(t.Context(), 1, func(_ int, slot []byte) int { return 60 }); !errors.Is(err, syscall.ENETDOWN) {
			t.Errorf("write: %v", err)
		}
		if _, err := a.OpenLink(t.Context(), "eth0", nil); !errors.Is(err, syscall.ENETDOWN) {
			t.Errorf("open: %v", err)
		}
		if downs := l.Stats().Downs; downs != uint64(n) {
			t.Errorf("%d downs", downs)
		}
		a.Config().SetUp("eth0", true)
		p, _ := b.Packet(t.Context(), "udp", &network.SockOpts{Broadcast: true})
		if _, err := p.WriteTo(nil, udpAddr("10.0.0.255:9")); err != nil {
			t.Fatal(err)
		}
		if _, err := l.ReadFrames(frames); err != nil {
			t.Errorf("up again: %v", err)
		}
		err = nil
		for l.SetReadDeadline(time.Now().Add(50 * time.Millisecond)); err == nil; _, err = l.ReadFrames(frames) {
		}
		l.SetReadDeadline(time.Time{})
	}
	read := func() (err error) {
		for err == nil {
			_, err = l.ReadFrames(frames)
		}
		return err
	}
	l.SetReadDeadline(time.Now().Add(10 * time.Millisecond))
	if err := read(); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("deadline: %v", err)
	}
	time.AfterFunc(10*time.Millisecond, func() { l.Close() })
	l.SetReadDeadline(time.Time{})
	if err := read(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("closed: %v", err)
	}
}

// A deadline of reads that changes ends no write: who reads says every now and then how long, while another sends.
func TestReadDeadlineEndsNoWrite(t *testing.T) {
	t.Parallel()
	w, clock := simulated(t)
	a, _ := w.pair()
	a.ports[0].Link().Impair(a.ports[0], wire.Impairment{Rate: 1e6, Queue: 2})
	l, err := a.OpenLink(t.Context(), "eth0", nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		clock.AfterFunc(time.Millisecond, func() { l.SetReadDeadline(clock.Now().Add(time.Second)) })
		if _, err := l.WriteFrames(t.Context(), 1, func(int, []byte) int { return 1000 }); err != nil {
			t.Errorf("frame %d: %v", i, err)
		}
	}
}

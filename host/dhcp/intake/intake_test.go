package intake

import (
	"context"
	"errors"
	"net"
	"os"
	"testing"
	"time"

	"moonwire/host/network"
)

// bench is an intake of texts on a socket of its own, and somebody who sends there. "noise" is no request.
func bench(t *testing.T) (i *Intake[string], send func(string)) {
	ctx := context.Background()
	n := network.Kernel()
	conn, err := n.ListenPacket(ctx, "udp4", "127.0.0.1:0", nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	out, err := net.Dial("udp4", conn.LocalAddr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { out.Close() })
	none := func() {}
	i = &Intake[string]{Context: ctx, Conn: conn, Clock: n.Clock(), Flush: none, Work: none, Failed: none,
		Next: func() time.Time { return time.Time{} },
		Understand: func(b []byte, _ network.Meta) *string {
			if s := string(b); s != "noise" {
				return &s
			}
			return nil
		}}
	return i, func(s string) {
		if _, err := out.Write([]byte(s)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestReceive(t *testing.T) {
	t.Parallel()
	i, send := bench(t)
	for _, s := range []string{"noise", "a", "b", "noise", "c"} {
		send(s)
	}
	got := ""
	for len(got) < 3 {
		list, err := i.Receive(time.Time{}, 2)
		if err != nil || len(list) > 2 {
			t.Fatalf("%d requests, %v", len(list), err)
		}
		for _, s := range list {
			got += *s
		}
	}
	if got != "abc" {
		t.Errorf("received %q", got)
	}
}

func TestEnds(t *testing.T) {
	t.Parallel()
	i, _ := bench(t)
	if _, err := i.Receive(i.Clock.Now().Add(time.Millisecond), -1); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("at its time: %v", err)
	}
	done := make(chan struct{})
	go func() { // an interruption ends a wait that has begun
		for {
			select {
			case <-done:
				return
			case <-time.After(time.Millisecond):
				i.Interrupt()
			}
		}
	}()
	if _, err := i.Receive(time.Time{}, -1); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("interrupted: %v", err)
	}
	close(done)
	i.Conn.Close()
	if _, err := i.Receive(time.Time{}, -1); !errors.Is(err, net.ErrClosed) {
		t.Errorf("closed: %v", err)
	}
}

// TestWork waits for ever but for what is due.
func TestWork(t *testing.T) {
	t.Parallel()
	i, send := bench(t)
	due := i.Clock.Now().Add(5 * time.Millisecond)
	i.Next = func() time.Time { return due }
	i.Work = func() {
		if !due.IsZero() && !due.After(i.Clock.Now()) {
			due = time.Time{}
			send("worked")
		}
	}
	list, err := i.Receive(time.Time{}, -1)
	if err != nil || len(list) != 1 || *list[0] != "worked" {
		t.Errorf("received %v, %v", list, err)
	}
}

//go:build unix

package network

import (
	"context"
	"errors"
	"net"
	"testing"
	"time"
)

// plain hides that a socket is the kernel's, as those of another world are not.
type plain struct{ Socket }

// watched tells what it knows of a socket by notifications, as those of a lab do.
type watched struct{ Socket }

func (w watched) Watch(ev Event, notify func()) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		w.Ready(ctx, ev)
		notify()
	}()
	return cancel
}

func TestSelect(t *testing.T) {
	for name, wrap := range map[string]func(Socket) Socket{
		"kernel":  func(s Socket) Socket { return s },
		"foreign": func(s Socket) Socket { return plain{s} },
		"watched": func(s Socket) Socket { return watched{s} },
	} {
		t.Run(name, func(t *testing.T) {
			quiet, _ := connPair(t, "tcp4", "127.0.0.1:0")
			near, far := connPair(t, "tcp4", "127.0.0.1:0")
			ws := []Wait{{Socket: wrap(quiet), Event: Readable}, {Socket: wrap(near), Event: Readable}, {Socket: wrap(near), Event: Readable}}
			if err := Select(done(), ws); !errors.Is(err, context.Canceled) {
				t.Error("nothing is there:", err)
			}
			short, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
			defer cancel()
			if err := Select(short, ws); !errors.Is(err, context.DeadlineExceeded) {
				t.Error("nothing comes:", err)
			}
			go func() { time.Sleep(5 * time.Millisecond); far.Write([]byte("x")) }()
			if err := Select(soon(t), ws); err != nil || ws[0].Ready != 0 || ws[1].Ready != Readable || ws[2].Ready != Readable {
				t.Error(ws, err)
			}
			both := []Wait{{Socket: wrap(near), Event: Readable | Writable}, {Socket: wrap(quiet), Event: Readable | Writable}}
			if err := Select(done(), both); err != nil || both[0].Ready != Readable|Writable || both[1].Ready != Writable {
				t.Error(both, err)
			}
			go func() { time.Sleep(5 * time.Millisecond); quiet.Close() }()
			if err := Select(soon(t), ws[:1]); !errors.Is(err, net.ErrClosed) {
				t.Error("closed meanwhile:", err)
			}
		})
	}
}

type aroundSocket struct{ Socket }

func (a aroundSocket) Unwrap() Socket { return a.Socket }

// Select waits on a kernel's socket that is wrapped as on a bare one, by its descriptor.
func TestSelectWrapped(t *testing.T) {
	a, err := Kernel().ListenPacket(soon(t), "udp", "127.0.0.1:0", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if _, err := a.WriteTo([]byte("x"), a.LocalAddr()); err != nil {
		t.Fatal(err)
	}
	ws := []Wait{{Socket: aroundSocket{a}, Event: Readable}}
	if done, err := selectKernel(soon(t), ws); !done || err != nil || ws[0].Ready != Readable {
		t.Error(done, err, ws)
	}
}

package sockets_test

import (
	"errors"
	"io"
	"net"
	"runtime"
	"testing"
	"time"

	"moonwire/host/network"
)

// Closing a network ends all that waits on it, and leaves no goroutine.
func TestClose(t *testing.T) {
	before := runtime.NumGoroutine()
	t.Run("closed", func(t *testing.T) {
		a, b := realtime(t).pair()
		l, _ := b.Listen(t.Context(), "tcp", "10.0.0.2:7", nil)
		quiet, _ := b.Listen(t.Context(), "tcp", "10.0.0.2:8", nil)
		c, err := a.Dial(t.Context(), "tcp", "10.0.0.2:7", nil)
		if err != nil {
			t.Fatal(err)
		}
		s, _ := l.Accept()
		p, _ := a.ListenPacket(t.Context(), "udp", "10.0.0.1:9", nil)
		ping, _ := a.Packet(t.Context(), "ping4", nil)
		raw, _ := a.Packet(t.Context(), "ip4:89", nil)
		eth, _ := a.OpenLink(t.Context(), "eth0", nil)
		buf := func() []byte { return make([]byte, 9) }
		waits := []func() error{
			func() error { _, err := c.Read(buf()); return err },
			func() error { _, err := s.Read(buf()); return err },
			func() error { _, err := quiet.Accept(); return err },
			func() error { _, _, err := p.ReadMsg(buf()); return err },
			func() error { _, err := p.ReadError(t.Context()); return err },
			func() error { return ping.Ready(t.Context(), network.Readable) },
			func() error { _, _, err := raw.ReadMsg(buf()); return err },
			func() (err error) {
				for err == nil { // it sees how the others end
					_, err = eth.ReadFrames(make([]network.Frame, 1))
				}
				return err
			},
			func() error {
				return network.Select(t.Context(), []network.Wait{{Socket: ping, Event: network.Readable}, {Socket: raw, Event: network.Readable}})
			},
		}
		ended := make(chan error)
		for _, f := range waits {
			go func() { ended <- f() }()
		}
		time.Sleep(20 * time.Millisecond)
		b.Close()
		a.Close()
		for i := range waits {
			select {
			case err := <-ended:
				var refused *net.OpError
				if !errors.Is(err, net.ErrClosed) && !errors.As(err, &refused) && err != io.EOF {
					t.Error(err)
				}
			case <-time.After(time.Minute):
				t.Fatalf("%d of %d waits never ended", len(waits)-i, len(waits))
			}
		}
		if p, err := a.ListenPacket(t.Context(), "udp", "10.0.0.1:9", nil); err != nil {
			t.Errorf("opened again: %v", err)
		} else {
			p.Close()
		}
	})
	for range 6000 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d goroutines, %d before", runtime.NumGoroutine(), before)
}

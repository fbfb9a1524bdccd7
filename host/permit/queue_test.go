package permit

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"os"
	"testing"
	"time"

	"moonwire/host/network"
)

// TestQueue ends the wait for a datagram's time, which is some minutes away, in every way.
func TestQueue(t *testing.T) {
	t.Parallel()
	to := net.UDPAddrFromAddrPort(netip.MustParseAddrPort("127.0.0.1:9"))
	for _, tt := range []struct {
		name string
		end  func(network.PacketConn)
	}{
		{"interrupt", network.PacketConn.Interrupt},
		{"close", func(s network.PacketConn) { s.Close() }},
		{"deadline", nil},
	} {
		n := (&Policy{Allow: grants(t, "net 127.0.0.1/udp; rate 0.001/s")}).Network(network.Kernel())
		s, err := n.Packet(soon(t), "udp4", nil)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if _, err := s.WriteTo([]byte("first"), to); err != nil {
			t.Fatal(err)
		}
		if tt.end == nil {
			s.SetWriteDeadline(time.Now().Add(time.Millisecond))
		}
		ended := make(chan error, 1)
		go func() {
			_, err := s.WriteTo([]byte("second"), to)
			ended <- err
		}()
		for over := false; !over; {
			select {
			case err := <-ended:
				if over = true; !errors.Is(err, os.ErrDeadlineExceeded) {
					t.Errorf("%s: %v", tt.name, err)
				}
			case <-time.After(time.Millisecond):
				if tt.end != nil {
					tt.end(s) // again and again, as the wait may begin later than the first one
				}
			}
		}
	}
}

// TestPlaceGivenBack holds that a wait which was cut short costs those that follow nothing.
func TestPlaceGivenBack(t *testing.T) {
	p := (&Policy{Allow: grants(t, "rate 1/s")}).paced()
	clock, ctx := &still{now: time.Unix(1000, 0)}, soon(t)
	if _, err := p.take(ctx, clock, 1); err != nil {
		t.Fatal(err)
	}
	next := p.next
	for range 9 {
		if _, err := p.take(ctx, impatient{clock}, 1); err == nil {
			t.Error("nothing cut it short")
		}
	}
	if p.next != next {
		t.Errorf("the next one's time went from %v to %v", next, p.next)
	}
}

// impatient is a clock that nobody sleeps by.
type impatient struct{ network.Clock }

func (impatient) Sleep(context.Context, time.Duration) error { return context.Canceled }

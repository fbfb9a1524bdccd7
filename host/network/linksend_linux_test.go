package network_test

import (
	"bytes"
	"context"
	"errors"
	"net"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"moonwire/host/network"
	"moonwire/host/network/nettest"
)

var sendMethods = []string{"mmsg", "write", "ring", "xdp"}

func TestLinkSend(t *testing.T) {
	t.Parallel()
	if !nettest.Inside(t) {
		return
	}
	nettest.OneProcessor(t)
	for _, method := range sendMethods {
		t.Run(method, func(t *testing.T) {
			for _, only := range []bool{true, false} {
				p := nettest.NewPair(t) // what is sent last may come late
				a := openLink(t, p.Left, "right", &network.LinkOpts{Method: method, SendOnly: only})
				testSendAll(t, p, a, method)
				testSendRefused(t, p, a)
				testSendWait(t, p, a)
				a.Close()
			}
		})
	}
	t.Run("choice", func(t *testing.T) { testSendChoice(t, nettest.NewPair(t)) })
	t.Run("longest", testSendLongest)
}

// testSendAll sends more than any method's memory holds, of all lengths, and closes right behind.
func testSendAll(t *testing.T, p nettest.Pair, a network.LinkConn, method string) {
	if a.Method() != method {
		t.Error(a.Method())
	}
	b := openLink(t, p.Right, "left", &network.LinkOpts{Filter: onlyType(testType), Promiscuous: true})
	size := func(i int) int { return 60 + i*7%(1514-59) }
	const count = 5000
	sent, err := a.WriteFrames(t.Context(), count, func(i int, slot []byte) int {
		clear(slot)
		copy(slot, numbered(i))
		slot[size(i)-1] = 0xee
		return size(i)
	})
	if sent != count || err != nil {
		t.Fatal(sent, err)
	}
	for _, f := range arrived(t, p, b, count) {
		if len(f.Data) != size(number(f)) || f.Data[len(f.Data)-1] != 0xee {
			t.Fatalf("frame %d: %d bytes", number(f), len(f.Data))
		}
	}
	if s := a.Stats(); s.Sent != count || s.SendErrors != 0 {
		t.Errorf("%+v", s)
	}
}

// testSendRefused has frames in the middle that no wire takes. The others go out, each once.
func testSendRefused(t *testing.T, p nettest.Pair, a network.LinkConn) {
	b := openLink(t, p.Right, "left", &network.LinkOpts{Filter: onlyType(testType), Promiscuous: true})
	for _, tt := range []struct {
		size int
		want error
	}{{1519, unix.EMSGSIZE}, {0, unix.EINVAL}, {13, unix.EINVAL}, {1518, unix.EMSGSIZE}} { // 1518 is for tagged frames
		if tt.size == 1518 && a.Method() == "xdp" {
			continue // the driver decides
		}
		errs := a.Stats().SendErrors
		sent, err := a.WriteFrames(t.Context(), 100, func(i int, slot []byte) int {
			if i == 70 {
				copy(slot, numbered(i))
				return tt.size
			}
			return copy(slot, numbered(i))
		})
		if sent != 70 || !errors.Is(err, tt.want) {
			t.Fatalf("%d bytes: %d %v", tt.size, sent, err)
		}
		if got := a.Stats().SendErrors; got != errs+1 {
			t.Error(got)
		}
		send(t, a, numbered(1000))
		for i, f := range readSent(t, p, b, 71) {
			if want := numbered(i); i < 70 && !bytes.Equal(f.Data, want) || i == 70 && !bytes.Equal(f.Data, numbered(1000)) {
				t.Fatalf("frame %d: % x", i, f.Data)
			}
		}
	}
}

// testSendWait stops in the middle of very many.
func testSendWait(t *testing.T, p nettest.Pair, a network.LinkConn) {
	ctx, cancel := context.WithCancel(t.Context())
	sent, err := a.WriteFrames(ctx, 1<<30, func(i int, slot []byte) int {
		if i == 1000 {
			cancel()
		}
		return copy(slot, numbered(i))
	})
	if !errors.Is(err, context.Canceled) || sent < 1 {
		t.Error(sent, err)
	}
}

func testSendChoice(t *testing.T, p nettest.Pair) {
	for _, tt := range []struct{ method, want string }{{"", "mmsg"}, {"bulk", "xdp"}} {
		l := openLink(t, p.Left, "right", &network.LinkOpts{Method: tt.method})
		if l.Method() != tt.want {
			t.Errorf("%q is %s", tt.method, l.Method())
		}
		defer l.Close()
	}
	if l := openLink(t, p.Left, "right", &network.LinkOpts{Method: "bulk", SendOnly: true}); l.Method() != "ring" {
		t.Error("AF_XDP is taken, and yet it is", l.Method())
	}
	if _, err := p.Left.Network.OpenLink(t.Context(), "right", &network.LinkOpts{Method: "pigeon"}); err == nil {
		t.Error("no such method")
	}
	l := openLink(t, p.Left, "right", &network.LinkOpts{SendOnly: true})
	if _, err := l.ReadFrames(make([]network.Frame, 1)); !errors.Is(err, unix.EOPNOTSUPP) {
		t.Error(err)
	}
}

// testSendLongest sends 64 KiB over loopback.
func testSendLongest(t *testing.T) {
	n := nettest.NewNode(t)
	b := openLink(t, n, "lo", &network.LinkOpts{Filter: onlyType(testType)})
	for _, method := range []string{"mmsg", "write", "ring", "bulk"} {
		a := openLink(t, n, "lo", &network.LinkOpts{Method: method})
		frame := make([]byte, 65536+14)
		copy(frame, numbered(1))
		frame[len(frame)-1] = 7
		send(t, a, frame, frame)
		for _, f := range read(t, b, 2) {
			if !bytes.Equal(f.Data, frame) {
				t.Errorf("%s: %d bytes", method, len(f.Data))
			}
		}
	}
	if _, err := n.Network.OpenLink(t.Context(), "lo", &network.LinkOpts{Method: "xdp"}); !errors.Is(err, unix.EMSGSIZE) {
		t.Error(err)
	}
}

func TestLinkLoss(t *testing.T) {
	t.Parallel()
	if !nettest.Inside(t) {
		return
	}
	nettest.OneProcessor(t)
	t.Run("overload", testOverload)
	t.Run("reader away", testReaderAway)
	t.Run("close", testCloseWhileReading)
}

// testOverload sends into a small ring that nobody reads: what was sent is read or counted as lost, exactly.
func testOverload(t *testing.T) {
	p := nettest.NewPair(t)
	a := openLink(t, p.Left, "right", &network.LinkOpts{SendOnly: true})
	b := openLink(t, p.Right, "left", &network.LinkOpts{Filter: onlyType(testType), Promiscuous: true, Buffer: 1 << 20})
	const count = 200000
	if n, err := a.WriteFrames(t.Context(), count, func(i int, slot []byte) int { return copy(slot, numbered(i)) }); n != count || err != nil {
		t.Fatal(n, err)
	}
	arrived(t, p, b, count)
	lost := b.Stats().KernelDrops
	if lost == 0 || lost >= count {
		t.Fatal("lost", lost)
	}
	b.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
	if n, err := b.ReadFrames(make([]network.Frame, 1)); err == nil {
		t.Errorf("%d frames more than were sent", n)
	}
	if s := b.Stats(); s.Received != count || s.KernelDrops != lost || s.RingDrops != 0 {
		t.Errorf("%+v", s)
	}
}

// testReaderAway sends few frames over a long time, which the kernel puts into a block each. A try in which nobody came to
// relieve the ring, since the machine was busy elsewhere, is made again.
func testReaderAway(t *testing.T) {
	p := nettest.NewPair(t)
	a := openLink(t, p.Left, "right", nil)
	for end := time.Now().Add(time.Minute); ; {
		lost := sendScattered(t, p, a)
		if lost == 0 {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%d frames are lost, try after try", lost)
		}
	}
}

// sendScattered sends frames to a link that reads them afterwards, and returns how many the link counts as lost.
func sendScattered(t *testing.T, p nettest.Pair, a network.LinkConn) (lost uint64) {
	t.Helper()
	const count = 200
	b := openLink(t, p.Right, "left", &network.LinkOpts{Filter: onlyType(testType), Promiscuous: true, Buffer: 4 << 20}) // 32 blocks
	defer b.Close()
	for i := range count {
		send(t, a, numbered(i))
		time.Sleep(3 * time.Millisecond)
	}
	arrived(t, p, b, count)
	return b.Stats().KernelDrops
}

// testCloseWhileReading closes links that are in use, in every order.
func testCloseWhileReading(t *testing.T) {
	p := nettest.NewPair(t)
	for _, method := range sendMethods {
		for range 3 {
			a := openLink(t, p.Left, "right", &network.LinkOpts{Method: method})
			b := openLink(t, p.Right, "left", nil)
			var all sync.WaitGroup
			all.Go(func() {
				_, err := a.WriteFrames(t.Context(), 1<<30, func(i int, slot []byte) int { return copy(slot, numbered(i)) })
				if !errors.Is(err, net.ErrClosed) {
					t.Error(err)
				}
			})
			all.Go(func() {
				into, sum := make([]network.Frame, 100), byte(0)
				for {
					n, err := b.ReadFrames(into)
					if err != nil {
						if !errors.Is(err, net.ErrClosed) {
							t.Error(err)
						}
						return
					}
					time.Sleep(time.Millisecond)
					for _, f := range into[:n] {
						sum += f.Data[len(f.Data)-1]
					}
				}
			})
			all.Go(func() {
				for range 20 {
					b.Stats()
					b.SetFilter(nil)
				}
			})
			counted(b, 1)
			all.Go(func() { a.Close() })
			all.Go(func() { b.Close() })
			all.Wait()
			if s := b.Stats(); s.Received == 0 {
				t.Errorf("the counts stay: %+v", s)
			}
		}
	}
}

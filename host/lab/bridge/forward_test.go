package bridge

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"net/netip"
	"os"
	"syscall"
	"testing"
	"time"

	"moonwire/host/network"
)

// simulated is a world whose clock is.
type simulated struct{ network.Network }

func (s simulated) Clock() network.Clock { return simulatedClock{s.Network.Clock()} }

type simulatedClock struct{ network.Clock }

func (simulatedClock) Virtual() bool { return true }

var loopback = netip.MustParseAddrPort("127.0.0.1:0")

// forward joins a port of this machine to target.
func forward(t *testing.T, f Forward) *Forwarder {
	t.Helper()
	if !f.Listen.IsValid() {
		f.Listen = loopback
	}
	f.From, f.To = network.Kernel(), network.Kernel()
	w, err := OpenForward(context.Background(), f)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w
}

// server accepts one connection after the other and hands each to serve.
func server(t *testing.T, serve func(*net.TCPConn)) netip.AddrPort {
	t.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go serve(c.(*net.TCPConn))
		}
	}()
	return netip.MustParseAddrPort(l.Addr().String())
}

// dial connects to a forwarded port.
func dial(t *testing.T, w *Forwarder) *net.TCPConn {
	t.Helper()
	c, err := net.Dial("tcp4", w.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	c.SetDeadline(time.Now().Add(time.Minute))
	return c.(*net.TCPConn)
}

// wantReset connects and is thrown out, which connect(2) may notice already.
func wantReset(t *testing.T, w *Forwarder) {
	t.Helper()
	c, err := net.Dial("tcp4", w.Addr().String())
	if err == nil {
		defer c.Close()
		c.SetDeadline(time.Now().Add(time.Minute))
		_, err = c.Read(make([]byte, 1))
	}
	if !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("the client got %v; want a reset", err)
	}
}

// swap sends b while it receives, and returns what came when both have ended.
func swap(c interface {
	io.ReadWriter
	CloseWrite() error
}, b []byte) []byte {
	sent := make(chan struct{})
	go func() {
		defer close(sent)
		c.Write(b)
		c.CloseWrite()
	}()
	got, _ := io.ReadAll(c)
	<-sent
	return got
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	r := rand.NewChaCha8([32]byte{1})
	r.Read(b)
	return b
}

// eventually waits for what other goroutines do.
func eventually(t *testing.T, what string, f func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !f(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("not within a minute: " + what)
		}
	}
}

func TestForwardBothWays(t *testing.T) {
	t.Parallel()
	there, back := randomBytes(1<<20), randomBytes(1<<20+1)
	got := make(chan []byte, 1)
	w := forward(t, Forward{Protocol: "tcp", Target: server(t, func(c *net.TCPConn) {
		defer c.Close()
		got <- swap(c, back)
	})})
	c := dial(t, w)
	if answer := swap(c, there); !bytes.Equal(answer, back) {
		t.Errorf("%d bytes came back; want %d", len(answer), len(back))
	}
	if !bytes.Equal(<-got, there) {
		t.Error("the server got something else")
	}
	eventually(t, "the connection is over", func() bool { return w.Stats().Active == 0 })
	if s := w.Stats(); s != (ForwardStats{Clients: 1, BytesIn: 1 << 20, BytesOut: 1<<20 + 1}) {
		t.Errorf("stats are %+v", s)
	}
}

// TestForwardHalfClose sends an answer only after the client's end.
func TestForwardHalfClose(t *testing.T) {
	t.Parallel()
	w := forward(t, Forward{Protocol: "tcp", Target: server(t, func(c *net.TCPConn) {
		defer c.Close()
		b, _ := io.ReadAll(c)
		c.Write(append([]byte("you said "), b...))
	})})
	c := dial(t, w)
	c.Write([]byte("hello"))
	c.CloseWrite()
	if b, err := io.ReadAll(c); string(b) != "you said hello" || err != nil {
		t.Errorf("got %q, %v", b, err)
	}
}

// TestForwardReset passes a reset on, in both directions.
func TestForwardReset(t *testing.T) {
	t.Parallel()
	ended := make(chan error, 1)
	w := forward(t, Forward{Protocol: "tcp", Target: server(t, func(c *net.TCPConn) {
		defer c.Close()
		b := make([]byte, 1)
		c.Read(b)
		if b[0] == 'r' {
			c.SetLinger(0)
			return
		}
		_, err := c.Read(b)
		ended <- err
	})})
	c := dial(t, w)
	c.Write([]byte("r"))
	if _, err := c.Read(make([]byte, 1)); !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("the client got %v; want a reset", err)
	}
	c = dial(t, w)
	c.Write([]byte("w"))
	eventually(t, "the byte is through", func() bool { return w.Stats().BytesIn == 2 })
	c.SetLinger(0)
	c.Close()
	if err := <-ended; !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("the server got %v; want a reset", err)
	}
}

func TestForwardRefused(t *testing.T) {
	t.Parallel()
	bound, err := network.Kernel().Stream(t.Context(), "tcp4", nil) // and doesn't listen
	if err != nil {
		t.Fatal(err)
	}
	defer bound.Close()
	if err := bound.Bind(t.Context(), "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	nobody := netip.MustParseAddrPort(bound.LocalAddr().String())
	w := forward(t, Forward{Protocol: "tcp", Target: nobody})
	wantReset(t, w)
	eventually(t, "the connection is over", func() bool { return w.Stats().Active == 0 })
	if s := w.Stats(); s.Failed != 1 || s.LastError == "" || s.Clients != 0 {
		t.Errorf("stats are %+v", s)
	}
}

func TestForwardLimit(t *testing.T) {
	t.Parallel()
	w := forward(t, Forward{Protocol: "tcp", Limit: 1, Target: server(t, func(c *net.TCPConn) {
		defer c.Close()
		io.Copy(c, c)
	})})
	first := dial(t, w)
	first.Write([]byte("x"))
	if _, err := io.ReadFull(first, make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	wantReset(t, w)
	if s := w.Stats(); s.Refused != 1 || s.Active != 1 {
		t.Errorf("stats are %+v", s)
	}
	first.Close()
	eventually(t, "there is room again", func() bool { return w.Stats().Active == 0 })
}

// TestForwardClose ends connections that are open and leaves the port free.
func TestForwardClose(t *testing.T) {
	t.Parallel()
	w := forward(t, Forward{Protocol: "tcp", Target: server(t, func(c *net.TCPConn) {
		defer c.Close()
		io.Copy(c, c)
	})})
	c := dial(t, w)
	c.Write([]byte("x"))
	if _, err := io.ReadFull(c, make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	w.Close()
	if _, err := c.Read(make([]byte, 1)); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("after Close the client got %v", err)
	}
	again := forward(t, Forward{Protocol: "tcp", Listen: netip.MustParseAddrPort(w.Addr().String()), Target: loopback})
	again.Close()
	again.Close()
}

// echoes answers datagrams from the port they came to, or from another one as TFTP does.
func echoes(t *testing.T, elsewhere bool) netip.AddrPort {
	t.Helper()
	listen := func() *net.UDPConn {
		p, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { p.Close() })
		return p
	}
	door := listen()
	serve := func(in, out *net.UDPConn, name string) {
		b := make([]byte, maxDatagram)
		for {
			n, from, err := in.ReadFromUDPAddrPort(b)
			if err != nil {
				return
			}
			out.WriteToUDPAddrPort(append([]byte(name), b[:n]...), from)
		}
	}
	out := door
	if elsewhere {
		out = listen()
		go serve(out, out, "other port: ")
	}
	go serve(door, out, "door: ")
	return netip.MustParseAddrPort(door.LocalAddr().String())
}

func ask(t *testing.T, w *Forwarder, questions ...string) (answers []string) {
	t.Helper()
	c, err := net.Dial("udp4", w.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(time.Minute))
	b := make([]byte, maxDatagram)
	for _, q := range questions {
		c.Write([]byte(q))
		n, err := c.Read(b)
		if err != nil {
			t.Fatal(err)
		}
		answers = append(answers, string(b[:n]))
	}
	return answers
}

func TestForwardDatagrams(t *testing.T) {
	t.Parallel()
	w := forward(t, Forward{Protocol: "udp", Target: echoes(t, false)})
	if got := ask(t, w, "one", ""); got[0] != "door: one" || got[1] != "door: " {
		t.Errorf("got %q", got)
	}
	want := ForwardStats{Clients: 1, Active: 1, BytesIn: 3, BytesOut: 15, MessagesIn: 2, MessagesOut: 2}
	eventually(t, "the datagrams are counted", func() bool { return w.Stats() == want })
}

// TestForwardOtherPort goes on with the port that answered.
func TestForwardOtherPort(t *testing.T) {
	t.Parallel()
	w := forward(t, Forward{Protocol: "udp", Target: echoes(t, true)})
	if got := ask(t, w, "read", "ack"); got[0] != "door: read" || got[1] != "other port: ack" {
		t.Errorf("got %q", got)
	}
}

func TestForwardIdle(t *testing.T) {
	t.Parallel()
	w := forward(t, Forward{Protocol: "udp", Target: echoes(t, false), Idle: 20 * time.Millisecond, Limit: 1})
	for range 2 { // the second finds room
		c, err := net.Dial("udp4", w.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		eventually(t, "an answer is there before the client is forgotten", func() bool {
			c.Write([]byte("x"))
			c.SetReadDeadline(time.Now().Add(time.Second))
			_, err := c.Read(make([]byte, 100))
			return err == nil
		})
		eventually(t, "the client is forgotten", func() bool { return w.Stats().Active == 0 })
	}
	if s := w.Stats(); s.Clients < 2 {
		t.Errorf("stats are %+v", s)
	}
}

func TestForwardRefuses(t *testing.T) {
	t.Parallel()
	k := network.Kernel()
	taken, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, tt := range []struct {
		name string
		f    Forward
		want error
	}{
		{"simulated time there", Forward{Protocol: "tcp", From: k, To: simulated{k}, Listen: loopback}, ErrSimulated},
		{"simulated time here", Forward{Protocol: "udp", From: simulated{k}, To: k, Listen: loopback}, ErrSimulated},
		{"a port in use", Forward{Protocol: "tcp", From: k, To: k, Listen: netip.MustParseAddrPort(taken.Addr().String())}, syscall.EADDRINUSE},
		{"a protocol without ports", Forward{Protocol: "icmp", From: k, To: k, Listen: loopback}, net.UnknownNetworkError("icmp")},
	} {
		if w, err := OpenForward(context.Background(), tt.f); !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v, %v", tt.name, w, err)
		}
	}
}

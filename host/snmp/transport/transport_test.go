package transport_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/netip"
	"os"
	"syscall"
	"testing"
	"testing/iotest"
	"time"

	"moonwire/host/network"
	"moonwire/host/snmp/transport"
)

var kernel = network.Kernel()

// soon is a moment that a test which works never waits for.
func soon() time.Time { return time.Now().Add(time.Minute) }

// echo is a UDP server on loopback that sends back what it gets.
func echo(t *testing.T, network, addr string) netip.AddrPort {
	t.Helper()
	c, err := net.ListenPacket(network, addr)
	if err != nil {
		t.Skipf("%s: %v", addr, err)
	}
	t.Cleanup(func() { c.Close() })
	go func() {
		b := make([]byte, transport.Longest)
		for {
			n, from, err := c.ReadFrom(b)
			if err != nil {
				return
			}
			c.WriteTo(b[:n], from)
		}
	}()
	return c.LocalAddr().(*net.UDPAddr).AddrPort()
}

func openDatagrams(t *testing.T, family string) *transport.Datagrams {
	t.Helper()
	d, err := transport.OpenDatagrams(t.Context(), kernel, family, netip.AddrPort{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func TestDatagrams(t *testing.T) {
	t.Parallel()
	v4, v6 := echo(t, "udp4", "127.0.0.1:0"), echo(t, "udp6", "[::1]:0")
	for _, tt := range []struct {
		family string
		to     []netip.AddrPort
	}{{"udp4", []netip.AddrPort{v4}}, {"udp6", []netip.AddrPort{v6}}, {"udp", []netip.AddrPort{v4, v6, v4}}} {
		d := openDatagrams(t, tt.family)
		for _, to := range tt.to {
			if err := d.Send(t.Context(), []byte("hello"), to, soon()); err != nil {
				t.Fatal(err)
			}
			a, err := d.Receive(t.Context(), soon())
			if err != nil || string(a.Data) != "hello" || a.From != to {
				t.Errorf("%s: %q from %v, %v; want from %v", tt.family, a.Data, a.From, err, to)
			}
		}
	}
}

// TestRefusal sends to a port where nobody listens.
func TestRefusal(t *testing.T) {
	t.Parallel()
	gone, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	to := gone.LocalAddr().(*net.UDPAddr).AddrPort()
	gone.Close()
	d := openDatagrams(t, "udp4")
	alive := echo(t, "udp4", "127.0.0.1:0")
	for range 3 {
		for _, a := range []netip.AddrPort{to, to, alive} {
			if err := d.Send(t.Context(), []byte("x"), a, soon()); err != nil {
				t.Fatal(err)
			}
		}
		refused, answered := 0, 0
		for answered == 0 || refused == 0 {
			a, err := d.Receive(t.Context(), soon())
			switch {
			case err != nil:
				t.Fatal(err)
			case a.Refusal == nil:
				answered++
			case a.From != to || !errors.Is(a.Refusal, syscall.ECONNREFUSED):
				t.Errorf("refused: %v by %v", a.Refusal, a.From)
			default:
				refused++
			}
		}
	}
}

// TestEnds ends a Receive by its moment, by its context and by Close.
func TestEnds(t *testing.T) {
	t.Parallel()
	d := openDatagrams(t, "udp4")
	d.Send(t.Context(), []byte("x"), netip.MustParseAddrPort("127.0.0.1:9"), soon())
	for _, tt := range []struct {
		name string
		end  func(cancel func())
		want error
	}{
		{"before", func(cancel func()) { cancel() }, context.Canceled},
		{"meanwhile", func(cancel func()) { time.AfterFunc(20*time.Millisecond, cancel) }, context.Canceled},
		{"closed", func(func()) { time.AfterFunc(20*time.Millisecond, func() { d.Close() }) }, net.ErrClosed},
	} {
		ctx, cancel := network.WithCancel(t.Context())
		tt.end(cancel)
		var err error
		for err == nil {
			_, err = d.Receive(ctx, soon())
		}
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
		cancel()
	}
	d = openDatagrams(t, "udp4")
	if _, err := d.Receive(t.Context(), time.Now().Add(10*time.Millisecond)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("at its moment: %v", err)
	}
}

// message is a BER sequence of n bytes of content.
func message(n int) []byte {
	head := []byte{0x30, byte(n)}
	if n > 127 {
		head = []byte{0x30, 0x82, byte(n >> 8), byte(n)}
	}
	return append(head, bytes.Repeat([]byte{7}, n)...)
}

// TestStream talks with a server that writes one byte at a time, and several messages at once.
func TestStream(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	answers := [][]byte{message(0), message(127), message(128), message(5000)}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			io.ReadFull(c, make([]byte, 3))
			all := bytes.Join(answers, nil)
			for i := range all[:300] {
				c.Write(all[i : i+1])
			}
			c.Write(all[300:])
			c.Close()
		}
	}()
	s := transport.NewStream(kernel)
	defer s.Close()
	for range 2 { // the second time, over a new connection
		if err := s.Send(t.Context(), message(1), l.Addr().(*net.TCPAddr).AddrPort(), soon()); err != nil {
			t.Fatal(err)
		}
		for _, want := range answers {
			a, err := s.Receive(t.Context(), soon())
			if err != nil || !bytes.Equal(a.Data, want) {
				t.Fatalf("%d bytes, %v; want %d", len(a.Data), err, len(want))
			}
		}
		if _, err := s.Receive(t.Context(), soon()); err != io.EOF {
			t.Fatalf("at the end: %v", err)
		}
	}
}

// TestStalled ends a Receive from, a Send to and a connection to agents that do nothing.
func TestStalled(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	to := l.Addr().(*net.TCPAddr).AddrPort()
	s := transport.NewStream(kernel)
	defer s.Close()
	if err := s.Send(t.Context(), message(1), to, soon()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Receive(t.Context(), time.Now().Add(10*time.Millisecond)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("receive: %v", err)
	}
	ctx, cancel := network.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	if _, err := s.Receive(ctx, soon()); !errors.Is(err, context.Canceled) {
		t.Errorf("receive: %v", err)
	}
	big := make([]byte, 64<<20) // more than both ends keep
	if err := s.Send(t.Context(), big, to, time.Now().Add(20*time.Millisecond)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("send: %v", err)
	}
	ctx, cancel = network.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	if err := s.Send(ctx, big, to, soon()); !errors.Is(err, context.Canceled) {
		t.Errorf("send: %v", err)
	}
}

func TestFrames(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, in string
		want     int // length of the first message; -1: none can come any more
	}{
		{"nothing", "", 0},
		{"a tag", "\x30", 0},
		{"empty", "\x30\x00", 2},
		{"short", "\x30\x03abc rest", 5},
		{"part", "\x30\x03ab", 0},
		{"long form", "\x30\x81\x02ab", 5},
		{"long form in part", "\x30\x82\x00", 0},
		{"longest form", "\x30\x84\x00\x00\x00\x01a", 7},
		{"zeros in front", "\x30\x88\x00\x00\x00\x00\x00\x00\x00\x01a", 11},
		{"other tag", "\x31\x00", -1},
		{"HTTP", "HTTP/1.1", -1},
		{"indefinite", "\x30\x80\x00\x00", -1},
		{"reserved", "\x30\xff", -1},
		{"too long", "\x30\x84\x01\x00\x00\x01", -1},
		{"far too long", "\x30\x88\xff\xff\xff\xff\xff\xff\xff\xff", -1},
	} {
		f, r := transport.Frames{}, iotest.OneByteReader(bytes.NewReader([]byte(tt.in)))
		got := 0
		for f.Fill(r) == nil && got == 0 {
			b, err := f.Next()
			if got = len(b); err != nil {
				got = -1
			}
		}
		if got != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.want)
		}
	}
}

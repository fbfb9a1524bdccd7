package sockets_test

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
	"time"

	"moonwire/host/network"
)

// over is a context that has ended.
func over() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}

func TestStreamEcho(t *testing.T) {
	t.Parallel()
	for _, addr := range []string{"10.0.0.2:7", "[fd00::2]:7"} {
		a, b := realtime(t).pair()
		l, err := b.Listen(t.Context(), "tcp", addr, nil)
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			c, err := l.Accept()
			if err == nil {
				io.Copy(c, c)
				c.Close()
			}
		}()
		c, err := a.Dial(t.Context(), "tcp", addr, nil)
		if err != nil {
			t.Fatal(err)
		}
		if c.RemoteAddr().String() != addr {
			t.Errorf("far end %v, want %s", c.RemoteAddr(), addr)
		}
		sent := bytes.Repeat([]byte("moonwire"), 100_000)
		go func() {
			c.Write(sent)
			c.CloseWrite()
		}()
		got, err := io.ReadAll(c)
		if err != nil || !bytes.Equal(got, sent) {
			t.Errorf("%s: %d bytes came back, want %d (%v)", addr, len(got), len(sent), err)
		}
	}
}

func TestStreamRefused(t *testing.T) {
	t.Parallel()
	a, b := realtime(t).pair()
	s, err := a.Stream(t.Context(), "tcp", nil)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		_, err = s.Connect(t.Context(), "10.0.0.2:9")
		if !errors.Is(err, syscall.ECONNREFUSED) {
			t.Fatalf("got %v, want connection refused", err)
		}
	}
	l, err := b.Listen(t.Context(), "tcp4", "10.0.0.2:9", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := s.Connect(t.Context(), "10.0.0.2:9"); err != nil {
		t.Fatal(err)
	}
	var op *net.OpError
	if _, err := s.Connect(t.Context(), "10.0.0.2:9"); !errors.As(err, &op) {
		_, err = s.Connect(t.Context(), "10.0.0.2:9")
		if !errors.Is(err, syscall.EISCONN) {
			t.Errorf("got %v, want already connected", err)
		}
	}
}

func TestStreamUnderWay(t *testing.T) {
	t.Parallel()
	a, b := realtime(t).pair()
	l, _ := b.Listen(t.Context(), "tcp4", "10.0.0.2:9", nil)
	s, _ := a.Stream(t.Context(), "tcp4", nil)
	c, err := s.Connect(over(), "10.0.0.2:9")
	if !errors.Is(err, os.ErrDeadlineExceeded) || c == nil {
		t.Fatalf("got %v, want a connection under way", err)
	}
	if err := c.Ready(t.Context(), network.Writable); err != nil {
		t.Fatal(err)
	}
	if v, _ := c.Option("error"); v != 0 {
		t.Errorf("error is %v", v)
	}
	if _, err := c.Write([]byte("x")); err != nil {
		t.Error(err)
	}
	l.Close()
}

func TestStreamDeadline(t *testing.T) {
	t.Parallel()
	a, b := realtime(t).pair()
	l, _ := b.Listen(t.Context(), "tcp4", "10.0.0.2:9", nil)
	c, err := a.Dial(t.Context(), "tcp", "10.0.0.2:9", nil)
	if err != nil {
		t.Fatal(err)
	}
	c.SetReadDeadline(time.Now().Add(10 * time.Millisecond))
	if _, err := c.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	c.SetReadDeadline(time.Time{})
	interrupted := make(chan error)
	go func() { _, err := c.Read(make([]byte, 1)); interrupted <- err }()
	for waits := true; waits; {
		c.Interrupt() // of no read that begins later
		select {
		case err := <-interrupted:
			if waits = false; !errors.Is(err, os.ErrDeadlineExceeded) {
				t.Errorf("interrupted: got %v", err)
			}
		case <-time.After(5 * time.Millisecond):
		}
	}
	time.AfterFunc(10*time.Millisecond, func() { a.Close() })
	if _, err := c.Read(make([]byte, 1)); !errors.Is(err, net.ErrClosed) {
		t.Errorf("closed: got %v", err)
	}
	l.Close()
	if _, err := l.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("closed: got %v", err)
	}
}

func TestStreamLoopback(t *testing.T) {
	t.Parallel()
	a, _ := realtime(t).pair()
	for _, addr := range []string{"127.0.0.1:80", "[::1]:80", "10.0.0.1:81"} {
		l, err := a.Listen(t.Context(), "tcp", addr, nil)
		if err != nil {
			t.Fatal(err)
		}
		c, err := a.Dial(t.Context(), "tcp", addr, nil)
		if err != nil {
			t.Fatal(err)
		}
		s, err := l.AcceptConn()
		if err != nil {
			t.Fatal(err)
		}
		if s.RemoteAddr().String() != c.LocalAddr().String() {
			t.Errorf("%v and %v", s.RemoteAddr(), c.LocalAddr())
		}
	}
}

// A guarded port answers nothing, and is free again afterwards.
func TestGuard(t *testing.T) {
	t.Parallel()
	a, b := realtime(t).pair()
	for _, family := range []string{"tcp", "udp"} {
		at := netip.MustParseAddrPort("10.0.0.2:9")
		g, err := b.GuardPort(t.Context(), family, at)
		if err != nil || g.Addr() != at {
			t.Fatal(g, err)
		}
		if _, err := b.GuardPort(t.Context(), family, at); !errors.Is(err, syscall.EADDRINUSE) {
			t.Errorf("guarded twice: %v", err)
		}
		p, _ := a.Packet(t.Context(), "udp", nil)
		p.Connect(udpAddr("10.0.0.2:9"))
		p.WriteTo([]byte("x"), nil)
		s, _ := a.Stream(t.Context(), "tcp", nil)
		patience := time.Minute
		if family == "tcp" { // nobody answers
			patience = 50 * time.Millisecond
		}
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		_, err = s.Connect(ctx, "10.0.0.2:9")
		cancel()
		if want := family == "tcp"; errors.Is(err, os.ErrDeadlineExceeded) != want {
			t.Errorf("%s: tcp: %v", family, err)
		}
		for end := time.Now().Add(time.Minute); ; {
			_, _, err = p.TryRead(make([]byte, 1))
			if family == "udp" || !errors.Is(err, os.ErrDeadlineExceeded) || time.Now().After(end) {
				break
			}
		}
		if want := family == "udp"; errors.Is(err, os.ErrDeadlineExceeded) != want {
			t.Errorf("%s: udp: %v", family, err)
		}
		g.Close()
		if _, err := a.Dial(t.Context(), "tcp", "10.0.0.2:9", nil); !errors.Is(err, syscall.ECONNREFUSED) {
			t.Errorf("%s: afterwards: %v", family, err)
		}
	}
}

//go:build unix

package network

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// done is a context that is over before it begins: a call with it looks once.
func done() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}

// needIPv6 skips a test on machines without it.
func needIPv6(t *testing.T) {
	t.Helper()
	l, err := net.Listen("tcp6", "[::1]:0")
	if err != nil {
		t.Skip("no IPv6 here:", err)
	}
	l.Close()
}

// soon bounds a test's wait.
func soon(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// connPair is a connection and its far end.
func connPair(t *testing.T, network, addr string) (near, far Conn) {
	t.Helper()
	l, err := Kernel().Listen(soon(t), network, addr, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if near, err = Kernel().Dial(soon(t), network, l.Addr().String(), nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { near.Close() })
	if far, err = l.AcceptConn(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { far.Close() })
	return near, far
}

func TestStreamsCarryBytesBothWays(t *testing.T) {
	for _, c := range []struct{ network, addr string }{
		{"tcp", "127.0.0.1:0"}, {"tcp4", "127.0.0.1:0"}, {"tcp", "[::1]:0"}, {"tcp6", "[::1]:0"},
		{"unix", filepath.Join(t.TempDir(), "s")},
	} {
		t.Run(c.network+" "+c.addr, func(t *testing.T) {
			if strings.HasPrefix(c.addr, "[") {
				needIPv6(t)
			}
			near, far := connPair(t, c.network, c.addr)
			big := bytes.Repeat([]byte("0123456789abcdef"), 1<<16)
			go func() { far.Write(big); far.CloseWrite() }()
			got, err := io.ReadAll(near)
			if err != nil || !bytes.Equal(got, big) {
				t.Fatalf("read %d bytes, %v", len(got), err)
			}
			if _, err := near.Write([]byte("bye")); err != nil {
				t.Fatal("half-closed far end must still read:", err)
			}
			b := make([]byte, 8)
			if n, err := far.Read(b); string(b[:n]) != "bye" {
				t.Fatal(n, err)
			}
			if near.RemoteAddr().String() != far.LocalAddr().String() {
				t.Error(near.RemoteAddr(), far.LocalAddr())
			}
		})
	}
}

func TestTryReadAndReady(t *testing.T) {
	near, far := connPair(t, "tcp", "127.0.0.1:0")
	b := make([]byte, 8)
	if _, err := near.TryRead(b); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Fatal(err)
	}
	if err := near.Ready(done(), Readable); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if err := near.Ready(done(), Writable); err != nil {
		t.Fatal(err)
	}
	go func() { time.Sleep(10 * time.Millisecond); far.Write([]byte("x")) }()
	if err := near.Ready(soon(t), Readable); err != nil {
		t.Fatal(err)
	}
	near.SetDeadline(past)
	if n, err := near.TryRead(b); n != 1 || err != nil {
		t.Fatal("data that waits is read whatever the deadline:", n, err)
	}
	far.Close()
	if err := near.Ready(soon(t), Readable); err != nil {
		t.Fatal(err)
	}
	if _, err := near.TryRead(b); err != io.EOF {
		t.Fatal(err)
	}
}

func TestTryWriteFillsTheBuffers(t *testing.T) {
	near, _ := connPair(t, "tcp", "127.0.0.1:0")
	b := make([]byte, 1<<16)
	total := 0
	for end := time.Now().Add(time.Minute); ; { // what is written moves on to the far end's buffer a little later
		n, err := near.TryWrite(b)
		total += n
		if err == nil {
			continue
		}
		if !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Fatal(err)
		}
		if near.Ready(done(), Writable) != nil {
			break
		}
		if time.Now().After(end) {
			t.Fatal("full, yet writable")
		}
	}
	if total == 0 {
		t.Fatal("nothing written")
	}
}

func TestConnectRefused(t *testing.T) {
	s, err := Kernel().Stream(soon(t), "tcp", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, err = s.Connect(soon(t), "127.0.0.1:1")
	if !errors.Is(err, syscall.ECONNREFUSED) {
		t.Fatal(err)
	}
	if want := "connect tcp 127.0.0.1:1: connect: connection refused"; err.Error() != want {
		t.Errorf("got %q, want %q", err, want)
	}
}

func TestConnectInSteps(t *testing.T) {
	l, err := Kernel().Listen(soon(t), "tcp", "127.0.0.1:0", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	s, err := Kernel().Stream(soon(t), "tcp", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	c, err := s.Connect(done(), l.Addr().String())
	if err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Fatal(err)
	}
	if err := c.Ready(soon(t), Writable); err != nil {
		t.Fatal(err)
	}
	if e, err := c.Option("error"); e != 0 || err != nil {
		t.Fatal(e, err)
	}
	s.Connect(soon(t), l.Addr().String()) // Linux answers the first one after the hand-shake with success
	if _, err := s.Connect(soon(t), l.Addr().String()); !errors.Is(err, syscall.EISCONN) {
		t.Fatal(err)
	}
}

func TestWaitsEnd(t *testing.T) {
	near, _ := connPair(t, "tcp", "127.0.0.1:0")
	b := make([]byte, 1)
	ends := func(what string, wait func() error, end func(), want error) {
		t.Helper()
		got := make(chan error, 1)
		go func() { got <- wait() }()
		for late := time.Now().Add(time.Minute); ; {
			select {
			case err := <-got:
				if !errors.Is(err, want) {
					t.Errorf("%s: %v, want %v", what, err, want)
				}
				return
			case <-time.After(20 * time.Millisecond):
				end() // the first may come before the wait has begun
			}
			if time.Now().After(late) {
				t.Fatal(what, " goes on")
			}
		}
	}
	read := func() error { _, err := near.Read(b); return err }
	ready := func() error { return near.Ready(context.Background(), Readable) }
	for range 2 { // a later wait works
		ends("interrupted read", read, near.Interrupt, os.ErrDeadlineExceeded)
		ends("interrupted ready", ready, near.Interrupt, os.ErrDeadlineExceeded)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ends("cancelled ready", func() error { return near.Ready(ctx, Readable) }, cancel, context.Canceled)
	near.SetReadDeadline(time.Now().Add(30 * time.Millisecond))
	ends("read with a deadline", read, func() {}, os.ErrDeadlineExceeded)
	near.SetReadDeadline(time.Time{})
	ends("ready on a closed socket", ready, func() { near.Close() }, net.ErrClosed)
	ends("read from a closed socket", read, func() {}, net.ErrClosed)
}

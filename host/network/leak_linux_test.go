package network

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// openDescriptors counts this process's, those of the runtime's poller included.
func openDescriptors(t *testing.T) int {
	t.Helper()
	list, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

// TestNothingIsLeft counts descriptors and goroutines after every way a socket can end. It isn't parallel with others.
func TestNothingIsLeft(t *testing.T) {
	round := func() {
		near, far := dialPair(t)
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		near.Ready(ctx, Readable)
		cancel()
		var all sync.WaitGroup
		all.Go(func() { io.Copy(io.Discard, far) })
		all.Go(func() { far.Ready(context.Background(), Writable) })
		all.Go(func() { near.Ready(context.Background(), Readable) })
		near.CloseWrite()
		near.Close()
		near.Close()
		all.Wait()
		far.Close()
		s, _ := Kernel().Stream(t.Context(), "tcp4", nil)
		s.Connect(t.Context(), "127.0.0.1:1") // refused
		s.Close()
		s, _ = Kernel().Stream(t.Context(), "tcp", nil)
		s.Bind(t.Context(), "[::1]:0")
		s.Connect(t.Context(), "127.0.0.1:1") // another family: another descriptor
		s.Close()
		Kernel().Dial(t.Context(), "tcp", "127.0.0.1:1", &SockOpts{Local: "192.0.2.77:1"})
		Kernel().Listen(t.Context(), "tcp", "192.0.2.77:1", nil)
		Kernel().ListenPacket(t.Context(), "udp", "192.0.2.77:1", nil)
		GetAddrInfo(t.Context(), "*", "80", Hints{})
	}
	round()
	time.Sleep(20 * time.Millisecond)
	fds, goroutines, open := openDescriptors(t), runtime.NumGoroutine(), len(machine.open)
	for range 50 {
		round()
	}
	for i := 0; i < 6000 && (openDescriptors(t) > fds || runtime.NumGoroutine() > goroutines); i++ {
		time.Sleep(10 * time.Millisecond)
	}
	if n := openDescriptors(t); n > fds {
		t.Errorf("%d descriptors became %d", fds, n)
	}
	if n := runtime.NumGoroutine(); n > goroutines {
		t.Errorf("%d goroutines became %d", goroutines, n)
	}
	if n := len(machine.open); n > open {
		t.Errorf("%d remembered sockets became %d", open, n)
	}
}

// TestLostSockets checks that the collector closes what nobody has any more.
func TestLostSockets(t *testing.T) {
	fds, open := openDescriptors(t), len(machine.open)
	var lost []PacketConn
	for range 50 {
		p, err := Kernel().ListenPacket(t.Context(), "udp4", "127.0.0.1:0", nil)
		if err != nil {
			t.Fatal(err)
		}
		lost = append(lost, p)
	}
	if openDescriptors(t) < fds+40 {
		t.Fatal("nothing was opened")
	}
	runtime.KeepAlive(lost)
	lost = nil
	left := func() int {
		machine.mu.Lock()
		defer machine.mu.Unlock()
		return len(machine.open)
	}
	for i := 0; i < 6000 && (openDescriptors(t) > fds || left() > open); i++ {
		runtime.GC()
		time.Sleep(10 * time.Millisecond)
	}
	if n := openDescriptors(t); n > fds || left() > open {
		t.Errorf("%d descriptors became %d, %d remembered sockets %d", fds, n, open, left())
	}
}

// dialPair is a connection and its far end, which the caller closes.
func dialPair(t *testing.T) (near, far Conn) {
	t.Helper()
	l, err := Kernel().Listen(t.Context(), "tcp4", "127.0.0.1:0", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if near, err = Kernel().Dial(t.Context(), "tcp4", l.Addr().String(), nil); err != nil {
		t.Fatal(err)
	}
	if far, err = l.AcceptConn(); err != nil {
		t.Fatal(err)
	}
	return near, far
}

// TestDescriptorsArePrivate checks that children don't inherit sockets.
func TestDescriptorsArePrivate(t *testing.T) {
	near, far := dialPair(t)
	defer near.Close()
	defer far.Close()
	for _, c := range []Conn{near, far} {
		flags, err := os.ReadFile(fmt.Sprint("/proc/self/fdinfo/", c.FD()))
		if err != nil {
			t.Fatal(err)
		}
		var pos, mode int
		if _, err := fmt.Sscanf(string(flags), "pos: %d\nflags: %o", &pos, &mode); err != nil || mode&unix.O_CLOEXEC == 0 || mode&unix.O_NONBLOCK == 0 {
			t.Errorf("not close-on-exec and non-blocking: %v\n%s", err, flags)
		}
	}
}

// TestFullDuplex has one task that reads, one that writes and one that interrupts.
func TestFullDuplex(t *testing.T) {
	near, far := dialPair(t)
	defer near.Close()
	const total = 8 << 20
	var all sync.WaitGroup
	send := func(c Conn) {
		b := make([]byte, 32<<10)
		for sent := 0; sent < total; {
			n, _ := c.Write(b[:min(len(b), total-sent)]) // an interrupted write says how far it came
			sent += n
		}
		c.CloseWrite()
	}
	receive := func(c Conn) {
		b := make([]byte, 32<<10)
		got := 0
		for {
			n, err := c.Read(b)
			got += n
			if err == io.EOF {
				break
			}
		}
		if got != total {
			t.Errorf("got %d bytes of %d", got, total)
		}
	}
	stop := make(chan struct{})
	var interrupter sync.WaitGroup
	interrupter.Go(func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(time.Millisecond):
				near.Interrupt()
				far.Interrupt()
			}
		}
	})
	all.Go(func() { send(near) })
	all.Go(func() { send(far) })
	all.Go(func() { receive(near) })
	all.Go(func() { receive(far) })
	all.Wait()
	close(stop)
	interrupter.Wait()
	far.Close()
}

package inlet

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// echo is an inlet that sends back what it gets, and tells of each message.
func echo(t *testing.T, c Config) (*Inlet, func() []*Message) {
	t.Helper()
	var mu sync.Mutex
	var got []*Message
	c.Handle = func(m *Message) {
		mu.Lock()
		got = append(got, m)
		mu.Unlock()
		m.Reply(m.Bytes)
	}
	i, err := Open(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { i.Close() })
	return i, func() []*Message {
		mu.Lock()
		defer mu.Unlock()
		return got
	}
}

var message = []byte("\x30\x03\x02\x01\x07")

// ask sends a message in pieces and wants it back from where it was sent to.
func ask(t *testing.T, kind, to string, pieces ...[]byte) {
	t.Helper()
	c, err := net.Dial(kind, to) // connected: an answer from another address wouldn't be heard
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(time.Minute))
	for _, p := range pieces {
		if _, err := c.Write(p); err != nil {
			t.Fatal(err)
		}
	}
	want := bytes.Join(pieces, nil)
	back := make([]byte, len(want))
	for n := 0; n < len(want); {
		k, err := c.Read(back[n:])
		if err != nil {
			t.Fatalf("%s to %s: %v after %d bytes", kind, to, err, n)
		}
		n += k
	}
	if !bytes.Equal(back, want) {
		t.Errorf("%s to %s: got %x back", kind, to, back)
	}
}

// TestEverywhere asks each own address of an inlet that listens at all.
func TestEverywhere(t *testing.T) {
	t.Parallel()
	i, got := echo(t, Config{UDP: true, TCP: true})
	port := i.Addresses()[0].Port()
	asked := 0
	for _, host := range []string{"127.0.0.1", "127.0.0.5", "[::1]"} {
		if host == "[::1]" && len(i.Addresses()) == 1 {
			continue // no IPv6 here
		}
		to := fmt.Sprintf("%s:%d", host, port)
		if host == "127.0.0.5" {
			if l, err := net.Listen("tcp", "127.0.0.5:0"); err != nil {
				continue // only Linux has all of 127.0.0.0/8
			} else {
				l.Close()
			}
		}
		ask(t, "udp", to, message)
		ask(t, "tcp", to, message, message[:1], message[1:3], message[3:])
		asked += 3
		for _, m := range got()[asked-3:] {
			if m.Local.String() != to || m.Local.Port() != port {
				t.Errorf("what was sent to %s came to %s", to, m.Local)
			}
		}
	}
	if n := len(got()); n != asked {
		t.Errorf("%d messages came, want %d", n, asked)
	}
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	i, _ := echo(t, Config{UDP: true, Addresses: []netip.Addr{netip.MustParseAddr("127.0.0.1")}})
	at := i.Addresses()
	if len(at) != 1 || at[0].Addr().String() != "127.0.0.1" || at[0].Port() == 0 {
		t.Fatalf("listens at %v", at)
	}
	_, err := Open(context.Background(), Config{UDP: true, Addresses: []netip.Addr{at[0].Addr()}, Port: at[0].Port()})
	if err == nil || !strings.Contains(err.Error(), at[0].String()+": another program has the port") {
		t.Errorf("a port that is taken: %v", err)
	}
	if _, err := Open(context.Background(), Config{UDP: true, Addresses: []netip.Addr{netip.MustParseAddr("192.0.2.1")}}); err == nil ||
		!strings.Contains(err.Error(), "192.0.2.1:0: this machine has no such address") {
		t.Errorf("an address of others: %v", err)
	}
	if i.Close(); i.Close() != nil {
		t.Error("closed twice")
	}
}

// TestUnframed sends what begins no message by TCP: the connection ends, the inlet doesn't.
func TestUnframed(t *testing.T) {
	t.Parallel()
	i, got := echo(t, Config{TCP: true, Addresses: []netip.Addr{netip.MustParseAddr("127.0.0.1")}})
	at := i.Addresses()[0].String()
	for _, bad := range []string{"GET / HTTP/1.0\r\n\r\n", "\x30\x80\x00\x00", "\x30\x84\x7f\xff\xff\xff", "\x30\xff"} {
		c, err := net.Dial("tcp", at)
		if err != nil {
			t.Fatal(err)
		}
		c.Write([]byte(bad))
		c.SetDeadline(time.Now().Add(time.Minute))
		if n, err := c.Read(make([]byte, 10)); n > 0 || err == nil {
			t.Errorf("%q was answered", bad)
		}
		c.Close()
	}
	ask(t, "tcp", at, message)
	if len(got()) != 1 || i.Counts().Unframed != 4 {
		t.Errorf("%d messages, %+v", len(got()), i.Counts())
	}
}

// FuzzNext cuts any stream: messages and the rest are what came.
func FuzzNext(f *testing.F) {
	f.Add([]byte("\x30\x03\x02\x01\x07\x30\x81\x01\x00\x30\x82\x00\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		in := bufio.NewReader(bytes.NewReader(b))
		for rest := b; ; {
			m, err := Next(in)
			if err != nil {
				return
			}
			if !bytes.HasPrefix(rest, m) || len(m) < 2 {
				t.Fatalf("%x is not next in %x", m, rest)
			}
			rest = rest[len(m):]
		}
	})
}

// TestRemedy has what to do about a port that needs a privilege in the error, and the system's error below it.
func TestRemedy(t *testing.T) {
	t.Parallel()
	err := refusal(netip.MustParseAddrPort("0.0.0.0:162"), os.NewSyscallError("bind", syscall.EACCES))
	if !errors.Is(err, fs.ErrPermission) || err.Error() != "0.0.0.0:162: ports below 1024 need CAP_NET_BIND_SERVICE (run as root, or choose a port such as "+
		"1162, or --lab; moonwire doctor shows how)" {
		t.Error(err)
	}
}

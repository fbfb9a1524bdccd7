//go:build unix

package network

import (
	"errors"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"testing"
)

func TestDatagrams(t *testing.T) {
	for _, c := range []struct{ network, addr string }{
		{"udp4", "127.0.0.1:0"}, {"udp6", "[::1]:0"}, {"udp", "127.0.0.1:0"},
	} {
		t.Run(c.network, func(t *testing.T) {
			if c.network == "udp6" {
				needIPv6(t)
			}
			a, err := Kernel().ListenPacket(soon(t), c.network, c.addr, nil)
			if err != nil {
				t.Fatal(err)
			}
			defer a.Close()
			b, err := Kernel().Packet(soon(t), c.network, nil)
			if err != nil {
				t.Fatal(err)
			}
			defer b.Close()
			buf := make([]byte, 4)
			if _, _, err := a.TryRead(buf); !errors.Is(err, os.ErrDeadlineExceeded) {
				t.Fatal(err)
			}
			if _, err := b.WriteTo([]byte("question"), a.LocalAddr()); err != nil {
				t.Fatal(err)
			}
			n, m, err := a.ReadMsg(buf)
			if err != nil || string(buf[:n]) != "ques" || !m.Truncated {
				t.Fatal(n, m, err)
			}
			if err := b.Connect(a.LocalAddr()); err != nil {
				t.Fatal(err)
			}
			if b.RemoteAddr().String() != a.LocalAddr().String() {
				t.Error(b.RemoteAddr())
			}
			if _, err := a.WriteTo(nil, m.Peer); err != nil {
				t.Fatal(err)
			}
			if n, _, err := b.ReadMsg(buf); n != 0 || err != nil {
				t.Fatal("an empty datagram is one:", n, err)
			}
			if err := b.Connect(nil); err != nil {
				t.Fatal(err)
			}
			if b.RemoteAddr() != nil {
				t.Error("disconnected, yet", b.RemoteAddr())
			}
		})
	}
}

func TestUnixDatagrams(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a")
	a, err := Kernel().ListenPacket(soon(t), "unixgram", name, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	b, err := Kernel().Packet(soon(t), "unixgram", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if err := b.Bind(&net.UnixAddr{Name: filepath.Join(dir, "b"), Net: "unixgram"}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.WriteTo([]byte("hello"), &net.UnixAddr{Name: name, Net: "unixgram"}); err != nil {
		t.Fatal(err)
	}
	buf := make([]byte, 16)
	n, m, err := a.ReadMsg(buf)
	if err != nil || string(buf[:n]) != "hello" || m.Peer.String() != filepath.Join(dir, "b") {
		t.Fatal(n, m, err)
	}
}

func TestOptionsReadBack(t *testing.T) {
	needIPv6(t)
	tcp, _ := connPair(t, "tcp", "127.0.0.1:0")
	udp, err := Kernel().Packet(soon(t), "udp4", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer udp.Close()
	udp6, err := Kernel().Packet(soon(t), "udp6", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer udp6.Close()
	for _, c := range []struct {
		s     Socket
		name  string
		value any
	}{
		{tcp, "keepalive", true}, {tcp, "reuseaddr", true}, {tcp, "tcp-nodelay", true}, {tcp, "tcp-nodelay", false},
		{tcp, "linger", Linger{On: true, Seconds: 3}}, {tcp, "tcp-keepidle", 77}, {tcp, "tcp-keepcnt", 4},
		{tcp, "tcp-keepintvl", 5}, {udp, "broadcast", true}, {udp, "dontroute", true}, {udp, "reuseport", true},
		{udp, "ip-multicast-ttl", 9}, {udp, "ip-multicast-loop", false},
		{udp, "ip-multicast-if", netip.MustParseAddr("127.0.0.1")},
		{udp6, "ipv6-v6only", true}, {udp6, "ipv6-unicast-hops", 5}, {udp6, "ipv6-multicast-hops", 6},
		{udp6, "ipv6-multicast-loop", false},
	} {
		if err := c.s.SetOption(c.name, c.value); err != nil {
			t.Error(c.name, err)
			continue
		}
		if got, err := c.s.Option(c.name); got != c.value || err != nil {
			t.Errorf("%s: got %v, %v; want %v", c.name, got, err, c.value)
		}
	}
}

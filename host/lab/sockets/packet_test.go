package sockets_test

import (
	"errors"
	"net"
	"net/netip"
	"os"
	"syscall"
	"testing"
	"time"

	"moonwire/host/lab/wire"
	"moonwire/host/network"
)

func udpAddr(s string) net.Addr { return net.UDPAddrFromAddrPort(netip.MustParseAddrPort(s)) }

func TestDatagram(t *testing.T) {
	t.Parallel()
	for _, addr := range []string{"10.0.0.2:7", "[fd00::2]:7"} {
		a, b := realtime(t).pair()
		far, err := b.ListenPacket(t.Context(), "udp", addr, &network.SockOpts{Metadata: true})
		if err != nil {
			t.Fatal(err)
		}
		near, err := a.Packet(t.Context(), "udp", nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := near.WriteMsg([]byte("hello"), network.Meta{Peer: udpAddr(addr), TTL: 9, TOS: 4}); err != nil {
			t.Fatal(err)
		}
		p := make([]byte, 3)
		n, m, err := far.ReadMsg(p)
		if err != nil || n != 3 || string(p) != "hel" || !m.Truncated || m.Len != 5 || m.TTL != 9 || m.TOS != 4 ||
			m.Local.String() != netip.MustParseAddrPort(addr).Addr().String() || m.Interface == 0 || m.Time.IsZero() {
			t.Fatalf("%d %q %+v %v", n, p, m, err)
		}
		if _, err := far.WriteTo(nil, m.Peer); err != nil {
			t.Fatal(err)
		}
		if n, m, err := near.ReadMsg(p); n != 0 || err != nil || m.Peer.String() != addr {
			t.Fatalf("%d %v %v", n, m, err)
		}
	}
}

func TestDatagramRefused(t *testing.T) {
	t.Parallel()
	for _, addr := range []string{"10.0.0.2:7", "[fd00::2]:7", "127.0.0.1:7"} {
		a, _ := realtime(t).pair()
		p, _ := a.Packet(t.Context(), "udp", nil)
		if err := p.Connect(udpAddr(addr)); err != nil {
			t.Fatal(err)
		}
		p.WriteTo([]byte("x"), nil)
		if _, _, err := p.ReadMsg(make([]byte, 9)); !errors.Is(err, syscall.ECONNREFUSED) {
			t.Errorf("got %v, want connection refused", err)
		}
	}
}

func TestPing(t *testing.T) {
	t.Parallel()
	a, _ := realtime(t).pair()
	for family, to := range map[string]string{"ping4": "10.0.0.2:0", "ping6": "[fd00::2]:0"} {
		p, err := a.Packet(t.Context(), family, nil)
		if err != nil {
			t.Fatal(err)
		}
		request := []byte{8, 0, 0, 0, 0, 0, 0, 5, 'h', 'i'}
		if family == "ping6" {
			request[0] = 128
		}
		if _, err := p.WriteTo(request, udpAddr(to)); err != nil {
			t.Fatal(err)
		}
		b := make([]byte, 100)
		n, _, err := p.ReadMsg(b)
		if err != nil || string(b[6:n]) != "\x00\x05hi" {
			t.Fatalf("%q %v", b[:n], err)
		}
		request[0] = 1
		if _, err := p.WriteTo(request, udpAddr(to)); !errors.Is(err, syscall.EINVAL) {
			t.Errorf("got %v, want EINVAL", err)
		}
	}
}

// A sender waits while its link has much to carry: nothing is lost before the receiver.
func TestSendersWait(t *testing.T) {
	t.Parallel()
	w, clock := simulated(t)
	a, b := w.pair()
	a.ports[0].Link().Impair(a.ports[0], wire.Impairment{Rate: 1e6, Queue: 50})
	far, _ := b.ListenPacket(t.Context(), "udp", "10.0.0.2:7", &network.SockOpts{RecvBuffer: 1 << 20})
	near, _ := a.Packet(t.Context(), "udp", nil)
	near.WriteTo([]byte("hello"), udpAddr("10.0.0.2:7"))
	clock.Sleep(t.Context(), time.Second)
	for range 200 {
		if _, err := near.WriteTo(make([]byte, 1000), udpAddr("10.0.0.2:7")); err != nil {
			t.Fatal(err)
		}
	}
	near.SetWriteDeadline(clock.Now().Add(time.Millisecond))
	for err := error(nil); ; _, err = near.WriteTo(make([]byte, 1000), udpAddr("10.0.0.2:7")) {
		if errors.Is(err, os.ErrDeadlineExceeded) {
			break
		}
	}
	clock.Sleep(t.Context(), 10*time.Second)
	n := 0
	for ; ; n++ {
		if _, _, err := far.TryRead(make([]byte, 1)); err != nil {
			break
		}
	}
	if n < 201 {
		t.Errorf("%d of 201 arrived", n)
	}
}

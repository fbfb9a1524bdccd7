package permit_test

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"os"
	"testing"
	"time"

	"moonwire/host/network"
	"moonwire/host/network/nettest"
	"moonwire/host/permit"
)

// TestFarEnd sends by every way of a link, lawfully and not, and watches the far end of the wire: of what isn't allowed not
// one frame arrives.
func TestFarEnd(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	hosts := nettest.NewLAN(t, 2)
	p := &permit.Policy{}
	for _, text := range []string{"raw on eth0 to 10.0.0.2:53/udp", "sniff on eth0"} {
		g, err := permit.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		p.Allow = append(p.Allow, g)
	}
	near := p.Network(hosts[0].Network)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	far, err := hosts[1].Network.OpenLink(ctx, "eth0", &network.LinkOpts{Promiscuous: true})
	if err != nil {
		t.Fatal(err)
	}
	defer far.Close()

	frame := func(dst byte, port byte) []byte {
		b := []byte("\x02\x00\x00\x00\x00\x02\x02\x00\x00\x00\x00\x01\x08\x00\x45\x00\x00\x20\x00\x01\x00\x00\x40\x11\x00\x00\x0a\x00\x00\x01\x0a\x00\x00\x00\x30\x39\x00\x00\x00\x0c\x00\x00mark")
		b[33], b[37] = dst, port
		return b
	}
	for _, method := range []string{"write", "mmsg", "ring", "xdp", "bulk", ""} {
		l, err := near.OpenLink(ctx, "eth0", &network.LinkOpts{Method: method, SendOnly: true})
		var denied *permit.Refusal
		if errors.As(err, &denied) {
			t.Fatal(err)
		}
		if err != nil {
			t.Logf("%s: %v", method, err) // the kernel lacks it
			continue
		}
		send := func(frames ...[]byte) (int, error) {
			return l.WriteFrames(ctx, len(frames), func(i int, slot []byte) int { return copy(slot, frames[i]) })
		}
		for _, bad := range [][]byte{frame(2, 80), frame(3, 53), frame(1, 53)} {
			if n, err := send(bad); n != 0 || !errors.As(err, &denied) {
				t.Errorf("%s: one frame: %d, %v", method, n, err)
			}
		}
		if n, err := send(frame(2, 53), frame(2, 53), frame(2, 99), frame(2, 53)); n != 2 || !errors.As(err, &denied) {
			t.Errorf("%s: a batch: %d, %v", method, n, err)
		}
		if s := l.Stats(); s.SendErrors != 4 {
			t.Errorf("%s: %d were refused, by its counters", method, s.SendErrors)
		}
		if err := l.Close(); err != nil {
			t.Error(err)
		}
		if good, other := count(t, far, 2); good != 2 || other != 0 {
			t.Errorf("%s: %d lawful frames arrived, and %d others", method, good, other)
		}
	}
	if p.Refused() == 0 {
		t.Error("nothing was counted")
	}
}

// TestFarEndSockets is TestFarEnd of sockets: not even the question for a hardware address leaves.
func TestFarEndSockets(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	hosts := nettest.NewLAN(t, 2)
	g, err := permit.Parse("net 10.0.0.2:53/udp")
	if err != nil {
		t.Fatal(err)
	}
	near := (&permit.Policy{Allow: permit.Grants{g}}).Network(hosts[0].Network)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	far, err := hosts[1].Network.OpenLink(ctx, "eth0", &network.LinkOpts{Promiscuous: true})
	if err != nil {
		t.Fatal(err)
	}
	defer far.Close()
	var denied *permit.Refusal
	must := func(what string, err error) {
		t.Helper()
		if !errors.As(err, &denied) {
			t.Errorf("%s: %v", what, err)
		}
	}
	_, err = near.Dial(ctx, "tcp", "10.0.0.2:80", nil)
	must("tcp", err)
	_, err = near.Dial(ctx, "tcp", "10.0.0.3:53", nil)
	must("tcp elsewhere", err)
	udp, err := near.ListenPacket(ctx, "udp4", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer udp.Close()
	for _, to := range []string{"10.0.0.2:54", "10.0.0.255:53", "10.0.0.3:53"} {
		_, err := udp.WriteTo([]byte("x"), addr(to))
		must("udp", err)
	}
	for _, family := range []string{"ip4:17", "ip4:255", "ip4:1"} {
		_, err := near.Packet(ctx, family, nil)
		must(family, err)
	}
	_, err = near.OpenLink(ctx, "eth0", nil)
	must("link", err)
	_, err = near.Resolve(ctx, "eth0", netip.MustParseAddr("10.0.0.3"))
	must("neighbour", err)
	must("address", near.Config().AddAddr("eth0", netip.MustParsePrefix("10.0.0.9/24")))
	if good, other := count(t, far, 0); good+other != 0 {
		t.Errorf("%d frames arrived", good+other)
	}
	if _, err := udp.WriteTo([]byte("mark"), addr("10.0.0.2:53")); err != nil {
		t.Fatal(err)
	}
	if good, _ := count(t, far, 1); good != 1 {
		t.Error("what is allowed didn't arrive")
	}
}

// TestIPSocket sends ip:proto packets over a wire.
func TestIPSocket(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	hosts := nettest.NewLAN(t, 2)
	g, err := permit.Parse("raw on eth0 to 10.0.0.2:53/udp")
	if err != nil {
		t.Fatal(err)
	}
	near := (&permit.Policy{Allow: permit.Grants{g}}).Network(hosts[0].Network)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	far, err := hosts[1].Network.OpenLink(ctx, "eth0", &network.LinkOpts{Promiscuous: true})
	if err != nil {
		t.Fatal(err)
	}
	defer far.Close()
	s, err := near.Packet(ctx, "ip4:17", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var denied *permit.Refusal
	for _, bad := range []struct {
		to   string
		port byte
	}{{"10.0.0.2", 80}, {"10.0.0.3", 53}, {"127.0.0.1", 53}} {
		if _, err := s.WriteTo([]byte{48, 57, 0, bad.port, 0, 12, 0, 0, 'm', 'a', 'r', 'k'}, ipAddr(bad.to)); !errors.As(err, &denied) {
			t.Errorf("%v: %v", bad, err)
		}
	}
	if _, err := s.WriteTo([]byte{48, 57, 0, 53, 0, 12, 0, 0, 'm', 'a', 'r', 'k'}, ipAddr("10.0.0.2")); err != nil {
		t.Fatal(err)
	}
	if good, other := count(t, far, 1); good != 1 || other != 0 {
		t.Errorf("%d lawful packets arrived, and %d others", good, other)
	}
}

// TestIPSocketHears holds that an ip:proto socket hears by the links that were granted only, and sends by no other.
func TestIPSocketHears(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	hosts := nettest.NewLAN(t, 2)
	if err := hosts[0].Network.Config().SetUp("lo", true); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	socket := func(n network.Network, family string) network.PacketConn {
		s, err := n.Packet(ctx, family, nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return s
	}
	for _, tt := range []struct{ family, self, near, far string }{
		{"ip4:253", "127.0.0.1", "10.0.0.1", "10.0.0.2"}, {"ip6:253", "::1", "fd00::1", "fd00::2"},
	} {
		p := &permit.Policy{}
		for _, text := range []string{"raw on eth0 to 10.0.0.0/24", "raw on eth0 to fd00::/64"} {
			g, err := permit.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			p.Allow = append(p.Allow, g)
		}
		bound := p.Network(hosts[0].Network)
		s, free := socket(bound, tt.family), socket(hosts[0].Network, tt.family)
		other := socket(hosts[1].Network, tt.family)
		for range 2 {
			for _, send := range []struct {
				from     network.PacketConn
				to, what string
			}{{free, tt.self, "not granted"}, {other, tt.near, "granted"}} {
				if _, err := send.from.WriteTo([]byte(send.what), ipAddr(send.to)); err != nil {
					t.Fatal(err)
				}
			}
		}
		b := make([]byte, 100)
		n, m, err := s.ReadMsg(b)
		if err != nil || string(b[:n]) != "granted" || m.Peer.String() != tt.far {
			t.Errorf("%s heard %q from %v, %v", tt.family, b[:n], m.Peer, err)
		}
		if b, _, err := network.Take(s); err != nil || string(b) != "granted" {
			t.Errorf("%s heard %q, %v", tt.family, b, err)
		}
		if n, _, err := s.TryRead(b); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("%s heard %q, %v", tt.family, b[:n], err)
		}
		var denied *permit.Refusal
		if _, err := s.WriteMsg([]byte("x"), network.Meta{Peer: ipAddr(tt.far), Interface: 1}); !errors.As(err, &denied) {
			t.Errorf("%s sends by lo: %v", tt.family, err)
		}
		if err := s.SetOption("bindtodevice", "lo"); err == nil {
			t.Errorf("%s takes another link", tt.family)
		}
		if _, err := s.WriteMsg([]byte("x"), network.Meta{Peer: ipAddr(tt.far)}); err != nil {
			t.Error(err)
		}
	}
}

// count waits for some frames to 10.0.0.2 port 53, and a moment longer for others that are to that address or ask for one.
func count(t *testing.T, far network.LinkConn, want int) (good, other int) {
	t.Helper()
	frames := make([]network.Frame, 64)
	for {
		patience := 200 * time.Millisecond
		if good < want {
			patience = time.Minute
		}
		far.SetReadDeadline(time.Now().Add(patience))
		n, err := far.ReadFrames(frames)
		for _, f := range frames[:n] {
			b := f.Data
			switch {
			case f.Direction == network.Outgoing || len(b) < 42 || b[12] == 0x86:
			case b[12] == 8 && b[13] == 6 && b[41] == 2: // who has 10.0.0.2
			case b[12] == 8 && b[13] == 0 && string(b[30:34]) == "\x0a\x00\x00\x02" && b[37] == 53:
				good++
			default:
				other++
			}
		}
		if errors.Is(err, os.ErrDeadlineExceeded) {
			return good, other
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func addr(text string) net.Addr { return net.UDPAddrFromAddrPort(netip.MustParseAddrPort(text)) }

func ipAddr(text string) net.Addr { return &net.IPAddr{IP: net.ParseIP(text)} }

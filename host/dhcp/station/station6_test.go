package station_test

import (
	"encoding/hex"
	"errors"
	"net"
	"net/netip"
	"syscall"
	"testing"
	"time"

	"moonwire/host/dhcp/station"
	"moonwire/host/lab"
	"moonwire/host/lab/topology"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
)

// newWorld6 is newWorld with IPv6: h1 has a link-local address only, R1 is fd00:0:0:1::1.
func newWorld6(t *testing.T) *world {
	t.Helper()
	plan, err := topology.Build(topology.Spec{Lines: []string{"h1, R1 -- sw1"},
		Networks:  map[string][]netip.Prefix{"sw1": {netip.MustParsePrefix("fd00:0:0:1::/64")}},
		Addresses: map[string][]netip.Prefix{"h1.eth0": {}, "R1": {netip.MustParsePrefix("fd00:0:0:1::1/64")}}})
	if err != nil {
		t.Fatal(err)
	}
	clock := simtime.New(simtime.Epoch)
	t.Cleanup(clock.Close)
	l, err := lab.New(plan, lab.Options{Clock: clock, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	w := &world{Lab: l, clock: clock}
	w.h1, _ = l.Network("h1")
	w.r1, _ = l.Network("R1")
	w.ctx = network.WithRand(network.With(t.Context(), w.h1), 1)
	w.clock.Sleep(w.ctx, 5*time.Second) // the hosts detect duplicates of their own addresses
	return w
}

var (
	addr6   = netip.MustParseAddr("fd00:0:0:1::50")
	router6 = netip.MustParseAddr("fd00:0:0:1::1")
	nobody6 = netip.MustParseAddr("fd00:0:0:1::99")
)

// TestResolve6 asks for addresses, those of stations of the same link included.
func TestResolve6(t *testing.T) {
	t.Parallel()
	w := newWorld6(t)
	l := w.open(t)
	a, b := newStation(t, l, 1), newStation(t, l, 2)
	b.Hold(addr6)
	if _, err := a.LinkLocal(w.ctx, true); err != nil {
		t.Fatal(err)
	}
	iface, _ := w.r1.Interfaces()
	if mac, err := a.Resolve(w.ctx, router6); err != nil || mac.String() != iface[len(iface)-1].MAC.String() {
		t.Error(mac, err, iface)
	}
	if mac, err := a.Resolve(w.ctx, addr6); err != nil || mac.String() != b.MAC().String() {
		t.Error(mac, err)
	}
	before := w.clock.Now()
	if _, err := a.Resolve(w.ctx, nobody6); !errors.Is(err, syscall.EHOSTUNREACH) || w.clock.Now().Sub(before) != 3*time.Second {
		t.Error(err, w.clock.Now().Sub(before))
	}
}

// TestHold6 sees a router find a station, as long as it holds its address.
func TestHold6(t *testing.T) {
	t.Parallel()
	w := newWorld6(t)
	s := newStation(t, w.open(t), 1)
	s.Hold(addr6)
	if mac, err := w.r1.Resolve(w.ctx, "eth0", addr6); err != nil || mac.String() != s.MAC().String() {
		t.Error(mac, err)
	}
	s.Release(addr6)
	if mac, err := w.r1.Resolve(w.ctx, "eth0", nobody6); err == nil {
		t.Errorf("%s has an address that nobody holds", mac)
	}
}

// TestDatagrams6 sends datagrams to a socket of the router, to a group that it listens to, and back.
func TestDatagrams6(t *testing.T) {
	t.Parallel()
	w := newWorld6(t)
	s := newStation(t, w.open(t), 1)
	own, err := s.LinkLocal(w.ctx, true)
	if err != nil || own != netip.MustParseAddr("fe80::ff:fe00:901") {
		t.Fatal(own, err)
	}
	p, err := w.r1.ListenPacket(w.ctx, "udp6", "[::]:547", nil)
	if err != nil {
		t.Fatal(err)
	}
	list, _ := w.r1.Interfaces()
	if err := p.SetOption("ipv6-add-membership", network.Membership{Group: station.AllServers, Index: list[len(list)-1].Index}); err != nil {
		t.Fatal(err)
	}
	mac, err := s.Resolve(w.ctx, router6)
	if err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 100)
	for _, to := range []netip.Addr{router6, station.AllServers} {
		out := station.Datagram{Src: netip.AddrPortFrom(own, 546), Dst: netip.AddrPortFrom(to, 547), Payload: []byte("question")}
		if to == router6 {
			out.DstMAC = mac
		}
		if err := s.Send(w.ctx, out); err != nil {
			t.Fatal(err)
		}
		n, m, err := p.ReadMsg(b)
		if err != nil || string(b[:n]) != "question" {
			t.Fatal(string(b[:n]), m, err)
		}
		if _, err := p.WriteMsg([]byte("answer"), network.Meta{Peer: m.Peer}); err != nil {
			t.Fatal(err)
		}
		in, err := s.Receive(w.ctx, w.clock.Now().Add(time.Second))
		if err != nil || string(in.Payload) != "answer" || in.Src.Port() != 547 || in.Dst != out.Src || in.SrcMAC.String() != mac.String() {
			t.Errorf("%+v %v", in, err)
		}
	}
}

// TestProbe6 finds who has an address, who probes for it too, and nobody.
func TestProbe6(t *testing.T) {
	t.Parallel()
	w := newWorld6(t)
	l := w.open(t)
	a, b := newStation(t, l, 1), newStation(t, l, 2)
	if mac, err := a.Probe(w.ctx, router6); mac == nil || err != nil {
		t.Error(mac, err)
	}
	before := w.clock.Now()
	if mac, err := a.Probe(w.ctx, addr6); mac != nil || err != nil || w.clock.Now().Sub(before) != time.Second {
		t.Error(mac, err, w.clock.Now().Sub(before))
	}
	network.Go(w.ctx, func() { b.Probe(w.ctx, addr6) })
	if mac, err := a.Probe(w.ctx, addr6); mac.String() != b.MAC().String() || err != nil {
		t.Error(mac, err)
	}
}

// TestDuplicate meets another host with the station's link-local address.
func TestDuplicate(t *testing.T) {
	t.Parallel()
	w := newWorld6(t)
	a, other := newStation(t, w.open(t), 1), newStation(t, w.open(t), 7)
	other.Hold(station.LinkLocal(a.MAC()))
	var taken *station.Duplicate
	if _, err := a.LinkLocal(w.ctx, true); !errors.As(err, &taken) || taken.By.String() != other.MAC().String() {
		t.Error(err)
	}
}

// TestOwn6 uses the interface's own MAC address: its link-local address serves, and the system answers for it.
func TestOwn6(t *testing.T) {
	t.Parallel()
	w := newWorld6(t)
	s, err := w.open(t).Station(nil)
	if err != nil {
		t.Fatal(err)
	}
	own, err := s.LinkLocal(w.ctx, true)
	if err != nil || s.Holds(own) {
		t.Error(own, err)
	}
	if mac, err := s.Resolve(w.ctx, router6); err != nil || mac == nil {
		t.Error(mac, err)
	}
}

// TestTakenAway tells a station that another host says that it has its address.
func TestTakenAway(t *testing.T) {
	t.Parallel()
	w := newWorld6(t)
	a, thief := newStation(t, w.open(t), 1), newStation(t, w.open(t), 7)
	a.Hold(addr6)
	var by net.HardwareAddr
	a.OnConflict(func(_ netip.Addr, mac net.HardwareAddr) { by = mac })
	thief.Hold(addr6)
	if _, err := newStation(t, w.open(t), 8).Probe(w.ctx, addr6); err != nil {
		t.Fatal(err)
	}
	if by.String() != thief.MAC().String() {
		t.Error(by)
	}
}

// TestWire6 compares frames with those that Scapy 2.5 makes for the same fields.
func TestWire6(t *testing.T) {
	t.Parallel()
	w := newWorld6(t)
	seen := watch(t, w)
	s := newStation(t, w.open(t), 1)
	own, _ := s.LinkLocal(w.ctx, false)
	s.Probe(w.ctx, addr6)
	s.Hold(addr6)
	if _, err := newStation(t, w.open(t), 2).Probe(w.ctx, addr6); err != nil {
		t.Fatal(err)
	}
	s.Release(addr6)
	s.Resolve(w.ctx, addr6)
	s.Send(w.ctx, station.Datagram{Src: netip.AddrPortFrom(own, 546), Dst: netip.AddrPortFrom(station.AllServers, 547), Payload: []byte("question")})
	w.clock.Sleep(w.ctx, time.Second)
	heard := seen()
	for _, want := range []struct{ what, frame string }{
		{"report", "33330000001602000000090186dd6000000000240001fe80000000000000000000fffe000901ff0200000000000000000000000000163a000502000001008f0068b80000000104000000ff0200000000000000000001ff000050"},
		{"advertisement", "33330000000102000000090186dd6000000000203afffd000000000000010000000000000050ff020000000000000000000000000001880050fb20000000fd0000000000000100000000000000500201020000000901"},
		{"solicitation", "3333ff00005002000000090186dd6000000000203afffe80000000000000000000fffe000901ff0200000000000000000001ff00005087006a7a00000000fd0000000000000100000000000000500101020000000901"},
		{"datagram", "33330001000202000000090186dd6000000000101140fe80000000000000000000fffe000901ff0200000000000000000000000100020222022300103b417175657374696f6e"},
	} {
		if !heard[want.frame] {
			t.Errorf("no %s like Scapy's among %v", want.what, heard)
		}
	}
}

// TestQuery answers a switch that asks who listens to which group; the frames are Scapy's.
func TestQuery(t *testing.T) {
	t.Parallel()
	w := newWorld6(t)
	seen := watch(t, w)
	s := newStation(t, w.open(t), 1)
	s.LinkLocal(w.ctx, false)
	s.Hold(addr6)
	const query = "33330000000102000000007786dd6000000000240001fe800000000000000000000000000077ff0200000000000000000000000000013a000502000001008200589d271000000000000000000000000000000000000000000000"
	conn, err := w.r1.OpenLink(w.ctx, "eth0", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	frame, _ := hex.DecodeString(query)
	if _, err := conn.WriteFrames(w.ctx, 1, func(_ int, slot []byte) int { return copy(slot, frame) }); err != nil {
		t.Fatal(err)
	}
	w.clock.Sleep(w.ctx, time.Second)
	const report = "33330000001602000000090186dd6000000000380001fe80000000000000000000fffe000901ff0200000000000000000000000000163a000502000001008f00619d0000000202000000ff0200000000000000000001ff00090102000000ff0200000000000000000001ff000050"
	if heard := seen(); !heard[report] {
		t.Errorf("no report like Scapy's among %v", heard)
	}
}

// watch notes the frames that R1 hears.
func watch(t *testing.T, w *world) func() map[string]bool {
	conn, err := w.r1.OpenLink(w.ctx, "eth0", &network.LinkOpts{Promiscuous: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return func() map[string]bool {
		seen := map[string]bool{}
		into := make([]network.Frame, 100)
		conn.SetReadDeadline(w.clock.Now().Add(time.Second))
		n, _ := conn.ReadFrames(into)
		for _, f := range into[:n] {
			seen[hex.EncodeToString(f.Data)] = true
		}
		return seen
	}
}

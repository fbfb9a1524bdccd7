package station_test

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"net"
	"net/netip"
	"os"
	"syscall"
	"testing"
	"time"

	"moonwire/host/dhcp/station"
	"moonwire/host/lab"
	"moonwire/host/lab/topology"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
)

// world is a lab in simulated time: h1 without an address, and R1, 10.0.1.1, on one switch.
type world struct {
	*lab.Lab
	clock  *simtime.Clock
	h1, r1 network.Network
	ctx    context.Context // on h1
}

func newWorld(t *testing.T) *world {
	t.Helper()
	plan, err := topology.Build(topology.Spec{Lines: []string{"h1, R1 -- sw1"}, NoIPv6: true,
		Networks:  map[string][]netip.Prefix{"sw1": {netip.MustParsePrefix("10.0.1.0/24")}},
		Addresses: map[string][]netip.Prefix{"h1.eth0": {}, "R1": {netip.MustParsePrefix("10.0.1.1/24")}}})
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
	return w
}

func (w *world) open(t *testing.T) *station.Link {
	t.Helper()
	l, err := station.Open(w.ctx, "eth0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func newStation(t *testing.T, l *station.Link, last byte) *station.Station {
	t.Helper()
	s, err := l.Station(net.HardwareAddr{2, 0, 0, 0, 9, last})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var (
	addr1   = netip.MustParseAddr("10.0.1.50")
	addr2   = netip.MustParseAddr("10.0.1.51")
	router  = netip.MustParseAddr("10.0.1.1")
	nobody  = netip.MustParseAddr("10.0.1.99")
	limited = netip.MustParseAddr("255.255.255.255")
)

// TestResolve asks for addresses, those of stations of the same link included.
func TestResolve(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.open(t)
	a, b := newStation(t, l, 1), newStation(t, l, 2)
	b.Hold(addr2)
	iface, _ := w.r1.Interfaces()
	if mac, err := a.Resolve(w.ctx, router); err != nil || mac.String() != iface[len(iface)-1].MAC.String() {
		t.Error(mac, err, iface)
	}
	if mac, err := a.Resolve(w.ctx, addr2); err != nil || mac.String() != b.MAC().String() {
		t.Error(mac, err)
	}
	before := w.clock.Now()
	if _, err := a.Resolve(w.ctx, nobody); !errors.Is(err, syscall.EHOSTUNREACH) || w.clock.Now().Sub(before) != 3*time.Second {
		t.Error(err, w.clock.Now().Sub(before))
	}
}

// TestHold sees a router find a station, as long as it holds its address.
func TestHold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := newStation(t, w.open(t), 1)
	s.Hold(addr1)
	mac, err := w.r1.Resolve(w.ctx, "eth0", addr1)
	if err != nil || mac.String() != s.MAC().String() {
		t.Error(mac, err)
	}
	s.Release(addr1)
	if mac, err := w.r1.Resolve(w.ctx, "eth0", addr2); err == nil {
		t.Errorf("%s has an address that nobody holds", mac)
	}
}

// TestDatagrams sends datagrams to a socket of the router and back.
func TestDatagrams(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := newStation(t, w.open(t), 1)
	s.Hold(addr1)
	p, err := w.r1.ListenPacket(w.ctx, "udp", "10.0.1.1:67", nil)
	if err != nil {
		t.Fatal(err)
	}
	mac, err := s.Resolve(w.ctx, router)
	if err != nil {
		t.Fatal(err)
	}
	out := station.Datagram{Src: netip.AddrPortFrom(addr1, 68), Dst: netip.AddrPortFrom(router, 67), DstMAC: mac, Payload: []byte("question")}
	if err := s.Send(w.ctx, out); err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 100)
	n, m, err := p.ReadMsg(b)
	if err != nil || string(b[:n]) != "question" || m.Peer.String() != "10.0.1.50:68" {
		t.Fatal(string(b[:n]), m, err)
	}
	if _, err := p.WriteMsg([]byte("answer"), network.Meta{Peer: m.Peer}); err != nil {
		t.Fatal(err)
	}
	in, err := s.Receive(w.ctx, w.clock.Now().Add(time.Second))
	if err != nil || string(in.Payload) != "answer" || in.Src != out.Dst || in.Dst != out.Src || in.SrcMAC.String() != mac.String() {
		t.Errorf("%+v %v", in, err)
	}
	until := w.clock.Now().Add(time.Second)
	if _, err := s.Receive(w.ctx, until); !errors.Is(err, os.ErrDeadlineExceeded) || !w.clock.Now().Equal(until) {
		t.Error(err)
	}
	if _, err := p.WriteMsg([]byte("answer"), network.Meta{Peer: &net.UDPAddr{IP: addr1.AsSlice(), Port: 69}}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Receive(w.ctx, w.clock.Now().Add(time.Second)); err == nil {
		t.Error("a port that nobody hears")
	}
	if n := s.Link().Stats().Strays; n != 1 {
		t.Errorf("%d strays", n)
	}
}

// answerFor is as much of a DHCP message as names its client.
func answerFor(mac net.HardwareAddr) []byte {
	b := make([]byte, 300)
	copy(b[28:], mac)
	return b
}

// TestBroadcast finds the one station that a broadcast is for, and those that hear what is nobody's.
func TestBroadcast(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.open(t)
	a, b := newStation(t, l, 1), newStation(t, l, 2)
	b.HearAll()
	p, err := w.r1.ListenPacket(w.ctx, "udp", "0.0.0.0:67", &network.SockOpts{Broadcast: true, Device: "eth0"})
	if err != nil {
		t.Fatal(err)
	}
	for _, mac := range []net.HardwareAddr{a.MAC(), b.MAC(), {2, 0, 0, 0, 9, 77}} {
		if _, err := p.WriteMsg(answerFor(mac), network.Meta{Peer: &net.UDPAddr{IP: limited.AsSlice(), Port: 68}}); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []struct {
		s    *station.Station
		last byte
	}{{a, 1}, {b, 2}, {b, 77}} {
		d, err := want.s.Receive(w.ctx, w.clock.Now().Add(time.Second))
		if err != nil || d.Payload[33] != want.last {
			t.Error(want.last, d, err)
		}
	}
	if n := a.Drain() + b.Drain(); n != 0 {
		t.Errorf("%d more came", n)
	}
}

// TestProbe finds who has an address, who probes for it too, and nobody.
func TestProbe(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.open(t)
	a, b := newStation(t, l, 1), newStation(t, l, 2)
	if mac, err := a.Probe(w.ctx, router); mac == nil || err != nil {
		t.Error(mac, err)
	}
	before := w.clock.Now()
	mac, err := a.Probe(w.ctx, addr1)
	if took := w.clock.Now().Sub(before); mac != nil || err != nil || took < 4*time.Second || took > 7*time.Second {
		t.Error(mac, err, took)
	}
	network.Go(w.ctx, func() { b.Probe(w.ctx, addr1) })
	if mac, err := a.Probe(w.ctx, addr1); mac.String() != b.MAC().String() || err != nil {
		t.Error(mac, err)
	}
}

// TestConflict lets another host claim a held address, twice.
func TestConflict(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := newStation(t, w.open(t), 1)
	a.Hold(addr1)
	var told error
	a.OnTrouble(func(err error) { told = err })
	thief := newStation(t, w.open(t), 7)
	if err := thief.Announce(w.ctx, addr1); err != nil {
		t.Fatal(err)
	}
	w.clock.Sleep(w.ctx, time.Second)
	if told != nil {
		t.Error("the first claim is defended against, not", told)
	}
	if mac, _ := thief.Resolve(w.ctx, addr1); mac.String() != a.MAC().String() {
		t.Error(mac)
	}
	if err := thief.Announce(w.ctx, addr1); err != nil {
		t.Fatal(err)
	}
	var conflict *station.Conflict
	if _, err := a.Receive(w.ctx, w.clock.Now().Add(time.Second)); !errors.As(err, &conflict) || told != err || conflict.By.String() != thief.MAC().String() {
		t.Error(err, told)
	}
}

// TestDown ends waits when the interface goes down, and works again when it is up.
func TestDown(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := newStation(t, w.open(t), 1)
	w.clock.AfterFunc(time.Second, func() { w.clock.Go(func() { w.h1.Config().SetUp("eth0", false) }) })
	var down *station.Down
	if _, err := s.Receive(w.ctx, w.clock.Now().Add(time.Minute)); !errors.As(err, &down) {
		t.Error(err)
	}
	if _, err := s.Resolve(w.ctx, router); !errors.As(err, &down) {
		t.Error(err)
	}
	w.h1.Config().SetUp("eth0", true)
	if _, err := s.Resolve(w.ctx, router); err != nil {
		t.Error(err)
	}
	if _, err := s.Receive(w.ctx, w.clock.Now().Add(time.Second)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Error(err)
	}
}

// TestClose ends waits, and what comes later.
func TestClose(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.open(t)
	a, b := newStation(t, l, 1), newStation(t, l, 2)
	w.clock.AfterFunc(time.Second, func() { w.clock.Go(func() { a.Close(); l.Close() }) })
	if _, err := a.Receive(w.ctx, time.Time{}); !errors.Is(err, net.ErrClosed) {
		t.Error(err)
	}
	if _, err := b.Receive(w.ctx, time.Time{}); !errors.Is(err, net.ErrClosed) {
		t.Error(err)
	}
	if _, err := l.Station(nil); !errors.Is(err, net.ErrClosed) {
		t.Error(err)
	}
	ctx, cancel := network.WithCancel(w.ctx)
	c := newStation(t, w.open(t), 1)
	w.clock.AfterFunc(time.Second, cancel)
	if _, err := c.Receive(ctx, time.Time{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestMisuse refuses what is no station.
func TestMisuse(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.open(t)
	newStation(t, l, 1)
	for _, mac := range []net.HardwareAddr{{2, 0, 0, 0, 9, 1}, {1, 0, 0, 0, 0, 0}, {2, 0}} {
		if _, err := l.Station(mac); err == nil {
			t.Errorf("%s is a station", mac)
		}
	}
	if _, err := station.Open(w.ctx, "eth7"); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	s := newStation(t, l, 2)
	from := netip.AddrPortFrom(addr1, 68)
	for _, d := range []station.Datagram{
		{Src: from, Dst: netip.AddrPortFrom(router, 67)},
		{Src: from, Dst: netip.AddrPortFrom(limited, 67), Payload: make([]byte, 2000)},
	} {
		if err := s.Send(w.ctx, d); err == nil {
			t.Errorf("%v was sent", d.Dst)
		}
	}
}

// FuzzFrames feeds a link frames.
func FuzzFrames(f *testing.F) {
	f.Add([]byte("\xff\xff\xff\xff\xff\xff\x02\x00\x00\x00\x00\x01\x08\x06\x00\x01\x08\x00\x06\x04\x00\x01\x02\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x0a\x00\x01\x32"))
	udp := []byte("\xff\xff\xff\xff\xff\xff\x02\x00\x00\x00\x00\x01\x08\x00\x45\x00\x00\x1c\x00\x01\x00\x00\x40\x11\x00\x00\x0a\x00\x01\x01\xff\xff\xff\xff\x00\x43\x00\x44\x00\x08\x00\x00")
	binary.BigEndian.PutUint16(udp[24:], 0x6fcc)
	f.Add(udp)
	for _, frame := range []string{
		"3333ff00005002000000090186dd6000000000203aff00000000000000000000000000000000ff0200000000000000000001ff000050870065f100000000fd0000000000000100000000000000500e01010203040506",
		"02000000000902000000090186dd6000000000101140fe80000000000000000000fffe000901ff0200000000000000000000000100020222022300103b417175657374696f6e",
		"33330000001602000000090186dd6000000000240001fe80000000000000000000fffe000901ff0200000000000000000000000000163a000502000001008f0068b80000000104000000ff0200000000000000000001ff000050",
	} {
		b, _ := hex.DecodeString(frame)
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) { station.Take(b) })
}

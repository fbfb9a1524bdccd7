package server4_test

import (
	"math/rand/v2"
	"net"
	"net/netip"
	"testing"
	"time"

	"moonwire/host/dhcp/client4"
	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/frame"
	"moonwire/host/dhcp/hostile"
	"moonwire/host/network"
)

// TestHostileClients sends a server messages that were bent in every way, at any rate and in anybody's name, also as relay
// agents do. It goes on, gives nothing away that is not in its pool, keeps no more than the pool has, and a good client has
// an address once the offers and leases that the others got are over.
func TestHostileClients(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	r := rand.New(rand.NewPCG(1, 9))
	h1, err := w.Network("h1")
	if err != nil {
		t.Fatal(err)
	}
	link, err := h1.OpenLink(t.Context(), "eth0", &network.LinkOpts{SendOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { link.Close() })
	for n := range 12_000 {
		mac := net.HardwareAddr{2, 0x66, 0, 0, byte(n >> 8), byte(n)}
		m := dhcp4.New(dhcp4.Type(1+r.IntN(8)), r.Uint32(), mac)
		for _, set := range []func(){
			func() { m.SetAddr(uint8(optServer), server) },
			func() { m.SetAddr(uint8(optWish), netip.AddrFrom4([4]byte{10, 0, 1, byte(95 + r.IntN(15))})) },
			func() { m.CIAddr = netip.AddrFrom4([4]byte{10, 0, 1, byte(95 + r.IntN(15))}) },
			func() { m.GIAddr = netip.AddrFrom4([4]byte{10, 0, byte(r.IntN(3)), byte(r.IntN(4))}) },
			func() { m.Set(uint8(optAgent), []byte{1, 2, 'a', 'b'}) },
			func() { m.Set(uint8(optMax), []byte{0, byte(r.IntN(256))}) },
			func() { m.Set(uint8(optList), []byte{1, 3, 6, 15, 51, 54, 58, 59, 82, 255, 0}) },
			func() { m.SetUint32(uint8(optTime), r.Uint32()) },
		} {
			if r.IntN(3) == 0 {
				set()
			}
		}
		good, err := m.Encode()
		if err != nil {
			t.Fatal(err)
		}
		text := hostile.Four(r, good)
		text = text[:min(len(text), 1472)]
		d := frame.Datagram{SrcMAC: frame.MAC(mac), DstMAC: frame.Broadcast, Src: netip.AddrPortFrom(m.CIAddr, 68), Dst: netip.AddrPortFrom(everybody, 67)}
		link.WriteFrames(t.Context(), 1, func(_ int, slot []byte) int { return d.Put(slot, copy(slot[frame.Payload4:], text)) })
		if n%8 == 0 {
			w.clock.Sleep(t.Context(), time.Duration(r.IntN(int(time.Second))))
		}
	}
	w.clock.Sleep(t.Context(), time.Minute)
	pool := netip.MustParsePrefix("10.0.1.100/30")
	for _, b := range w.server.Table().All() {
		if !pool.Contains(b.Prefix.Addr()) || b.Left(w.clock.Now()) > 24*time.Hour || b.Left(w.clock.Now()) < 0 {
			t.Errorf("%+v", b)
		}
	}
	stats := w.server.Stats()
	if len(stats.Dropped) == 0 || len(stats.Dropped) > 40 {
		t.Errorf("%+v", stats)
	}
	w.clock.Sleep(t.Context(), 25*time.Hour) // declined addresses too are free again
	c, err := client4.New(w.on("h1"), w.link, client4.Config{MAC: net.HardwareAddr{2, 0, 0, 0, 9, 9}})
	if err != nil {
		t.Fatal(err)
	}
	if l, err := c.Acquire(w.on("h1")); err != nil || !pool.Contains(l.Terms().Address) {
		t.Errorf("a good client: %v", err)
	}
}

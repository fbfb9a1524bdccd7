package server6_test

import (
	"math/rand/v2"
	"net"
	"net/netip"
	"testing"
	"time"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/hostile"
	"moonwire/host/network"
)

// TestHostileClients sends a server messages that were bent in every way. It goes on, gives away what is in its pools and no
// more, and serves a good client once that is over.
func TestHostileClients(t *testing.T) {
	t.Parallel()
	w := newWorld(t, basic())
	r := rand.New(rand.NewPCG(1, 10))
	peer := net.UDPAddrFromAddrPort(group)
	peer.Zone = "eth0"
	for n := range 8000 {
		who := dhcp6.NewLL(net.HardwareAddr{2, 0x66, 0, 0, byte(n >> 8), byte(n)})
		list := []netip.Addr{netip.AddrFrom16([16]byte{0x20, 1, 0xd, 0xb8, 0, 1, 14: byte(r.IntN(3)), 15: byte(n)})}
		m := w.message(dhcp6.Type(1+r.IntN(13)), who, na(r.Uint32(), list...), ia(dhcp6.IAPD, 1))
		good, err := m.Encode()
		if err != nil {
			t.Fatal(err)
		}
		text := hostile.Six(r, good)
		if n%4 == 0 {
			text = good
		}
		w.conn.WriteMsg(text[:min(len(text), 1452)], network.Meta{Peer: peer})
		if n%8 == 0 {
			w.clock.Sleep(t.Context(), time.Duration(r.IntN(int(time.Second))))
		}
	}
	w.clock.Sleep(t.Context(), time.Minute)
	all := w.server.Table().All()
	for _, b := range all {
		if a := b.Prefix.Addr(); !onLink.Contains(a) && !parts.Range.Contains(a) || b.Left(w.clock.Now()) < 0 {
			t.Errorf("%+v", b)
		}
	}
	stats := w.server.Stats()
	if len(stats.Dropped) == 0 || len(stats.Dropped) > 40 || len(all) == 0 || len(all) > 40_000 {
		t.Errorf("%d bindings, %+v", len(all), stats)
	}
	w.clock.Sleep(t.Context(), 25*time.Hour)
	for { // what the others were told
		w.conn.SetReadDeadline(w.clock.Now().Add(time.Second))
		if _, _, err := w.conn.ReadMsg(make([]byte, 2000)); err != nil {
			break
		}
	}
	if a := w.ask(w.message(dhcp6.Solicit, one, na(1))); a == nil || a.Type != dhcp6.Advertise {
		t.Errorf("a good client: %v", a)
	}
}

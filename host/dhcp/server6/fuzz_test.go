package server6_test

import (
	"net"
	"net/netip"
	"testing"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/server6"
	"moonwire/host/network"
)

// FuzzServer hears any bytes: whatever comes is answered or dropped, and the table stays within what was asked for.
func FuzzServer(f *testing.F) {
	c := basic()
	c.RapidCommit = true
	c.Reservations = []server6.Reservation{{DUID: one, Addresses: []netip.Addr{pool.First}}}
	var w *world
	f.Add([]byte{1, 0, 0, 1})
	for typ := dhcp6.Solicit; typ <= dhcp6.InformationRequest; typ++ {
		m := dhcp6.New(typ, 1)
		m.Set(dhcp6.ClientID, []byte(one))
		m.Options.Add(na(1, pool.First).Option())
		if typ != dhcp6.Solicit && typ != dhcp6.Confirm && typ != dhcp6.Rebind {
			m.Set(dhcp6.ServerID, []byte(dhcp6.NewEN(1, []byte("s"))))
		}
		b, _ := m.Encode()
		f.Add(b)
		relayed, _ := dhcp6.Forward(m, pool.First, pool.Last, dhcp6.MakeOption(18, []byte("x")))
		b, _ = relayed.Encode()
		f.Add(b)
	}
	c.DUID = dhcp6.NewEN(1, []byte("s"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if w == nil || len(w.server.Table().All()) > 1000 {
			w = idle(t, c)
		}
		w.server.Hear(b, net.UDPAddr{IP: net.ParseIP("fe80::ff:fe00:1"), Port: 546, Zone: "eth0"}, network.Meta{Local: netip.MustParseAddr("ff02::1:2")})
	})
}

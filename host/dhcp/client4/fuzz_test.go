package client4

import (
	"bytes"
	"net/netip"
	"testing"
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/option"
	"moonwire/host/dhcp/station"
	"moonwire/host/network"
)

// FuzzAnswers reads whatever a server may send as an offer, an acknowledgement, and the terms of a lease.
func FuzzAnswers(f *testing.F) {
	m := dhcp4.New(dhcp4.Ack, 7, []byte{2, 0, 0, 0, 0, 1})
	m.YIAddr = netip.MustParseAddr("10.0.0.9")
	m.SetAddr(option.ServerIdentifier, netip.MustParseAddr("10.0.0.1"))
	m.Set(option.SubnetMask, []byte{255, 0, 255, 0})
	m.Set(option.ClasslessRoutes, []byte{24, 10, 0, 9, 10, 0, 0, 2, 0, 10, 0, 0, 1, 33})
	m.Set(option.LeaseTime, []byte{0xff, 0xff, 0xff, 0xfe})
	m.Set(option.RenewalTime, []byte{0xff, 0xff, 0xff, 0xff})
	m.Set(option.InterfaceMTU, []byte{0xff, 0xff})
	m.Set(option.DomainSearch, []byte{1, 'a', 0xc0, 0})
	seed, _ := m.Encode()
	f.Add(seed)
	ctx, clock := network.WithRand(f.Context(), 1), network.Kernel().Clock()
	c := &Client{clock: clock}
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := dhcp4.Decode(bytes.Clone(b))
		if err != nil {
			return
		}
		q := &question{message: dhcp4.New(dhcp4.Request, m.XID, m.MAC()), judge: answersOf(netip.Addr{})}
		if c.judge(m, q) != "" && m.Op != dhcp4.BootReply {
			return
		}
		a := &answer{m, clock.Now(), station.Datagram{}}
		terms := c.termsOf(ctx, a)
		if !terms.Infinite && (terms.T1 > terms.T2 || terms.T2 > terms.Time || terms.renew.After(terms.rebind) || terms.rebind.After(terms.expires)) {
			t.Fatalf("%v %v %v %s", terms.T1, terms.T2, terms.Time, time.Since(terms.expires))
		}
		all := Terms{terms: terms}
		systemRoutes(all, "eth0", 0)
		searchOf(all)
		_, _, _, _ = all.Mask(), all.Domain(), all.DNS(), Subject(m)
	})
}

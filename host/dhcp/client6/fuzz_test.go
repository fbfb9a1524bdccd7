package client6

import (
	"net/netip"
	"testing"
	"time"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/station"
)

// FuzzAnswers judges whatever comes as an answer to a Solicit, a Renew, and as a Reconfigure.
func FuzzAnswers(f *testing.F) {
	at := time.Unix(1, 0)
	good := dhcp6.New(dhcp6.Advertise, 7, dhcp6.Option{Code: dhcp6.ServerID, Data: []byte{0, 3, 0, 1, 2, 0, 0, 0, 0, 1}},
		dhcp6.IA{Code: dhcp6.IANA, ID: 1, T1: 5, T2: 8, Options: dhcp6.Options{dhcp6.IAAddress{Address: netip.MustParseAddr("fd00::1"), Preferred: 10, Valid: 20}.Option()}}.Option())
	for _, kind := range []dhcp6.Type{dhcp6.Advertise, dhcp6.Reply, dhcp6.Reconfigure} {
		good.Type = kind
		b, _ := good.Encode()
		f.Add(b)
	}
	asked := Want{Addresses: 1, Temporary: 1, Prefixes: 1}.list(1)
	f.Fuzz(func(t *testing.T, b []byte) {
		m, why := read(station.Datagram{Payload: b})
		if why != "" {
			return
		}
		c := &Client{o: Options{Reconfigure: true}, key: make([]byte, 16)}
		c.leases = []*Lease{{client: c, terms: Terms{ServerID: m.DUID(dhcp6.ServerID)}}}
		c.invalid(m, dhcp6.New(dhcp6.Solicit, m.XID))
		c.reconfigured(m)
		if o, _ := readOffer(&trade{}, m, asked, true, at); o != nil && o.score() == 0 {
			t.Error("an offer of nothing")
		}
		terms := Terms{IAs: asked}
		terms.extended(m, at)
		for _, ia := range readIAs(m.Options, at) {
			one := IA{Code: ia.Code, ID: ia.ID}
			one.update(ia)
			t1, t2, end := Terms{IAs: []IA{one}}.Times()
			if !t1.IsZero() && !t2.IsZero() && t1.After(t2) {
				t.Error("T1 after T2", ia, t1, t2, end)
			}
			for _, b := range one.Bindings {
				if b.Valid == 0 || b.Preferred > b.Valid || b.Addr().IsMulticast() && ia.Code != dhcp6.IAPD {
					t.Error(b)
				}
			}
		}
	})
}

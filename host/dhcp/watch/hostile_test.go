package watch

import (
	"math/rand/v2"
	"net/netip"
	"testing"
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/frame"
	"moonwire/host/dhcp/hostile"
	"moonwire/host/dhcp/option"
	"moonwire/host/packet"
	"moonwire/host/packet/layers"
)

// TestBentFrames has a watch hear frames with messages that were bent in every way, in any order and from anybody.
func TestBentFrames(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 6))
	good := goodMessages(t)
	w := New(Options{})
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	told := 0
	reg := layers.Registry()
	eth, _ := reg.Lookup("eth")
	for range 30_000 {
		d := frame.Datagram{SrcMAC: frame.MAC(mac(r.IntN(50))), DstMAC: frame.Broadcast}
		var payload []byte
		if r.IntN(2) == 0 {
			payload = hostile.Four(r, good[r.IntN(3)])
			d.Src, d.Dst = netip.MustParseAddrPort("10.0.0.1:67"), netip.MustParseAddrPort("255.255.255.255:68")
			if r.IntN(2) == 0 {
				d.Src, d.Dst = netip.MustParseAddrPort("0.0.0.0:68"), netip.MustParseAddrPort("255.255.255.255:67")
			}
		} else {
			payload = hostile.Six(r, good[3+r.IntN(2)])
			d.Src, d.Dst = netip.MustParseAddrPort("[fe80::1]:547"), netip.MustParseAddrPort("[fe80::2]:546")
			if r.IntN(2) == 0 {
				d.Src, d.Dst = netip.MustParseAddrPort("[fe80::2]:546"), netip.MustParseAddrPort("[ff02::1:2]:547")
			}
		}
		b := make([]byte, d.Payload()+len(payload))
		copy(b[d.Payload():], payload)
		d.Put(b, len(payload))
		at = at.Add(time.Duration(r.IntN(int(2 * time.Second))))
		for _, e := range w.Hear(packet.Decode(reg, b, eth), at) {
			told += len(e.String())
		}
	}
	if c := w.Counts(); c.Messages < 10_000 || c.Malformed < 100 || told == 0 {
		t.Errorf("%+v, %d", c, told)
	}
	w.Advance(at.Add(200 * 365 * 24 * time.Hour))
}

// goodMessages are three of DHCPv4 and two of DHCPv6.
func goodMessages(t *testing.T) (all [][]byte) {
	t.Helper()
	for _, kind := range []dhcp4.Type{dhcp4.Discover, dhcp4.Request, dhcp4.Ack} {
		m := dhcp4.New(kind, 7, mac(1))
		m.SetAddr(option.ServerIdentifier, serverIP)
		m.YIAddr = leased
		m.SetUint32(option.LeaseTime, 600)
		b, err := m.Encode()
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, b)
	}
	id := dhcp6.Option{Code: 1, Data: []byte(dhcp6.NewLL(mac(1)))}
	server := dhcp6.Option{Code: 2, Data: []byte(dhcp6.NewLL(serverMAC))}
	for _, kind := range []dhcp6.Type{dhcp6.Solicit, dhcp6.Reply} {
		m := dhcp6.New(kind, 7, id, server)
		b, err := m.Encode()
		if err != nil {
			t.Fatal(err)
		}
		ia := []byte{0, 3, 0, 40, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 2, 0, 0, 5, 0, 24, 0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0}
		all = append(all, append(b, ia...))
	}
	return all
}

package load

import (
	"context"
	"net"
	"net/netip"
	"testing"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/frame"
	"moonwire/host/dhcp/option"
	"moonwire/host/network"
)

// quiet is a load without an interface, for what comes from the wire.
func quiet(clients int) *Run {
	o := Options{Rate: 1, Clients: clients, Count: 1}
	if err := o.check(); err != nil {
		panic(err)
	}
	ctx := network.WithRand(context.Background(), 1)
	r := &Run{o: o, clock: network.ClockFrom(ctx), ids: newIdentity(ctx, clients), clients: make([]client, clients)}
	r.wire.first, r.wire.port = macNumber(o.MAC), clientPort
	r.wire.servers, r.wire.holders = map[[4]byte]frame.MAC{}, map[[4]byte]int32{}
	for i := range r.clients {
		r.clients[i].waits = idle
	}
	return r
}

// offerTo is a frame with a server's offer to a client.
func offerTo(r *Run, i int32) []byte {
	mac := make(net.HardwareAddr, 6)
	putMAC(mac, r.wire.mac(i))
	m := dhcp4.New(dhcp4.Offer, r.ids.xid(i, r.clients[i].turn), mac)
	m.YIAddr = netip.MustParseAddr("10.0.0.100")
	m.SetAddr(option.ServerIdentifier, netip.MustParseAddr("10.0.0.1"))
	payload, _ := m.Encode()
	d := frame.Datagram{SrcMAC: frame.MAC{2, 0, 0, 0, 0, 1}, DstMAC: frame.MAC(mac), Src: netip.MustParseAddrPort("10.0.0.1:67"), Dst: netip.MustParseAddrPort("10.0.0.100:68")}
	b := make([]byte, 1000)
	return b[:d.Put(b, copy(b[frame.Payload4:], payload))]
}

// TestHearingTakesNoMemory holds that answers are read in place.
func TestHearingTakesNoMemory(t *testing.T) {
	r := quiet(10)
	f := &network.Frame{Data: offerTo(r, 3), Time: r.clock.Now()}
	c := &r.clients[3]
	n := testing.AllocsPerRun(1000, func() {
		c.waits, c.activity = discover, Lease
		r.hear(f)
		if c.waits != request || len(r.out) != 1 {
			t.Fatal("the offer was not taken")
		}
		r.out = r.out[:0]
	})
	if n > 0 {
		t.Errorf("%g allocations for each answer", n)
	}
}

// TestStrangers holds what becomes of answers that are for nobody here, of other servers, and too late.
func TestStrangers(t *testing.T) {
	r := quiet(10)
	hear := func(b []byte) { r.hear(&network.Frame{Data: b, Time: r.clock.Now()}) }
	hear(offerTo(r, 3)) // nobody asked
	if r.count.lateAnswers != 1 {
		t.Errorf("%+v", r.count)
	}
	r.clients[3].waits = discover
	other := offerTo(r, 3)
	other[frame.Payload4+atXID]++
	hear(other)
	other = offerTo(r, 3)
	other[frame.Payload4+atCHAddr+5]++
	hear(other)
	if r.count.strays != 2 {
		t.Errorf("%+v", r.count)
	}
	cut := offerTo(r, 3)
	cut[frame.Payload4+atFirst+1] = 255
	hear(cut)
	if r.count.malformed != 1 || r.clients[3].waits != discover {
		t.Errorf("%+v", r.count)
	}
	r.o.Server = netip.MustParseAddr("10.0.0.9")
	hear(offerTo(r, 3))
	if r.count.others != 1 || r.clients[3].waits != discover {
		t.Errorf("%+v", r.count)
	}
}

// FuzzHear holds that whatever comes from the wire does no harm.
func FuzzHear(f *testing.F) {
	r := quiet(100)
	f.Add(offerTo(r, 3))
	f.Fuzz(func(t *testing.T, b []byte) {
		r.clients[3].waits = discover
		if frame.Type(b) != frame.TypeARP {
			r.hear(&network.Frame{Data: b})
		}
		r.out = r.out[:0]
	})
}

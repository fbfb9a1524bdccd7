package dhcp6_test

import (
	"net/netip"
	"testing"

	"moonwire/bindings/dhcp6"
	"moonwire/bindings/packet"
	"moonwire/bindings/u64"
	wire "moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/station"
	"moonwire/host/hosttest"
	"moonwire/host/lab"
	"moonwire/host/lab/topology"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
)

// link is a lab in simulated time: h1 with a link-local address, and R1, fd00:0:0:1::1, a server.
func link(t *testing.T, answer func(*wire.Message) *wire.Message) network.Network {
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
	server, _ := l.Network("R1")
	ctx := network.With(t.Context(), server)
	p, err := server.ListenPacket(ctx, "udp6", "[::]:547", nil)
	if err != nil {
		t.Fatal(err)
	}
	list, _ := server.Interfaces()
	if err := p.SetOption("ipv6-add-membership", network.Membership{Group: station.AllServers, Index: list[len(list)-1].Index}); err != nil {
		t.Fatal(err)
	}
	network.Go(ctx, func() { serve(p, answer) })
	h1, _ := l.Network("h1")
	return h1
}

func serve(p network.PacketConn, answer func(*wire.Message) *wire.Message) {
	b := make([]byte, 2000)
	for {
		n, meta, err := p.ReadMsg(b)
		if err != nil {
			return
		}
		if m, err := wire.Decode(append([]byte{}, b[:n]...)); err == nil {
			if r := answer(m); r != nil {
				out, _ := r.Encode()
				p.WriteMsg(out, network.Meta{Peer: meta.Peer})
			}
		}
	}
}

// give answers as a server does that has one address and one prefix for everybody.
func give(m *wire.Message) *wire.Message {
	kind := wire.Reply
	if m.Type == wire.Solicit {
		kind = wire.Advertise
	}
	r := wire.New(kind, m.XID, wire.Option{Code: wire.ClientID, Data: []byte(m.DUID(wire.ClientID))}, wire.Option{Code: wire.ServerID, Data: []byte("\x00\x03\x00\x01\x02\x00\x00\x00\x00\x01")},
		wire.MakeOption(23, netip.MustParseAddr("fd00:0:0:1::1").AsSlice()))
	for _, ia := range m.Options.IAs() {
		out := wire.IA{Code: ia.Code, ID: ia.ID, T1: 100, T2: 160}
		if ia.Code == wire.IAPD {
			out.Options.Add(wire.IAPrefix{Prefix: netip.MustParsePrefix("fd00:0:0:1000::/56"), Preferred: 200, Valid: 300}.Option())
		} else {
			out.Options.Add(wire.IAAddress{Address: netip.MustParseAddr("fd00:0:0:1::100"), Preferred: 200, Valid: 300}.Option())
		}
		r.Options.Add(out.Option())
	}
	return r
}

// TestClient runs clients beside a server.
func TestClient(t *testing.T) {
	t.Parallel()
	hosttest.RunFileIn(t, link(t, give), "testdata/client.lua", dhcp6.Module(), packet.Module(), u64.Module())
}

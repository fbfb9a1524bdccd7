package relay_test

import (
	"context"
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/frame"
	"moonwire/host/dhcp/hostile"
	"moonwire/host/dhcp/option"
	"moonwire/host/dhcp/relay"
	"moonwire/host/lab"
	"moonwire/host/lab/topology"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
)

// TestBentMessages takes messages of clients and servers that were bent in every way through an agent of each policy. What
// goes on is a message, no longer than there is room for unless it was before, and one hop further.
func TestBentMessages(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(2, 7))
	in := relay.Arrival{Interface: "eth0", Address: netip.MustParseAddr("10.0.1.1"), Own: []netip.Addr{netip.MustParseAddr("10.0.1.1")}}
	discover := dhcp4.New(dhcp4.Discover, 7, mac)
	discover.Set(option.ParameterRequestList, []byte{1, 3, 6})
	text, err := discover.Encode()
	if err != nil {
		t.Fatal(err)
	}
	carried := 0
	for n := range 40_000 {
		a := relay.Agent{Info: relay.Info{CircuitID: []byte("port 1"), RemoteID: []byte("remote")}, Policy: relay.Policies[n%len(relay.Policies)],
			Hops: relay.DefaultHops, Room: relay.DefaultRoom, Trusted: n%3 == 0}
		b := hostile.Four(r, text)
		m, err := dhcp4.Decode(slices.Clone(b))
		if err != nil {
			continue
		}
		hops := m.Hops
		if a.Request(m, in) != "" {
			continue
		}
		out, err := m.Encode()
		if err != nil {
			continue // told as malformed
		}
		carried++
		again, err := dhcp4.Decode(out)
		switch {
		case err != nil:
			t.Fatalf("message %d: % x became % x: %v", n, b, out, err)
		case again.Hops != hops+1 || again.GIAddr.IsUnspecified():
			t.Fatalf("message %d: % x became % x: hops %d, giaddr %s", n, b, out, again.Hops, again.GIAddr)
		case len(out) > max(len(b), relay.DefaultRoom, dhcp4.LeastSize):
			t.Fatalf("message %d, policy %s: %d bytes became %d", n, a.Policy, len(b), len(out))
		}
		a.Reply(again, in)
	}
	if carried < 5000 {
		t.Errorf("%d were carried", carried)
	}
}

// TestLoop has two relays send everything to each other. A message turns a few times, and not for ever.
func TestLoop(t *testing.T) {
	t.Parallel()
	plan, err := topology.Build(topology.Spec{Lines: []string{"h1 -- R1 -- R2 -- h2"}, NoIPv6: true})
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
	addr := func(host, iface string) netip.Addr {
		n, _ := l.Network(host)
		list, _ := n.Interfaces()
		for _, i := range list {
			if i.Name == iface {
				return i.Addrs[0].Addr()
			}
		}
		t.Fatal(host)
		return netip.Addr{}
	}
	var relays []*relay.Relay
	ctx, cancel := network.WithCancel(t.Context())
	for host, to := range map[string]netip.Addr{"R1": addr("R2", "eth0"), "R2": addr("R1", "eth1")} {
		n, _ := l.Network(host)
		there := network.With(ctx, n)
		one, err := relay.Open(there, relay.Options{Interfaces: []string{"eth0", "eth1"}, Servers: []netip.AddrPort{netip.AddrPortFrom(to, 67)},
			Agent: relay.Agent{Hops: relay.MostHops, Room: relay.DefaultRoom, Policy: relay.Append, Info: relay.Info{CircuitID: []byte("x")}}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { one.Close() })
		relays = append(relays, one)
		clock.Go(func() { one.Serve(there, 0, time.Time{}) })
	}
	t.Cleanup(cancel)
	h1, _ := l.Network("h1")
	link, err := h1.OpenLink(ctx, "eth0", &network.LinkOpts{SendOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { link.Close() })
	const messages = 20
	for n := range messages {
		m := dhcp4.New(dhcp4.Discover, uint32(n), mac)
		if n%2 == 1 { // as a relay agent has it that claims to be R2
			m.GIAddr = addr("R2", "eth1")
		}
		b, _ := m.Encode()
		d := frame.Datagram{SrcMAC: frame.MAC(mac), DstMAC: frame.Broadcast, Src: netip.MustParseAddrPort("0.0.0.0:68"), Dst: netip.MustParseAddrPort("255.255.255.255:67")}
		link.WriteFrames(context.Background(), 1, func(_ int, slot []byte) int { return d.Put(slot, copy(slot[frame.Payload4:], b)) })
	}
	if err := clock.Sleep(t.Context(), 10*time.Second); err != nil {
		t.Fatal(err)
	}
	total, before := relay.Stats{}, 0
	for range 2 {
		total = relay.Stats{}
		for _, one := range relays {
			s := one.Stats()
			total.Received += s.Received
			total.Requests += s.Requests
		}
		if before != 0 && total.Received != before {
			t.Errorf("messages still go round: %d, then %d", before, total.Received)
		}
		before = total.Received
		clock.Sleep(t.Context(), time.Minute)
	}
	if total.Received < messages || total.Received > messages*(relay.MostHops+2) {
		t.Errorf("%+v", total)
	}
}

package load_test

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/load"
	"moonwire/host/dhcp/option"
	"moonwire/host/lab"
	"moonwire/host/lab/topology"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
	"moonwire/host/permit"
)

// A bench is a lab with a load's host h1 and a server on h2.
type bench struct {
	lab    *lab.Lab
	client context.Context
	server network.Network
	addr   netip.Addr
	seen   map[dhcp4.Type]int
	macs   map[[16]byte]bool
	xids   map[uint32]bool
}

func newBench(t *testing.T, o lab.Options, line string) *bench {
	t.Helper()
	plan, err := topology.Build(topology.Spec{Lines: []string{line}})
	if err != nil {
		t.Fatal(err)
	}
	l, err := lab.New(plan, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	b := &bench{lab: l, seen: map[dhcp4.Type]int{}, macs: map[[16]byte]bool{}, xids: map[uint32]bool{}}
	n, _ := l.Network("h1")
	b.client = network.WithRand(network.With(context.Background(), n), 1)
	b.server, _ = l.Network("h2")
	node, _ := l.Plan().Node("h2")
	b.addr = node.Addr()
	return b
}

// serve answers on h2 until the lab is closed; each address is its number in the pool. drop says which messages get lost.
func (b *bench) serve(t *testing.T, drop func(n int) bool) {
	t.Helper()
	ctx := network.With(context.Background(), b.server)
	conn, err := b.server.ListenPacket(ctx, "udp4", "0.0.0.0:67", &network.SockOpts{Broadcast: true, Metadata: true})
	if err != nil {
		t.Fatal(err)
	}
	leases := map[[16]byte]netip.Addr{}
	next := netip.MustParseAddr("10.99.0.1")
	in, count := make([]byte, 1500), 0
	network.Go(ctx, func() {
		for {
			n, meta, err := conn.ReadMsg(in)
			if err != nil {
				return
			}
			m, err := dhcp4.Decode(in[:n:n])
			if err != nil {
				continue
			}
			b.seen[m.Type()]++
			b.macs[m.CHAddr], b.xids[m.XID] = true, true
			if count++; drop != nil && drop(count) {
				continue
			}
			a := m.Answer(dhcp4.Ack)
			if m.Type() == dhcp4.Discover {
				a.SetType(dhcp4.Offer)
			} else if m.Type() == dhcp4.Release || m.Type() == dhcp4.Decline {
				continue
			}
			if !leases[m.CHAddr].IsValid() {
				leases[m.CHAddr] = next
				next = next.Next()
			}
			a.YIAddr = leases[m.CHAddr]
			a.SetAddr(option.ServerIdentifier, b.addr)
			out, _ := a.Encode()
			to := &net.UDPAddr{IP: net.IPv4bcast, Port: 68}
			if !m.GIAddr.IsUnspecified() {
				to = &net.UDPAddr{IP: m.GIAddr.AsSlice(), Port: 67}
			}
			if _, err := conn.WriteMsg(out, network.Meta{Peer: to, Interface: meta.Interface}); err != nil {
				t.Error(err)
			}
		}
	})
}

// run runs a load to its end.
func (b *bench) run(t *testing.T, o load.Options) load.Result {
	t.Helper()
	o.Iface = "eth0"
	r, err := load.Open(b.client, o)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if done, err := r.Run(b.client, time.Time{}); err != nil || !done {
		t.Fatal(done, err)
	}
	return r.Result()
}

func TestLeases(t *testing.T) {
	t.Parallel()
	simulated(t, "h1 -- h2", func(b *bench) {
		b.serve(t, nil)
		r := b.run(t, load.Options{Rate: 2000, Clients: 300, Count: 300})
		if r.Leases != 300 || r.Drops != 0 || r.Begun != 300 || r.Sent != 600 || r.Received != 600 || r.Strays+r.Others+r.Malformed+r.LateAnswers+r.Starved != 0 {
			t.Errorf("%+v", r)
		}
		if b.seen[dhcp4.Discover] != 300 || b.seen[dhcp4.Request] != 300 || len(b.macs) != 300 || len(b.xids) != 300 {
			t.Errorf("the server saw %v of %d clients with %d xids", b.seen, len(b.macs), len(b.xids))
		}
	})
}

// simulated runs f in simulated time.
func simulated(t *testing.T, line string, f func(b *bench)) {
	t.Helper()
	c := simtime.New(simtime.Epoch)
	defer c.Close()
	b := newBench(t, lab.Options{Clock: c, Seed: 1}, line)
	f(b)
}

// TestTenThousand holds that ten thousand clients in simulated time have the same figures each time, to the nanosecond.
func TestTenThousand(t *testing.T) {
	t.Parallel()
	load10k := func() (r load.Result, seen map[dhcp4.Type]int) {
		simulated(t, "h1 -- h2", func(b *bench) {
			b.serve(t, func(n int) bool { return n%100 == 0 })
			r = b.run(t, load.Options{Rate: 5000, Clients: 10000, Count: 10000})
			seen = b.seen
		})
		return r, seen
	}
	first, seen := load10k()
	if first.Begun != 10000 || first.Drops == 0 || first.Leases+first.Drops != 10000 || first.Strays+first.Others+first.Malformed+first.LateAnswers+first.Starved != 0 {
		t.Errorf("%+v", first)
	}
	if seen[dhcp4.Discover] != 10000 {
		t.Errorf("the server saw %v", seen)
	}
	if again, _ := load10k(); !reflect.DeepEqual(first, again) {
		t.Errorf("another time\n%+v\nnot\n%+v", again, first)
	}
}

// TestMix holds what each activity says.
func TestMix(t *testing.T) {
	t.Parallel()
	simulated(t, "h1 -- h2", func(b *bench) {
		b.serve(t, nil)
		r := b.run(t, load.Options{Rate: 1000, Clients: 500, Count: 4000, ClientID: true,
			Mix: load.Mix{load.Renew: 0.2, load.Rebind: 0.1, load.Reboot: 0.1, load.Inform: 0.1, load.Release: 0.1, load.Decline: 0.05, load.Discover: 0.1}})
		if r.Drops != 0 || r.Starved != 0 || r.Strays+r.Malformed+r.LateAnswers != 0 || len(r.Exchanges) != 8 {
			t.Errorf("%+v", r)
		}
		sent := map[string]int{}
		for _, e := range r.Exchanges {
			sent[e.Name] = e.Sent
		}
		for name, want := range map[string]int{"renew-ack": 800, "rebind-ack": 400, "release": 400, "decline": 200} {
			if sent[name] < want-10 || sent[name] > want {
				t.Errorf("%s: %d, want about %d", name, sent[name], want)
			}
		}
		if b.seen[dhcp4.Inform] != sent["inform-ack"] || b.seen[dhcp4.Release] != sent["release"] || b.seen[dhcp4.Decline] != sent["decline"] {
			t.Errorf("the server saw %v of %v", b.seen, sent)
		}
	})
}

// TestRelayed holds that a load behind relay agents has its answers sent to them.
func TestRelayed(t *testing.T) {
	t.Parallel()
	b := newBench(t, lab.Options{}, "h1 -- h2")
	b.serve(t, nil)
	here := netip.MustParseAddr("10.0.1.1")
	r := b.run(t, load.Options{Rate: 1000, Clients: 200, Count: 200, Server: b.addr, // a client for each, however late answers are
		Relay: &load.Relay{GIAddrs: []netip.Addr{here, netip.MustParseAddr("10.0.1.77")}, Info: []byte("\x01\x04eth0")}})
	if r.Leases != 200 || r.Drops != 0 {
		t.Errorf("%+v", r)
	}
}

// TestNobody holds that a load without a server ends, with every question dropped.
func TestNobody(t *testing.T) {
	t.Parallel()
	simulated(t, "h1 -- h2", func(b *bench) {
		r := b.run(t, load.Options{Rate: 100, Clients: 30, Duration: 2 * time.Second})
		if r.Begun != 200 || r.Starved == 0 || r.Drops+r.Starved != 200 || r.Leases != 0 || r.DropRatio != 1 {
			t.Errorf("%+v", r)
		}
	})
}

// TestCancelled holds that a load ends when its task does.
func TestCancelled(t *testing.T) {
	t.Parallel()
	b := newBench(t, lab.Options{}, "h1 -- h2")
	ctx, cancel := network.WithCancel(b.client)
	r, err := load.Open(ctx, load.Options{Iface: "eth0", Rate: 0.1, Clients: 1, Count: 2})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	time.AfterFunc(50*time.Millisecond, cancel)
	if _, err := r.Run(ctx, time.Time{}); err != context.Canceled {
		t.Error(err)
	}
}

// TestBadOptions holds what is refused.
func TestBadOptions(t *testing.T) {
	t.Parallel()
	b := newBench(t, lab.Options{}, "h1 -- h2")
	for want, o := range map[string]load.Options{
		"must end":        {Rate: 1, Clients: 1},
		"rate must be":    {Clients: 1, Count: 1},
		"clients must be": {Rate: 1, Clients: load.MostClients + 1, Count: 1},
		"at most 1h0m0s":  {Rate: 1, Clients: 1, Duration: 2 * time.Hour},
		"group's address": {Rate: 1, Clients: 1, Count: 1, MAC: net.HardwareAddr{1, 0, 0, 0, 0, 0}},
		"know the server": {Rate: 1, Clients: 1, Count: 1, Relay: &load.Relay{}},
		"no 5 addresses":  {Rate: 1, Clients: 5, Count: 1, MAC: net.HardwareAddr{0xfe, 255, 255, 255, 255, 255}},
		"no such interfa": {Iface: "eth9", Rate: 1, Clients: 1, Count: 1},
	} {
		if o.Iface == "" {
			o.Iface = "eth0"
		}
		if _, err := load.Open(b.client, o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// TestNotAllowed holds that outside labs load is for declared networks only.
func TestNotAllowed(t *testing.T) {
	t.Parallel()
	o := load.Options{Iface: "lo", Rate: 1, Clients: 1, Count: 1}
	_, err := load.Open(context.Background(), o)
	if err == nil || !strings.Contains(err.Error(), `"-- needs: net 127.0.0.0/8:67/udp"`) || !strings.Contains(err.Error(), "--allow-net 127.0.0.0/8:67/udp") {
		t.Error(err)
	}
	all, _ := permit.Parse("net 0.0.0.0/0:67/udp")
	var refused *load.NotAllowed
	if _, err := load.Open(permit.With(context.Background(), &permit.Policy{All: true, Allow: permit.Grants{all}}), o); errors.As(err, &refused) {
		t.Error(err)
	}
	o.Server, o.Relay = netip.MustParseAddr("192.0.2.1"), &load.Relay{}
	if _, err := load.Open(context.Background(), o); err == nil || !strings.Contains(err.Error(), "net 192.0.2.1:67/udp") {
		t.Error(err)
	}
}

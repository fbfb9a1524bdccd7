package load_test

import (
	"context"
	"net"
	"net/netip"
	"testing"
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/load"
	"moonwire/host/dhcp/option"
	"moonwire/host/lab"
	"moonwire/host/lab/topology"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
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
	b := newBench(t, lab.Options{}, "h1 -- h2")
	b.serve(t, nil)
	r := b.run(t, load.Options{Rate: 2000, Clients: 300, Count: 300})
	if r.Leases != 300 || r.Drops != 0 || r.Begun != 300 || r.Sent != 600 || r.Received != 600 || r.Strays+r.Others+r.Malformed+r.LateAnswers+r.Starved != 0 {
		t.Errorf("%+v", r)
	}
	if b.seen[dhcp4.Discover] != 300 || b.seen[dhcp4.Request] != 300 || len(b.macs) != 300 || len(b.xids) != 300 {
		t.Errorf("the server saw %v of %d clients with %d xids", b.seen, len(b.macs), len(b.xids))
	}
}

// simulated runs f in simulated time, whose driver it takes part in.
func simulated(t *testing.T, line string, f func(b *bench)) {
	t.Helper()
	c := simtime.New(simtime.Epoch)
	defer c.Close()
	b := newBench(t, lab.Options{Clock: c, Seed: 1}, line)
	done := make(chan struct{})
	c.Go(func() {
		defer close(done)
		f(b)
	})
	<-done
}

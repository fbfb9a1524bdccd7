package client6_test

import (
	"context"
	"net"
	"net/netip"
	"testing"
	"time"

	"moonwire/host/dhcp/client6"
	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/station"
	"moonwire/host/lab"
	"moonwire/host/lab/topology"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
)

// world is a lab in simulated time: h1 with nothing but a link-local address, and two hosts for servers.
type world struct {
	*lab.Lab
	clock *simtime.Clock
	ctx   context.Context // on h1
}

func newWorld(t *testing.T) *world {
	t.Helper()
	lan := netip.MustParsePrefix("fd00:0:0:1::/64")
	plan, err := topology.Build(topology.Spec{Lines: []string{"h1, h2, R1, R2 -- sw1"},
		Networks: map[string][]netip.Prefix{"sw1": {lan}},
		Addresses: map[string][]netip.Prefix{"h1.eth0": {}, "h2.eth0": {},
			"R1": {netip.MustParsePrefix("fd00:0:0:1::1/64")}, "R2": {netip.MustParsePrefix("fd00:0:0:1::2/64")}}})
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
	w := &world{Lab: l, clock: clock}
	w.ctx = network.WithRand(network.With(t.Context(), w.on("h1")), 1)
	clock.Sleep(w.ctx, 5*time.Second)
	return w
}

func (w *world) on(host string) network.Network {
	n, err := w.Network(host)
	if err != nil {
		panic(err)
	}
	return n
}

// open makes a client on h1.
func (w *world) open(t *testing.T, change func(*client6.Options)) *client6.Client {
	t.Helper()
	o := client6.Options{Iface: "eth0", MAC: net.HardwareAddr{2, 0, 0, 0, 9, 1}, Timeout: 30 * time.Second, Request: []uint16{23}, Detect: true}
	if change != nil {
		change(&o)
	}
	c, err := client6.Open(w.ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// A server answers each message by a function; none is silence.
type server struct {
	duid   dhcp6.DUID
	heard  []*dhcp6.Message
	peer   net.Addr // who sent the last
	conn   network.PacketConn
	answer func(m *dhcp6.Message) []*dhcp6.Message
}

// serve starts a server on a host.
func (w *world) serve(t *testing.T, host string, answer func(s *server, m *dhcp6.Message) []*dhcp6.Message) *server {
	t.Helper()
	n := w.on(host)
	ctx := network.With(t.Context(), n)
	p, err := n.ListenPacket(ctx, "udp6", "[::]:547", nil)
	if err != nil {
		t.Fatal(err)
	}
	list, _ := n.Interfaces()
	iface := list[len(list)-1]
	if err := p.SetOption("ipv6-add-membership", network.Membership{Group: station.AllServers, Index: iface.Index}); err != nil {
		t.Fatal(err)
	}
	s := &server{duid: dhcp6.NewLL(iface.MAC), conn: p}
	s.answer = func(m *dhcp6.Message) []*dhcp6.Message { return answer(s, m) }
	network.Go(ctx, func() {
		b := make([]byte, 2000)
		for {
			n, meta, err := p.ReadMsg(b)
			if err != nil {
				return
			}
			m, err := dhcp6.Decode(append([]byte{}, b[:n]...))
			if err != nil {
				continue
			}
			s.heard, s.peer = append(s.heard, m), meta.Peer
			for _, r := range s.answer(m) {
				out, _ := r.Encode()
				p.WriteMsg(out, network.Meta{Peer: meta.Peer})
			}
		}
	})
	return s
}

// reply begins an answer.
func (s *server) reply(t dhcp6.Type, m *dhcp6.Message, options ...dhcp6.Option) *dhcp6.Message {
	r := dhcp6.New(t, m.XID, dhcp6.Option{Code: dhcp6.ClientID, Data: []byte(m.DUID(dhcp6.ClientID))}, dhcp6.Option{Code: dhcp6.ServerID, Data: []byte(s.duid)})
	r.Options = append(r.Options, options...)
	return r
}

// The lifetimes that servers of these tests give, in seconds.
const (
	t1, t2, preferred, valid = 100, 160, 200, 300
)

// give answers each IA of a message: addresses from fd00:0:0:1::100 on, prefixes from fd80:0:0:100::/56 on.
func give(m *dhcp6.Message) (options []dhcp6.Option) {
	for _, ia := range m.Options.IAs() {
		out := dhcp6.IA{Code: ia.Code, ID: ia.ID, T1: t1, T2: t2}
		low := byte(ia.ID)
		switch ia.Code {
		case dhcp6.IAPD:
			p := netip.PrefixFrom(netip.AddrFrom16([16]byte{0xfd, 0x80, 6: low}), 56)
			out.Options.Add(dhcp6.IAPrefix{Prefix: p, Preferred: preferred, Valid: valid}.Option())
		default:
			a := netip.AddrFrom16([16]byte{0xfd, 0, 7: 1, 13: byte(ia.Code), 14: 1, 15: low})
			out.Options.Add(dhcp6.IAAddress{Address: a, Preferred: preferred, Valid: valid}.Option())
		}
		options = append(options, out.Option())
	}
	return options
}

// plain is a server that gives what is asked for.
func plain(s *server, m *dhcp6.Message) []*dhcp6.Message {
	switch m.Type {
	case dhcp6.Solicit:
		return []*dhcp6.Message{s.reply(dhcp6.Advertise, m, give(m)...)}
	case dhcp6.Request, dhcp6.Renew, dhcp6.Rebind:
		return []*dhcp6.Message{s.reply(dhcp6.Reply, m, give(m)...)}
	}
	return []*dhcp6.Message{s.reply(dhcp6.Reply, m, dhcp6.Status{Code: dhcp6.Success, Message: "well"}.Option())}
}

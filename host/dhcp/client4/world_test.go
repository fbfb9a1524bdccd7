package client4_test

import (
	"context"
	"encoding/binary"
	"net"
	"net/netip"
	"testing"
	"time"

	"moonwire/host/dhcp/client4"
	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/option"
	"moonwire/host/dhcp/station"
	"moonwire/host/lab"
	"moonwire/host/lab/topology"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
)

// world is a lab in simulated time: h1 without an address, R1, 10.0.1.1, and h2, 10.0.1.2, on one switch.
type world struct {
	*lab.Lab
	t     *testing.T
	clock *simtime.Clock
	ctx   context.Context // on h1
}

func newWorld(t *testing.T) *world {
	t.Helper()
	plan, err := topology.Build(topology.Spec{Lines: []string{"h1, h2, R1 -- sw1"}, NoIPv6: true,
		Networks: map[string][]netip.Prefix{"sw1": {netip.MustParsePrefix("10.0.1.0/24")}},
		Addresses: map[string][]netip.Prefix{"h1.eth0": {}, "R1": {netip.MustParsePrefix("10.0.1.1/24")},
			"h2": {netip.MustParsePrefix("10.0.1.2/24")}}})
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
	h1, _ := l.Network("h1")
	return &world{l, t, clock, network.WithRand(network.With(t.Context(), h1), 1)}
}

// client makes a client on h1.
func (w *world) client(config client4.Config) *client4.Client {
	w.t.Helper()
	l, err := station.Open(w.ctx, "eth0")
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { l.Close() })
	c, err := client4.New(w.ctx, l, config)
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

// after does something later.
func (w *world) after(d time.Duration, f func()) { w.clock.AfterFunc(d, func() { w.clock.Go(f) }) }

// since is how long ago a moment was.
func (w *world) since(t time.Time) time.Duration { return w.clock.Now().Sub(t) }

var (
	server  = netip.MustParseAddr("10.0.1.1")
	address = netip.MustParseAddr("10.0.1.100")
)

// A fake is a server that a test scripts: it answers each message with what react returns.
type fake struct {
	conn  network.PacketConn
	react func(m *dhcp4.Message) []*dhcp4.Message
	seen  []*dhcp4.Message
	peers []netip.AddrPort
}

// fake starts one on a host. Nil reacts as a good server does.
func (w *world) fake(host string, react func(m *dhcp4.Message) []*dhcp4.Message) *fake {
	w.t.Helper()
	n, _ := w.Network(host)
	conn, err := n.ListenPacket(network.With(w.t.Context(), n), "udp", "0.0.0.0:67", &network.SockOpts{Broadcast: true, Device: "eth0"})
	if err != nil {
		w.t.Fatal(err)
	}
	f := &fake{conn: conn, react: react}
	if react == nil {
		f.react = good
	}
	w.clock.Go(f.serve)
	return f
}

func (f *fake) serve() {
	b := make([]byte, 2000)
	for {
		n, meta, err := f.conn.ReadMsg(b)
		if err != nil {
			return
		}
		m, err := dhcp4.Decode(append([]byte(nil), b[:n]...))
		if err != nil {
			continue
		}
		f.seen = append(f.seen, m)
		f.peers = append(f.peers, meta.Peer.(*net.UDPAddr).AddrPort())
		for _, r := range f.react(m) {
			out, _ := r.Encode()
			to := &net.UDPAddr{IP: net.IPv4bcast.To4(), Port: 68}
			if !m.CIAddr.IsUnspecified() {
				to.IP = m.CIAddr.AsSlice()
			}
			f.conn.WriteMsg(out, network.Meta{Peer: to})
		}
	}
}

// types are those of the messages that the server saw.
func (f *fake) types() (list []string) {
	for _, m := range f.seen {
		list = append(list, m.Type().String())
	}
	return list
}

// reply is an answer with an address, of the server at 10.0.1.1, for 600 s.
func reply(m *dhcp4.Message, t dhcp4.Type) *dhcp4.Message {
	r := m.Answer(t)
	r.SetAddr(option.ServerIdentifier, server)
	if t == dhcp4.Nak {
		r.SetText(option.Message, "not you")
		return r
	}
	r.YIAddr = address
	r.Set(option.LeaseTime, binary.BigEndian.AppendUint32(nil, 600))
	r.Set(option.SubnetMask, []byte{255, 255, 255, 0})
	r.SetAddr(option.Router, server)
	r.SetAddr(option.DomainNameServer, netip.MustParseAddr("10.0.1.53"))
	r.SetText(option.DomainName, "lab.test")
	return r
}

// good is how a good server reacts.
func good(m *dhcp4.Message) []*dhcp4.Message {
	switch m.Type() {
	case dhcp4.Discover:
		return []*dhcp4.Message{reply(m, dhcp4.Offer)}
	case dhcp4.Request:
		return []*dhcp4.Message{reply(m, dhcp4.Ack)}
	case dhcp4.Inform:
		r := reply(m, dhcp4.Ack)
		r.YIAddr = netip.IPv4Unspecified()
		r.Set(option.LeaseTime, nil)
		return []*dhcp4.Message{r}
	}
	return nil
}

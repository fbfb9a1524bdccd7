package relay_test

import (
	"context"
	"net"
	"net/netip"
	"testing"
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/frame"
	"moonwire/host/dhcp/option"
	"moonwire/host/dhcp/relay"
	"moonwire/host/lab"
	"moonwire/host/lab/topology"
	"moonwire/host/network"
)

var mac = net.HardwareAddr{2, 0, 0, 0, 0x10, 1}

// site is client -- R1 -- server, with a relay on R1.
type site struct {
	client, relay, server network.Network
	clientIface           string
	relayAddr             netip.Addr // of R1 on the client's side
	serverAddr            netip.Addr
}

func inLab(t *testing.T) site {
	t.Helper()
	plan, err := topology.Build(topology.Spec{Lines: []string{"h1 -- R1 -- h2"}})
	if err != nil {
		t.Fatal(err)
	}
	l, err := lab.New(plan, lab.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	s := site{clientIface: "eth0"}
	s.client, _ = l.Network("h1")
	s.relay, _ = l.Network("R1")
	s.server, _ = l.Network("h2")
	node, _ := l.Plan().Node("h2")
	s.serverAddr = node.Addr()
	list, _ := s.relay.Interfaces()
	for _, i := range list {
		if i.Name == "eth0" {
			for _, p := range i.Addrs {
				if p.Addr().Is4() {
					s.relayAddr = p.Addr()
				}
			}
		}
	}
	return s
}

// run serves a relay until the test ends.
func (s site) run(t *testing.T, o relay.Options) *relay.Relay {
	t.Helper()
	o.Interfaces, o.Servers = []string{"eth0"}, []netip.AddrPort{netip.AddrPortFrom(s.serverAddr, 67)}
	if o.Agent.Room == 0 {
		o.Agent.Room = relay.DefaultRoom
	}
	if o.Agent.Hops == 0 {
		o.Agent.Hops = relay.DefaultHops
	}
	ctx, cancel := network.WithCancel(network.With(context.Background(), s.relay))
	r, err := relay.Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() {
		_, err := r.Serve(ctx, 0, time.Time{})
		done <- err
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != context.Canceled {
			t.Errorf("serve ended with %v", err)
		}
		r.Close()
	})
	return r
}

// exchange sends what the client says, lets answer make the server's answer, and returns that as it arrives at the client.
func (s site) exchange(t *testing.T, m *dhcp4.Message, answer func(*dhcp4.Message) *dhcp4.Message) (seen *dhcp4.Message, arrived frame.Datagram, got *dhcp4.Message) {
	t.Helper()
	ctx := context.Background()
	server, err := s.server.ListenPacket(ctx, "udp4", "0.0.0.0:67", &network.SockOpts{Metadata: true})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	client, err := s.client.OpenLink(ctx, s.clientIface, &network.LinkOpts{Promiscuous: true})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	b, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	d := frame.Datagram{SrcMAC: frame.MAC(mac), DstMAC: frame.Broadcast, Src: netip.MustParseAddrPort("0.0.0.0:68"), Dst: netip.MustParseAddrPort("255.255.255.255:67")}
	client.WriteFrames(ctx, 1, func(_ int, slot []byte) int { return d.Put(slot, copy(slot[frame.Payload4:], b)) })

	in := make([]byte, 1500)
	server.SetReadDeadline(time.Now().Add(time.Minute))
	n, meta, err := server.ReadMsg(in)
	if err != nil {
		t.Fatal("the server heard nothing: ", err)
	}
	if seen, err = dhcp4.Decode(in[:n:n]); err != nil {
		t.Fatal(err)
	}
	if want := netip.AddrPortFrom(s.relayAddr, 67).String(); meta.Peer.String() != want {
		t.Errorf("the server heard %s, want %s", meta.Peer, want)
	}
	if b, err = answer(seen).Encode(); err != nil {
		t.Fatal(err)
	}
	if _, err := server.WriteTo(b, net.UDPAddrFromAddrPort(netip.AddrPortFrom(seen.GIAddr, 67))); err != nil {
		t.Fatal(err)
	}
	client.SetReadDeadline(time.Now().Add(time.Minute))
	frames := make([]network.Frame, 16)
	for {
		n, err := client.ReadFrames(frames)
		if err != nil {
			t.Fatal("the client heard nothing: ", err)
		}
		for _, f := range frames[:n] {
			if d, payload, ok := frame.Read(f.Data); ok && d.Dst.Port() == 68 && f.Direction != network.Outgoing {
				got, err := dhcp4.Decode(append([]byte(nil), payload...))
				if err != nil {
					t.Fatal(err)
				}
				return seen, d, got
			}
		}
	}
}

// offer answers with an offer, as servers do: relay agent information is echoed.
func offer(m *dhcp4.Message) *dhcp4.Message {
	a := m.Answer(dhcp4.Offer)
	a.YIAddr = netip.MustParseAddr("10.0.1.100")
	a.SetAddr(option.ServerIdentifier, netip.MustParseAddr("10.0.2.2"))
	if data, ok := m.Get(option.RelayAgentInformation); ok {
		a.Add(option.RelayAgentInformation, data)
	}
	return a
}

func TestUnicastAnswer(t *testing.T) {
	t.Parallel()
	s := inLab(t)
	r := s.run(t, relay.Options{Agent: relay.Agent{Info: relay.Info{CircuitID: []byte("eth0"), RemoteID: []byte("R1")}}})
	seen, d, got := s.exchange(t, dhcp4.New(dhcp4.Discover, 0x1234, mac), offer)
	if seen.GIAddr != s.relayAddr || seen.Hops != 1 {
		t.Errorf("giaddr %s, hops %d", seen.GIAddr, seen.Hops)
	}
	if data, _ := seen.Get(option.RelayAgentInformation); string(data) != "\x01\x04eth0\x02\x02R1" {
		t.Errorf("option 82 is %q", data)
	}
	if last := seen.Options[len(seen.Options)-2]; last.Code != option.RelayAgentInformation {
		t.Errorf("the last option is %d", last.Code)
	}
	if got.Has(option.RelayAgentInformation) || got.XID != 0x1234 {
		t.Errorf("the client got %+v", got)
	}
	want := frame.Datagram{SrcMAC: d.SrcMAC, DstMAC: frame.MAC(mac), Src: netip.AddrPortFrom(s.relayAddr, 67), Dst: netip.MustParseAddrPort("10.0.1.100:68")}
	if d != want {
		t.Errorf("the answer came by %+v, want %+v", d, want)
	}
	if st := r.Stats(); st.Requests != 1 || st.Replies != 1 || st.Received != 2 || len(st.Drops) != 0 {
		t.Errorf("%+v", st)
	}
}

func TestBroadcastAnswer(t *testing.T) {
	t.Parallel()
	s := inLab(t)
	s.run(t, relay.Options{})
	m := dhcp4.New(dhcp4.Discover, 7, mac)
	m.SetBroadcast(true)
	seen, d, _ := s.exchange(t, m, offer)
	if seen.Has(option.RelayAgentInformation) {
		t.Error("option 82 was not asked for")
	}
	if d.DstMAC != frame.Broadcast || d.Dst.String() != "255.255.255.255:68" || d.Src.Addr() != s.relayAddr {
		t.Errorf("the answer came by %+v", d)
	}
	_, d, _ = s.exchange(t, dhcp4.New(dhcp4.Request, 8, mac), func(m *dhcp4.Message) *dhcp4.Message { return m.Answer(dhcp4.Nak) })
	if d.Dst.String() != "255.255.255.255:68" {
		t.Errorf("a NAK came by %+v", d)
	}
}

//go:build interop

package relay_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/dhcptest"
	"moonwire/host/dhcp/frame"
	"moonwire/host/dhcp/option"
	"moonwire/host/dhcp/relay"
	"moonwire/host/network"
	"moonwire/host/network/nettest"
)

// begin serves a relay on a Site until the returned function is called.
func begin(t *testing.T, n *nettest.Node, a relay.Agent) (r *relay.Relay, end func()) {
	t.Helper()
	ctx, cancel := network.WithCancel(network.With(context.Background(), n.Network))
	a.Hops, a.Room = relay.DefaultHops, relay.DefaultRoom
	r, err := relay.Open(ctx, relay.Options{Interfaces: []string{"eth1"}, Servers: []netip.AddrPort{netip.AddrPortFrom(dhcptest.Server4, 67)}, Agent: a})
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		r.Serve(ctx, 0, time.Time{})
		close(done)
	}()
	return r, func() {
		cancel()
		<-done
		r.Close()
	}
}

// TestUdhcpcAndKea has udhcpc take a lease from Kea through our relay agent, with option 82 on the servers' side only.
func TestUdhcpcAndKea(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	site := dhcptest.NewSite(t, 1)
	dhcptest.Kea(t, site.Server, dhcptest.Site4())
	r, end := begin(t, site.Relay, relay.Agent{Info: relay.Info{CircuitID: []byte("eth1/7"), RemoteID: []byte("R1"), Flags: true}})
	defer end()
	up, down := dhcptest.Capture(t, site.Relay, "eth0", ""), dhcptest.Capture(t, site.Relay, "eth1", "")
	if got := dhcptest.Udhcpc(t, site.Clients[0]).Await(t, "bound").Vars["ip"]; !strings.HasPrefix(got, "10.0.1.1") {
		t.Errorf("udhcpc: address %s", got)
	}
	packets := up.Packets(t, "dhcp")
	if len(packets) < 4 {
		t.Errorf("%d packets between relay agent and server", len(packets))
	}
	for i, p := range packets { // in Kea's answers too: it read the option, and echoes it
		if got := p.Get("dhcp.option.agent_information_option.agent_circuit_id"); got != "65:74:68:31:2f:37" {
			t.Errorf("packet %d: circuit id %q of %v", i, got, p)
		}
		if p.Get("dhcp.ip.relay") != "10.0.1.1" {
			t.Errorf("packet %d: giaddr %s", i, p.Get("dhcp.ip.relay"))
		}
	}
	for i, p := range down.Packets(t, "dhcp") {
		if _, has := p["dhcp.option.agent_information_option.agent_circuit_id"]; has {
			t.Errorf("packet %d: option 82 on the clients' side", i)
		}
	}
	up.Clean(t)
	down.Clean(t)
	if s := r.Stats(); len(s.Drops) > 0 || s.Fallback > 0 {
		t.Errorf("%+v", s)
	}
}

// questions are messages for relay agents to carry.
func questions() map[string]*dhcp4.Message {
	plain := dhcp4.New(dhcp4.Discover, 1, mac)
	broadcast := dhcp4.New(dhcp4.Discover, 2, mac)
	broadcast.SetBroadcast(true)
	long := dhcp4.New(dhcp4.Request, 3, mac)
	long.Set(option.VendorClass, bytes.Repeat([]byte("v"), 200))
	renewing := dhcp4.New(dhcp4.Request, 4, mac)
	renewing.CIAddr = netip.MustParseAddr("10.0.1.150")
	relayed := dhcp4.New(dhcp4.Discover, 5, mac)
	relayed.GIAddr, relayed.Hops = netip.MustParseAddr("10.0.5.1"), 1
	nested := dhcp4.New(dhcp4.Discover, 6, mac)
	nested.GIAddr, nested.Hops = netip.MustParseAddr("10.0.5.1"), 1
	nested.Set(option.RelayAgentInformation, []byte("\x01\x01x"))
	bootp := dhcp4.New(dhcp4.Discover, 7, mac)
	bootp.Set(option.MessageType, nil)
	return map[string]*dhcp4.Message{"plain": plain, "broadcast": broadcast, "long": long, "renewing": renewing, "relayed": relayed, "nested": nested, "bootp": bootp}
}

// A passage is what became of a question.
type passage struct {
	at     string // what the server received, in hexadecimal
	answer string // frame that the client received: its addresses and payload
}

// passages sends the questions through the relay agent that runs on a Site.
func passages(t *testing.T, site dhcptest.Site) map[string]passage {
	t.Helper()
	ctx := context.Background()
	server, err := site.Server.Network.ListenPacket(ctx, "udp4", "0.0.0.0:67", &network.SockOpts{Metadata: true})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	client, err := site.Clients[0].Network.OpenLink(ctx, dhcptest.Port, &network.LinkOpts{Promiscuous: true})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	all := map[string]passage{}
	for name, m := range questions() {
		b, err := m.Encode()
		if err != nil {
			t.Fatal(err)
		}
		d := frame.Datagram{SrcMAC: frame.MAC(mac), DstMAC: frame.Broadcast, Src: netip.MustParseAddrPort("0.0.0.0:68"), Dst: netip.MustParseAddrPort("255.255.255.255:67")}
		client.WriteFrames(ctx, 1, func(_ int, slot []byte) int { return d.Put(slot, copy(slot[frame.Payload4:], b)) })
		in := make([]byte, 1500)
		server.SetReadDeadline(time.Now().Add(2 * time.Second))
		n, _, err := server.ReadMsg(in)
		if err != nil {
			all[name] = passage{}
			continue
		}
		p := passage{at: hex.EncodeToString(in[:n])}
		if seen, err := dhcp4.Decode(in[:n:n]); err == nil && seen.GIAddr == netip.MustParseAddr("10.0.1.1") {
			reply, _ := offer(seen).Encode()
			server.WriteTo(reply, net.UDPAddrFromAddrPort(netip.AddrPortFrom(seen.GIAddr, 67)))
			p.answer = hear(t, client, m.XID)
		}
		all[name] = p
	}
	return all
}

// hear waits for the answer to a client.
func hear(t *testing.T, client network.LinkConn, xid uint32) string {
	t.Helper()
	client.SetReadDeadline(time.Now().Add(2 * time.Second))
	frames := make([]network.Frame, 16)
	for {
		n, err := client.ReadFrames(frames)
		if err != nil {
			return "nothing"
		}
		for _, f := range frames[:n] {
			d, payload, ok := frame.Read(f.Data)
			if m, err := dhcp4.Decode(bytes.Clone(payload)); ok && err == nil && d.Dst.Port() == 68 && m.XID == xid {
				return fmt.Sprintf("%x > %x %s > %s %x", d.SrcMAC, d.DstMAC, d.Src, d.Dst, payload)
			}
		}
	}
}

// TestAsDhcrelay holds that our relay agent sends the same bytes as ISC's, both ways.
func TestAsDhcrelay(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	site := dhcptest.NewSite(t, 1)
	dhcrelay := dhcptest.Dhcrelay(t, site.Relay)
	want := passages(t, site)
	dhcrelay.Kill()
	_, end := begin(t, site.Relay, relay.Agent{Info: relay.Info{CircuitID: []byte("eth1")}, Policy: relay.Replace})
	defer end()
	got := passages(t, site)
	for name, w := range want {
		if name == "relayed" {
			continue // dhcrelay adds its option behind another relay agent, which RFC 3046 section 2.1.1 forbids
		}
		if g := got[name]; g.at != w.at {
			t.Errorf("%s: the server got\n%s\nand by dhcrelay\n%s", name, g.at, w.at)
		} else if g.answer != w.answer {
			t.Errorf("%s: the client got\n%s\nand by dhcrelay\n%s", name, g.answer, w.answer)
		}
	}
}

//go:build interop

package relay_test

import (
	"bytes"
	"context"
	"net"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/dhcptest"
	"moonwire/host/dhcp/frame"
	"moonwire/host/dhcp/relay"
	"moonwire/host/network"
	"moonwire/host/network/nettest"
)

// begin6 serves a relay on a Site until the returned function is called.
func begin6(t *testing.T, n *nettest.Node, server string, a relay.Agent6) (r *relay.Relay6, end func()) {
	t.Helper()
	a.Hops = relay.MostHops6
	ctx, cancel := network.WithCancel(network.With(context.Background(), n.Network))
	r, err := relay.Open6(ctx, relay.Options6{Interfaces: []string{"eth1"}, Servers: []netip.AddrPort{netip.MustParseAddrPort(server)}, Agent: a})
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

// TestDhclientAndKea6 has dhclient take an address from Kea through our relay agent. Kea hears the group of servers and
// relay agents only.
func TestDhclientAndKea6(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	site := dhcptest.NewSite(t, 1)
	dhcptest.Kea(t, site.Server, dhcptest.Site6())
	r, end := begin6(t, site.Relay, "[ff02::1:2%eth0]:547", relay.Agent6{LinkLayer: true, RemoteID: []byte("\x00\x00\x09\xbfR1"), SubscriberID: []byte("seven")})
	defer end()
	up, down := dhcptest.Capture(t, site.Relay, "eth0", ""), dhcptest.Capture(t, site.Relay, "eth1", "")
	if got := dhcptest.Dhclient(t, site.Clients[0], "-6").Await(t, "BOUND6").Vars["new_ip6_address"]; !strings.HasPrefix(got, "fd00:1::1") {
		t.Errorf("dhclient: address %s", got)
	}
	for i, p := range up.Packets(t, "dhcpv6.msgtype == 12") {
		if got := p["dhcpv6.option.type"]; p.Get("dhcpv6.linkaddr") != "fd00:1::1" || len(got) < 5 || !slices.Equal(got[:4], []string{"18", "37", "38", "79"}) {
			t.Errorf("packet %d: %v", i, p)
		}
	}
	if n := len(down.Packets(t, "dhcpv6.msgtype == 12 || dhcpv6.msgtype == 13")); n > 0 {
		t.Errorf("%d messages of relay agents on the clients' side", n)
	}
	up.Clean(t)
	down.Clean(t)
	if s := r.Stats(); len(s.Drops) > 0 || s.Requests < 2 || s.Replies < 2 {
		t.Errorf("%+v", s)
	}
}

// passage6 sends a message through the relay agent that runs on a Site, and returns what the server received and the
// client was answered.
func passage6(t *testing.T, site dhcptest.Site, b []byte) (at *dhcp6.Message, raw, answer []byte) {
	t.Helper()
	ctx := context.Background()
	server, err := site.Server.Network.ListenPacket(ctx, "udp6", "[::]:547", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	client, err := site.Clients[0].Network.OpenLink(ctx, dhcptest.Port, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	self := netip.MustParseAddr("fe80::ff:fe00:102")
	d := frame.Datagram{SrcMAC: frame.MAC(client.Interface().MAC), DstMAC: frame.MAC{0x33, 0x33, 0, 1, 0, 2}, Src: netip.AddrPortFrom(self, 546), Dst: netip.MustParseAddrPort("[ff02::1:2]:547")}
	client.WriteFrames(ctx, 1, func(_ int, slot []byte) int { return d.Put(slot, copy(slot[frame.Payload6:], b)) })
	in := make([]byte, 1500)
	server.SetReadDeadline(time.Now().Add(3 * time.Second))
	n, _, err := server.ReadMsg(in)
	if err != nil {
		t.Fatal("the server heard nothing: ", err)
	}
	raw = bytes.Clone(in[:n])
	if at, err = dhcp6.Decode(raw); err != nil {
		t.Fatal(err)
	}
	reply := &dhcp6.Message{Type: dhcp6.RelayReply, Link: at.Link, Peer: at.Peer}
	if id, ok := at.Get(dhcp6.InterfaceID); ok {
		reply.Set(dhcp6.InterfaceID, id)
	}
	inner, _ := dhcp6.New(dhcp6.Advertise, 0x123456).Encode()
	if _, relayed := at.Get(dhcp6.RelayMessage); relayed && b[0] == byte(dhcp6.RelayForward) {
		inner, _ = (&dhcp6.Message{Type: dhcp6.RelayReply, Link: at.Link, Peer: at.Peer}).Encode()
	}
	reply.Set(dhcp6.RelayMessage, inner)
	out, err := reply.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := server.WriteTo(out, &net.UDPAddr{IP: net.ParseIP("fd00::2"), Port: 547}); err != nil {
		t.Fatal(err)
	}
	client.SetReadDeadline(time.Now().Add(3 * time.Second))
	frames := make([]network.Frame, 16)
	for {
		n, err := client.ReadFrames(frames)
		if err != nil {
			return at, raw, nil
		}
		for _, f := range frames[:n] {
			if d, payload, ok := frame.Read(f.Data); ok && d.Src.Port() == 547 && d.Dst.Addr() == self {
				return at, raw, bytes.Clone(payload)
			}
		}
	}
}

// TestAsDhcrelay6 holds that our relay agent wraps messages in the same bytes as ISC's, and unwraps the answers.
func TestAsDhcrelay6(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	solicit, _ := dhcp6.New(dhcp6.Solicit, 0x123456, dhcp6.Option{Code: dhcp6.ClientID, Data: []byte(dhcp6.NewLL(dhcptest.MAC(9)))}).Encode()
	chain := &dhcp6.Message{Type: dhcp6.RelayForward, Hops: 1, Link: netip.MustParseAddr("fd00:5::1"), Peer: netip.MustParseAddr("fe80::5")}
	chain.Set(dhcp6.RelayMessage, solicit)
	nested, _ := chain.Encode()
	site := dhcptest.NewSite(t, 1)
	dhcrelay := dhcptest.Dhcrelay6(t, site.Relay)
	at, want, wantAnswer := passage6(t, site, solicit)
	_, wantNested, _ := passage6(t, site, nested)
	dhcrelay.Kill()
	id, _ := at.Get(dhcp6.InterfaceID)
	_, end := begin6(t, site.Relay, "[fd00::1]:547", relay.Agent6{InterfaceID: id})
	defer end()
	_, got, gotAnswer := passage6(t, site, solicit)
	if !bytes.Equal(got, want) {
		t.Errorf("the server got\n%x\nand by dhcrelay\n%x", got, want)
	}
	if !bytes.Equal(gotAnswer, wantAnswer) || gotAnswer == nil {
		t.Errorf("the client got\n%x\nand by dhcrelay\n%x", gotAnswer, wantAnswer)
	}
	if _, got, _ := passage6(t, site, nested); !bytes.Equal(got, wantNested) {
		t.Errorf("in a chain the server got\n%x\nand by dhcrelay\n%x", got, wantNested)
	}
}

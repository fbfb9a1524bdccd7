//go:build interop

package load_test

import (
	"context"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"time"

	"moonwire/host/dhcp/dhcptest"
	"moonwire/host/dhcp/load"
	"moonwire/host/network"
	"moonwire/host/network/nettest"
	"moonwire/host/permit"
)

// put runs a load on a node's Port.
func put(t *testing.T, n *nettest.Node, o load.Options) load.Result {
	t.Helper()
	all, _ := permit.Parse("net 0.0.0.0/0:67/udp")
	ctx := permit.With(network.With(context.Background(), n.Network), &permit.Policy{All: true, Allow: permit.Grants{all}})
	o.Iface = dhcptest.Port
	r, err := load.Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := r.Run(ctx, time.Time{}); err != nil {
		t.Fatal(err)
	}
	return r.Result()
}

// TestServers holds that every kind of server answers every kind of message, and that tshark reads them without complaint.
func TestServers(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	for _, server := range dhcptest.Servers {
		t.Run(server.Name, func(t *testing.T) {
			lan := dhcptest.NewLAN(t, 1)
			server.Start(t, lan.Server, dhcptest.LAN4())
			wire := dhcptest.Capture(t, lan.Server, dhcptest.Port, "")
			r := put(t, lan.Clients[0], load.Options{Rate: 40, Clients: 40, Count: 160, Timeout: 5 * time.Second, ClientID: true,
				Mix: load.Mix{load.Renew: 0.2, load.Rebind: 0.1, load.Inform: 0.1, load.Release: 0.1, load.Reboot: 0.05}})
			t.Logf("\n%s", r)
			if r.Leases < 60 || r.DropRatio > 0.1 || r.Malformed > 0 {
				t.Errorf("%+v", r)
			}
			sent := 0
			for _, p := range wire.Packets(t, "dhcp.type == 1") {
				if mac := p.Get("dhcp.hw.mac_addr"); strings.HasPrefix(mac, "02:6d:77:") {
					sent++
					if p.Get("eth.src") != mac {
						t.Errorf("%s's message comes from %s", mac, p.Get("eth.src"))
					}
				}
			}
			if sent != r.Sent {
				t.Errorf("tshark saw %d messages, %d were sent", sent, r.Sent)
			}
			wire.Clean(t)
		})
	}
}

// TestBesidePerfdhcp holds that the load of a relay agent is served by Kea as perfdhcp's is, at a rate that is no strain.
func TestBesidePerfdhcp(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	lan := dhcptest.NewLAN(t, 1)
	client := lan.Clients[0]
	dhcptest.Kea(t, lan.Server, dhcptest.LAN4())
	dhcptest.Give(t, client, "10.0.0.9/24")
	wire := dhcptest.Capture(t, lan.Server, dhcptest.Port, "")
	r := put(t, client, load.Options{Rate: 20, Clients: 50, Count: 40, Server: dhcptest.Server4, Timeout: 5 * time.Second,
		Relay: &load.Relay{GIAddrs: []netip.Addr{netip.MustParseAddr("10.0.0.9")}, Info: []byte("\x01\x02e7")}})
	if r.Leases != 40 {
		t.Errorf("%+v", r)
	}
	if n := len(wire.Packets(t, "icmp")); n > 0 {
		t.Errorf("%d ICMP messages: the system answered what was for the load", n)
	}
	wire.Clean(t)
	out := dhcptest.Perfdhcp(t, client, "-4", "-l", "10.0.0.9", "-r", "20", "-R", "50", "-n", "40", "-W", "2000000", "10.0.0.1")
	if _, after, _ := strings.Cut(out, "REQUEST-ACK"); !strings.Contains(after, "received packets: "+strconv.Itoa(r.Leases)) {
		t.Error(out)
	}
}

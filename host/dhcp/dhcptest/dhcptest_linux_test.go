//go:build interop

package dhcptest_test

import (
	"net/netip"
	"strings"
	"testing"

	"moonwire/host/dhcp/dhcptest"
)

// TestPeers4 has each client take a lease from each server: what the fixtures promise before ours is judged by them.
func TestPeers4(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	for _, server := range dhcptest.Servers {
		t.Run(server.Name, func(t *testing.T) {
			lan := dhcptest.NewLAN(t, 3)
			wire := dhcptest.Capture(t, lan.Server, dhcptest.Port, "")
			server.Start(t, lan.Server, dhcptest.LAN4())
			bound := dhcptest.Dhclient(t, lan.Clients[0], "-4", "-1").Await(t, "BOUND").Vars
			if got := bound["new_ip_address"]; !strings.HasPrefix(got, "10.0.0.1") || bound["new_routers"] != "10.0.0.1" {
				t.Errorf("dhclient: address %s, routers %s", got, bound["new_routers"])
			}
			if got := dhcptest.Udhcpc(t, lan.Clients[1]).Await(t, "bound").Vars["ip"]; !strings.HasPrefix(got, "10.0.0.1") {
				t.Errorf("udhcpc: address %s", got)
			}
			if got := dhcptest.Dhcpcd(t, lan.Clients[2], "ipv4only").Await(t, "BOUND").Vars["new_ip_address"]; !strings.HasPrefix(got, "10.0.0.1") {
				t.Errorf("dhcpcd: address %s", got)
			}
			acks := wire.Packets(t, "dhcp.option.dhcp == 5")
			if len(acks) < 3 || acks[0].Get("dhcp.option.router") != "10.0.0.1" {
				t.Errorf("%d ACKs: %v", len(acks), acks)
			}
			wire.Clean(t)
		})
	}
}

// TestPeers6 is TestPeers4 for IPv6, with a prefix where the server has some.
func TestPeers6(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	for _, server := range dhcptest.Servers {
		t.Run(server.Name, func(t *testing.T) {
			lan := dhcptest.NewLAN(t, 2)
			wire := dhcptest.Capture(t, lan.Server, dhcptest.Port, "")
			server.Start(t, lan.Server, dhcptest.LAN6())
			if got := dhcptest.Dhclient(t, lan.Clients[0], "-6", "-1").Await(t, "BOUND6").Vars["new_ip6_address"]; !strings.HasPrefix(got, "fd00::1") {
				t.Errorf("dhclient: address %s", got)
			}
			if server.Name != "dnsmasq" {
				c := dhcptest.Dhcpcd(t, lan.Clients[1], "noipv6rs", "interface eth0", "ia_na 1", "ia_pd 2/::/56 lo/0")
				if got := c.Await(t, "BOUND6").Vars["nd1_dhcp6_ia_pd1_prefix1"]; got != "" {
					t.Logf("dhcpcd: %s", got)
				}
			}
			wire.Clean(t)
		})
	}
}

// TestNetworkd has systemd-networkd take a lease.
func TestNetworkd(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	lan := dhcptest.NewLAN(t, 1)
	dhcptest.Dhcpd(t, lan.Server, dhcptest.LAN4())
	dhcptest.Networkd(t, lan.Clients[0], "ipv4").Address(t, lan.Clients[0], netip.MustParsePrefix("10.0.0.0/24"))
}

// TestRelayed has udhcpc take a lease through dhcrelay from each server.
func TestRelayed(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	for _, server := range dhcptest.Servers {
		t.Run(server.Name, func(t *testing.T) {
			site := dhcptest.NewSite(t, 1)
			server.Start(t, site.Server, dhcptest.Site4())
			dhcptest.Dhcrelay(t, site.Relay)
			if got := dhcptest.Udhcpc(t, site.Clients[0]).Await(t, "bound").Vars["ip"]; !strings.HasPrefix(got, "10.0.1.1") {
				t.Errorf("udhcpc: address %s", got)
			}
		})
	}
}

// TestProbes has nmap, dhcping and perfdhcp talk to a server.
func TestProbes(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	lan := dhcptest.NewLAN(t, 1)
	client := lan.Clients[0]
	dhcptest.Dhcpd(t, lan.Server, dhcptest.LAN4())
	dhcptest.Give(t, client, "10.0.0.9/24")
	if out := dhcptest.Nmap(t, client, "--script", "broadcast-dhcp-discover"); !strings.Contains(out, "IP Offered: 10.0.0.1") {
		t.Error(out)
	}
	if out := dhcptest.Dhcping(t, client, "-i", "-s", "10.0.0.1", "-c", "10.0.0.9", "-h", dhcptest.MAC(2).String()); !strings.Contains(out, "Got answer from: 10.0.0.1") {
		t.Error(out)
	}
	if out := dhcptest.Perfdhcp(t, client, "-4", "-l", "10.0.0.9", "-r", "20", "-R", "50", "-p", "2", "10.0.0.1"); !strings.Contains(out, "received packets: ") {
		t.Error(out)
	}
}

//go:build interop

package server4_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"moonwire/host/dhcp/dhcptest"
	"moonwire/host/dhcp/lease"
	"moonwire/host/dhcp/option"
	"moonwire/host/dhcp/server4"
	"moonwire/host/network"
	"moonwire/host/network/nettest"
)

// lanConfig serves dhcptest's LAN, and the clients of its Site.
func lanConfig(t *testing.T) server4.Config {
	near := server4.Subnet{Prefix: netip.MustParsePrefix("10.0.0.0/24"), Ranges: ranges(t, "10.0.0.100-10.0.0.199")}
	near.Options = map[uint8][]byte{option.Router: {10, 0, 0, 1}}
	far := server4.Subnet{Prefix: netip.MustParsePrefix("10.0.1.0/24"), Ranges: ranges(t, "10.0.1.100-10.0.1.199")}
	far.Options = map[uint8][]byte{option.Router: {10, 0, 1, 1}}
	c := server4.Config{Interface: dhcptest.Port, Authoritative: true, Subnets: []server4.Subnet{near, far}}
	c.Options = map[uint8][]byte{option.DomainNameServer: {10, 0, 0, 53, 10, 0, 0, 54}, option.DomainName: []byte("lab.test"),
		option.InterfaceMTU: {0x05, 0x78}, option.ClasslessRoutes: {8, 10, 10, 0, 0, 1, 0, 10, 0, 0, 1}}
	return c
}

// start runs a server on a node until it is closed or the test ends.
func start(t *testing.T, n *nettest.Node, c server4.Config) *server4.Server {
	t.Helper()
	s, err := server4.New(network.WithFiles(network.With(context.Background(), n.Network), network.OSFiles()), c)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			list, err := s.Receive(time.Time{}, -1)
			if errors.Is(err, net.ErrClosed) {
				return
			}
			for _, r := range list {
				s.Put(r, s.Answer(r))
			}
		}
	}()
	t.Cleanup(func() { s.Close(); <-done })
	return s
}

// has fails unless an address is in a state.
func has(t *testing.T, s *server4.Server, address string, want lease.State) lease.Binding {
	t.Helper()
	a, err := netip.ParseAddr(address)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := s.Table().Get(lease.Whole(a))
	if b.State != want {
		t.Errorf("%s is %s, want %s", a, b.State, want)
	}
	return b
}

// TestDhclientRelease takes a lease back from ISC dhclient.
func TestDhclientRelease(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	lan := dhcptest.NewLAN(t, 1)
	s := start(t, lan.Server, lanConfig(t))
	client := dhcptest.Dhclient(t, lan.Clients[0], "-4")
	client.Await(t, "BOUND")
	has(t, s, "10.0.0.100", lease.Bound)
	client.DhclientRelease(t, lan.Clients[0], "-4")
	has(t, s, "10.0.0.100", lease.Released)
}

// TestDhclient leases to ISC dhclient: acquire, renew, a refusal after the server forgot, another address.
func TestDhclient(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	lan := dhcptest.NewLAN(t, 1)
	c := lanConfig(t)
	c.LeaseTime, c.Renewal, c.Rebinding = time.Minute, 3*time.Second, 10*time.Second
	s := start(t, lan.Server, c)
	wire := dhcptest.Capture(t, lan.Server, dhcptest.Port, "")
	client := dhcptest.Dhclient(t, lan.Clients[0], "-4")
	vars := client.Await(t, "BOUND").Vars
	for name, want := range map[string]string{"new_ip_address": "10.0.0.100", "new_routers": "10.0.0.1", "new_domain_name": "lab.test",
		"new_domain_name_servers": "10.0.0.53 10.0.0.54", "new_subnet_mask": "255.255.255.0", "new_dhcp_server_identifier": "10.0.0.1",
		"new_dhcp_lease_time": "60"} {
		if vars[name] != want {
			t.Errorf("%s is %q, want %q", name, vars[name], want)
		}
	}
	if b := has(t, s, "10.0.0.100", lease.Bound); b.MAC.String() != dhcptest.MAC(2).String() {
		t.Errorf("lease: %+v", b)
	}
	client.Await(t, "RENEW")
	s.Close()
	c.Subnets[0].Ranges = ranges(t, "10.0.0.150-10.0.0.160")
	s = start(t, lan.Server, c)
	if got := client.Await(t, "BOUND", "REBOOT").Vars["new_ip_address"]; got != "10.0.0.150" {
		t.Errorf("after the refusal of 10.0.0.100 it has %s", got)
	}
	has(t, s, "10.0.0.150", lease.Bound)
	naks := wire.Packets(t, "dhcp.option.dhcp == 6")
	if len(naks) == 0 || naks[0].Get("ip.dst") != "255.255.255.255" {
		t.Errorf("NAKs: %v", naks)
	}
	wire.Clean(t)
}

// TestUdhcpc leases to BusyBox's udhcpc, which declines an address that somebody has.
func TestUdhcpc(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	lan := dhcptest.NewLAN(t, 2)
	dhcptest.Give(t, lan.Clients[1], "10.0.0.100/24")
	s := start(t, lan.Server, lanConfig(t))
	wire := dhcptest.Capture(t, lan.Server, dhcptest.Port, "")
	client := dhcptest.Udhcpc(t, lan.Clients[0], "-a", "-R", "-x", "hostname:busy", "-O", "staticroutes")
	vars := client.Await(t, "bound").Vars
	if vars["ip"] != "10.0.0.101" || vars["router"] != "10.0.0.1" && vars["staticroutes"] == "" || vars["dns"] != "10.0.0.53 10.0.0.54" {
		t.Errorf("udhcpc has %v", vars)
	}
	has(t, s, "10.0.0.100", lease.Declined)
	if b := has(t, s, "10.0.0.101", lease.Bound); b.Name != "busy" {
		t.Errorf("lease: %+v", b)
	}
	client.Interrupt(t)
	has(t, s, "10.0.0.101", lease.Released)
	wire.Clean(t)
}

// TestConflictOnWire finds out itself that somebody has an address, both ways.
func TestConflictOnWire(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	for _, way := range []server4.Conflict{server4.PingCheck, server4.ARPCheck} {
		t.Run(string(way), func(t *testing.T) {
			lan := dhcptest.NewLAN(t, 2)
			dhcptest.Give(t, lan.Clients[1], "10.0.0.100/24")
			c := lanConfig(t)
			c.Conflict = way
			s := start(t, lan.Server, c)
			if got := dhcptest.Udhcpc(t, lan.Clients[0]).Await(t, "bound").Vars["ip"]; got != "10.0.0.101" {
				t.Errorf("udhcpc has %s", got)
			}
			has(t, s, "10.0.0.100", lease.Declined)
		})
	}
}

// TestDhcpcd leases to dhcpcd, with rapid commit.
func TestDhcpcd(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	for _, rapid := range []bool{false, true} {
		t.Run(fmt.Sprint("rapid=", rapid), func(t *testing.T) { dhcpcd(t, rapid) })
	}
}

func dhcpcd(t *testing.T, rapid bool) {
	lan := dhcptest.NewLAN(t, 1)
	c := lanConfig(t)
	c.RapidCommit = rapid
	s := start(t, lan.Server, c)
	wire := dhcptest.Capture(t, lan.Server, dhcptest.Port, "")
	client := dhcptest.Dhcpcd(t, lan.Clients[0], "ipv4only", "option rapid_commit", "option classless_static_routes")
	vars := client.Await(t, "BOUND").Vars
	if vars["new_ip_address"] != "10.0.0.100" || vars["new_domain_name_servers"] != "10.0.0.53 10.0.0.54" {
		t.Errorf("dhcpcd has %v", vars)
	}
	has(t, s, "10.0.0.100", lease.Bound)
	if n := len(wire.Packets(t, "dhcp.option.dhcp == 2")); (n == 0) != rapid {
		t.Errorf("rapid commit is %v, and there are %d offers", rapid, n)
	}
	wire.Clean(t)
}

// TestNetworkd leases to systemd-networkd.
func TestNetworkd(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	lan := dhcptest.NewLAN(t, 1)
	s := start(t, lan.Server, lanConfig(t))
	wire := dhcptest.Capture(t, lan.Server, dhcptest.Port, "")
	a := dhcptest.Networkd(t, lan.Clients[0], "ipv4").Address(t, lan.Clients[0], netip.MustParsePrefix("10.0.0.0/24"))
	has(t, s, a.String(), lease.Bound)
	wire.Clean(t)
}

// TestRelayAgent leases to udhcpc behind ISC's dhcrelay, which adds option 82, and renews past it.
func TestRelayAgent(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	site := dhcptest.NewSite(t, 1)
	c := lanConfig(t)
	c.LeaseTime = 8 * time.Second
	s := start(t, site.Server, c)
	wire := dhcptest.Capture(t, site.Server, dhcptest.Port, "")
	dhcptest.Dhcrelay(t, site.Relay)
	client := dhcptest.Udhcpc(t, site.Clients[0])
	if vars := client.Await(t, "bound").Vars; vars["ip"] != "10.0.1.100" || vars["router"] != "10.0.1.1" {
		t.Errorf("udhcpc has %v", vars)
	}
	first := has(t, s, "10.0.1.100", lease.Bound)
	client.Await(t, "renew")
	if again := has(t, s, "10.0.1.100", lease.Bound); !again.Since.After(first.Since) {
		t.Errorf("not renewed: %+v", again)
	}
	for _, p := range wire.Packets(t, "dhcp.option.dhcp == 5 && dhcp.ip.relay != 0.0.0.0") {
		if p.Get("dhcp.option.agent_information_option.agent_circuit_id") == "" {
			t.Errorf("option 82 was not echoed: %v", p)
		}
	}
	wire.Clean(t)
}

// TestProbes answers nmap, dhcping and perfdhcp.
func TestProbes(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	lan := dhcptest.NewLAN(t, 1)
	s := start(t, lan.Server, lanConfig(t))
	client := lan.Clients[0]
	wire := dhcptest.Capture(t, lan.Server, dhcptest.Port, "udp port 67 or udp port 68")
	dhcptest.Give(t, client, "10.0.0.9/24")
	out := dhcptest.Nmap(t, client, "--script", "broadcast-dhcp-discover")
	for _, want := range []string{"IP Offered: 10.0.0.1", "Server Identifier: 10.0.0.1", "Router: 10.0.0.1", "Domain Name: lab.test"} {
		if !strings.Contains(out, want) {
			t.Errorf("broadcast-dhcp-discover lacks %q:\n%s", want, out)
		}
	}
	out = dhcptest.Nmap(t, client, "-sU", "-p", "67", "--script", "dhcp-discover", "10.0.0.1")
	if !strings.Contains(out, "DHCP Message Type: DHCPACK") || !strings.Contains(out, "Domain Name Server: 10.0.0.53") {
		t.Errorf("dhcp-discover:\n%s", out)
	}
	if out = dhcptest.Dhcping(t, client, "-i", "-s", "10.0.0.1", "-c", "10.0.0.9", "-h", dhcptest.MAC(2).String()); !strings.Contains(out, "Got answer from: 10.0.0.1") {
		t.Errorf("dhcping:\n%s", out)
	}
	out = dhcptest.Perfdhcp(t, client, "-4", "-l", "10.0.0.9", "-r", "50", "-R", "60", "-p", "3", "10.0.0.1")
	for _, m := range regexp.MustCompile(`received packets: (\d+)`).FindAllStringSubmatch(out, -1) {
		if n, _ := strconv.Atoi(m[1]); n < 50 {
			t.Errorf("perfdhcp:\n%s", out)
		}
	}
	if sent := s.Stats().Sent; sent[2] < 50 || sent[5] < 50 {
		t.Errorf("sent %v", sent)
	}
	wire.Clean(t)
}

// TestFieldsByTshark compares what tshark reads in our answer with what we put there, options in file and sname too.
func TestFieldsByTshark(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	lan := dhcptest.NewLAN(t, 1)
	c := lanConfig(t)
	long := strings.Repeat("0123456789", 22) // so that file takes what follows
	c.Options[option.RootPath] = []byte(long)
	c.Options[option.TFTPServerName] = []byte("boot.lab.test")
	c.NextServer = netip.MustParseAddr("10.0.0.7")
	start(t, lan.Server, c)
	wire := dhcptest.Capture(t, lan.Server, dhcptest.Port, "udp port 68")
	dhcptest.Udhcpc(t, lan.Clients[0], "-O", "rootpath", "-O", "tftp", "-O", "mtu", "-O", "staticroutes").Await(t, "bound")
	acks := wire.Packets(t, "dhcp.option.dhcp == 5")
	if len(acks) != 1 {
		t.Fatalf("%d ACKs", len(acks))
	}
	if acks[0].Get("dhcp.option.option_overload") == "" {
		t.Errorf("all is in one place: %v", acks[0])
	}
	for field, want := range map[string]string{"dhcp.ip.your": "10.0.0.100", "dhcp.ip.server": "10.0.0.7", "dhcp.option.router": "10.0.0.1",
		"dhcp.option.domain_name": "lab.test", "dhcp.option.root_path": long, "dhcp.option.tftp_server_name": "boot.lab.test",
		"dhcp.option.ip_address_lease_time": "3600", "dhcp.option.interface_mtu": "1400", "dhcp.hw.mac_addr": dhcptest.MAC(2).String(),
		"eth.dst": dhcptest.MAC(2).String(), "ip.dst": "10.0.0.100", "udp.checksum.status": "1", "ip.checksum.status": "1"} {
		if got := acks[0].Get(field); got != want && !(strings.HasSuffix(field, "status") && got == "2") {
			t.Errorf("tshark reads %s = %q, want %q", field, got, want)
		}
	}
	wire.Clean(t)
}

//go:build interop

package server6_test

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"regexp"
	"strconv"
	"testing"
	"time"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/dhcptest"
	"moonwire/host/dhcp/lease"
	"moonwire/host/dhcp/server6"
	"moonwire/host/network"
	"moonwire/host/network/nettest"
)

// lanConfig serves dhcptest's LAN.
func lanConfig() server6.Config {
	subnet := netip.MustParsePrefix("fd00::/64")
	return server6.Config{Interface: dhcptest.Port, RapidCommit: true,
		Subnets: []server6.Subnet{{Prefix: subnet,
			Ranges:      []lease.Range{{First: netip.MustParseAddr("fd00::1:0"), Last: netip.MustParseAddr("fd00::1:ffff")}},
			Delegations: []server6.Delegation{{Range: lease.Span(netip.MustParsePrefix("fd00:8000::/32")), Length: 56}}}},
		Settings: server6.Settings{Valid: 600 * time.Second, Options: map[uint16]dhcp6.Options{
			23: {dhcp6.MakeOption(23, dhcptest.Server6.AsSlice())}, 24: {dhcp6.MakeOption(24, []byte("\x07example\x04test\x00"))}}}}
}

// start runs a server on a node until the test ends.
func start(t *testing.T, n *nettest.Node, c server6.Config) *server6.Server {
	t.Helper()
	ctx := network.WithFiles(network.With(context.Background(), n.Network), network.OSFiles())
	s, err := server6.New(ctx, c)
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

// TestDhclient leases an address and a prefix to ISC dhclient, and takes them back.
func TestDhclient(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	lan := dhcptest.NewLAN(t, 1)
	c := lanConfig()
	c.Preferred, c.Renewal, c.Rebinding = 500*time.Second, 3*time.Second, 100*time.Second
	s := start(t, lan.Server, c)
	wire := dhcptest.Capture(t, lan.Server, dhcptest.Port, "")
	client := dhcptest.Dhclient(t, lan.Clients[0], "-6", "-N", "-P", "-D", "LL")
	address, prefix := "", ""
	for address == "" || prefix == "" { // it calls its script for each
		e := client.Await(t, "BOUND6")
		if e.Vars["new_ip6_address"] != "" {
			address = e.Vars["new_ip6_address"]
		}
		if e.Vars["new_ip6_prefix"] != "" {
			prefix = e.Vars["new_ip6_prefix"]
		}
		if e.Vars["new_dhcp6_name_servers"] != dhcptest.Server6.String() || e.Vars["new_dhcp6_domain_search"] != "example.test." {
			t.Errorf("options: %v", e.Vars)
		}
	}
	b, ok := s.Table().Get(lease.Whole(netip.MustParseAddr(address)))
	if !ok || b.State != lease.Bound || b.MAC.String() != dhcptest.MAC(2).String() {
		t.Errorf("lease: %+v", b)
	}
	if b, ok := s.Table().Get(netip.MustParsePrefix(prefix)); !ok || b.State != lease.Bound || b.Prefix.Bits() != 56 {
		t.Errorf("lease: %+v", b)
	}
	client.Await(t, "RENEW6")
	client.DhclientRelease(t, lan.Clients[0], "-6", "-N", "-P", "-D", "LL")
	released := func() bool { // which it may send just before it ends
		b, _ := s.Table().Get(lease.Whole(netip.MustParseAddr(address)))
		return b.State == lease.Released
	}
	for end := time.Now().Add(time.Minute); !released(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not released: %+v", s.Table().All())
		}
	}
	wire.Clean(t)
}

// TestDhcpcd leases an address to dhcpcd.
func TestDhcpcd(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	lan := dhcptest.NewLAN(t, 1)
	s := start(t, lan.Server, lanConfig())
	wire := dhcptest.Capture(t, lan.Server, dhcptest.Port, "")
	client := dhcptest.Dhcpcd(t, lan.Clients[0], "ipv6only", "noipv6rs", "ia_na 1", "ia_pd 2", "option rapid_commit")
	e := client.Await(t, "BOUND6")
	if len(s.Table().All()) < 2 {
		t.Errorf("leases %+v, the client has %v", s.Table().All(), e.Vars)
	}
	wire.Clean(t)
}

// TestNetworkd leases an address to systemd-networkd.
func TestNetworkd(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	lan := dhcptest.NewLAN(t, 1)
	s := start(t, lan.Server, lanConfig())
	wire := dhcptest.Capture(t, lan.Server, dhcptest.Port, "")
	p := dhcptest.Networkd(t, lan.Clients[0], "ipv6")
	a := p.Address(t, lan.Clients[0], netip.MustParsePrefix("fd00::/64"))
	if b, ok := s.Table().Get(lease.Whole(a)); !ok || b.State != lease.Bound {
		t.Errorf("%s: %+v", a, b)
	}
	wire.Clean(t)
}

// TestDhcrelay serves dhclient behind ISC's relay agent.
func TestDhcrelay(t *testing.T) {
	if !dhcptest.Inside(t) {
		return
	}
	site := dhcptest.NewSite(t, 1)
	c := lanConfig()
	far := netip.MustParsePrefix("fd00:1::/64")
	c.Subnets = append(c.Subnets, server6.Subnet{Prefix: far, Ranges: []lease.Range{{First: netip.MustParseAddr("fd00:1::100"), Last: netip.MustParseAddr("fd00:1::1ff")}}})
	s := start(t, site.Server, c)
	wire := dhcptest.Capture(t, site.Server, dhcptest.Port, "")
	dhcptest.Dhcrelay6(t, site.Relay)
	client := dhcptest.Dhclient(t, site.Clients[0], "-6", "-D", "LL")
	a := netip.MustParseAddr(client.Await(t, "BOUND6").Vars["new_ip6_address"])
	if b, ok := s.Table().Get(lease.Whole(a)); !ok || b.State != lease.Bound || !far.Contains(a) {
		t.Errorf("%s: %+v", a, b)
	}
	wire.Clean(t)
}

// settled waits until a node's link-local address is no duplicate for sure: perfdhcp doesn't wait.
func settled(t *testing.T, n *nettest.Node) {
	t.Helper()
	for end := time.Now().Add(time.Minute); n.Output(t, "ip", "-6", "-o", "addr", "show", "dev", dhcptest.Port, "scope", "link", "-tentative") == ""; {
		if time.Now().After(end) {
			t.Fatal("no link-local address")
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// TestPerfdhcp answers perfdhcp's clients, for addresses and for prefixes.
func TestPerfdhcp(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	lan := dhcptest.NewLAN(t, 1)
	c := lanConfig()
	c.RapidCommit = false
	start(t, lan.Server, c)
	settled(t, lan.Clients[0])
	dropped := regexp.MustCompile(`drops: (\d+)`)
	received := regexp.MustCompile(`received packets: (\d+)`)
	for _, kind := range []string{"address-only", "prefix-only", "address-and-prefix"} {
		out := dhcptest.Perfdhcp(t, lan.Clients[0], "-6", "-l", dhcptest.Port, "-e", kind, "-r", "100", "-R", "200", "-n", "200", "-W", "500000", "all")
		n := received.FindAllStringSubmatch(out, -1)
		for _, drops := range dropped.FindAllStringSubmatch(out, -1) {
			if lost, _ := strconv.Atoi(drops[1]); lost > 4 {
				t.Errorf("%s: %s dropped", kind, drops[1])
			}
		}
		if len(n) < 2 || n[0][1] == "0" || n[1][1] == "0" {
			t.Errorf("%s: %s", kind, out)
		}
	}
}

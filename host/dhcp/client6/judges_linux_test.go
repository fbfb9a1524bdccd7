//go:build interop

package client6_test

import (
	"context"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"moonwire/host/dhcp/client6"
	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/dhcptest"
	"moonwire/host/network"
)

// TestJudges goes through whole lives with the servers of others; tshark reads what we send.
func TestJudges(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	for _, server := range dhcptest.Servers {
		for _, mac := range []net.HardwareAddr{nil, {2, 0, 0, 0, 9, 1}} {
			t.Run(server.Name+" "+mac.String(), func(t *testing.T) {
				lan := dhcptest.NewLAN(t, 1)
				wire := dhcptest.Capture(t, lan.Server, dhcptest.Port, "")
				config := dhcptest.LAN6()
				config.RapidCommit = true
				server.Start(t, lan.Server, config)
				ctx, cancel := context.WithTimeout(network.With(t.Context(), lan.Clients[0].Network), time.Minute)
				defer cancel()
				c, err := client6.Open(ctx, client6.Options{Iface: dhcptest.Port, MAC: mac, Timeout: 10 * time.Second, Request: []uint16{23, 24}, Detect: true})
				if err != nil {
					t.Fatal(err)
				}
				defer c.Close()
				live(ctx, t, c, server.Name)
				wire.Clean(t)
			})
		}
	}
}

// live goes through a life with a server.
func live(ctx context.Context, t *testing.T, c *client6.Client, server string) {
	want := client6.Want{Addresses: 1, Prefixes: 1}
	if server == "dnsmasq" { // it delegates no prefixes
		want = client6.Want{Addresses: 1}
	}
	lease, err := c.Acquire(ctx, want)
	if err != nil {
		t.Fatal(err)
	}
	if a := lease.Terms().IAs[0].Bindings[0].Addr(); !netip.MustParsePrefix("fd00::/64").Contains(a) {
		t.Errorf("address %s", a)
	}
	if want.Prefixes > 0 {
		if p := lease.Terms().IAs[1].Bindings[0].Prefix; p.Bits() != 56 || !netip.MustParsePrefix("fd80::/40").Contains(p.Addr()) {
			t.Errorf("prefix %s", p)
		}
	}
	step := func(name string, err error) {
		t.Helper()
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	step("renew", lease.Renew(ctx))
	step("rebind", lease.Rebind(ctx))
	step("confirm", c.Confirm(ctx, lease))
	step("release", lease.Release(ctx))
	if reply, err := c.Information(ctx); err != nil || !strings.Contains(string(first(reply, 23)), string(dhcptest.Server6.AsSlice())) {
		t.Error("information", reply, err)
	}
	again, err := c.Acquire(ctx, client6.Want{Addresses: 1})
	step("acquire", err)
	before := again.Terms().IAs[0].Bindings[0].Addr()
	step("confirm an address", c.Confirm(ctx, again))
	step("decline", again.Decline(ctx))
	rapid, err := c.Acquire(ctx, client6.Want{Addresses: 1, Rapid: true})
	if err != nil {
		t.Fatal(err)
	}
	if a := rapid.Terms().IAs[0].Bindings[0].Addr(); a == before {
		t.Errorf("%s was declined, and is given again", a)
	}
	if !rapid.Terms().Message.Options.Has(dhcp6.RapidCommit) {
		t.Error("no rapid commit")
	}
	step("release", rapid.Release(ctx))
	several, err := c.Acquire(ctx, client6.Want{Addresses: 2, Temporary: 1})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(several.Terms().Addresses()); n != map[string]int{"dhcpd": 2, "kea": 2, "dnsmasq": 3}[server] { // only dnsmasq has temporary ones here
		t.Errorf("%d addresses: %s", n, several)
	}
	if st := c.Stats(); st.Ignored > 0 {
		t.Error(st)
	}
}

func first(m *dhcp6.Message, code uint16) []byte {
	if m == nil {
		return nil
	}
	b, _ := m.Get(code)
	return b
}

//go:build interop

package scripts_test

import (
	"net"
	"regexp"
	"strings"
	"testing"

	"moonwire/host/dhcp/dhcptest"
	"moonwire/host/network/nettest"
)

// TestPrefixOfKea runs the recipe, as the command does, on a router behind Kea; dhclient asks on the link behind the router.
func TestPrefixOfKea(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	lan := dhcptest.NewLAN(t, 1)
	router, host := lan.Clients[0], nettest.NewNode(t)
	nettest.Wire(t, nettest.Port{Node: router, Name: "eth1", MAC: net.HardwareAddr{2, 0, 0, 0, 1, 1}},
		nettest.Port{Node: host, Name: dhcptest.Port, MAC: net.HardwareAddr{2, 0, 0, 0, 1, 2}})
	wire := dhcptest.Capture(t, lan.Server, dhcptest.Port, "")
	dhcptest.Kea(t, lan.Server, dhcptest.LAN6())
	recipe := dhcptest.Start(t, router, nil, dhcptest.Moonwire(t), "run", "--iface", dhcptest.Port, "dhcp6_pd", "--seconds", "4")
	recipe.Expect(t, "eth1 is fd80:")
	bound := dhcptest.Dhclient(t, host, "-6", "-1").Await(t, "BOUND6")
	got := recipe.Wait(t)
	network := regexp.MustCompile(`eth1 is (fd80:\S*?)::1/64`).FindStringSubmatch(got)
	if network == nil || !strings.HasPrefix(bound.Vars["new_ip6_address"], network[1]+"::") ||
		!strings.Contains(got, "02:00:00:00:01:02 gets "+bound.Vars["new_ip6_address"]) {
		t.Errorf("dhclient has %s, the recipe printed\n%s", bound.Vars["new_ip6_address"], got)
	}
	wire.Clean(t)
}

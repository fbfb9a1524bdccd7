//go:build interop

package scripts_test

import (
	"strings"
	"testing"

	"moonwire/host"
	"moonwire/host/dhcp/dhcptest"
	"moonwire/host/network/nettest"
)

// onPort runs the script on a node's interface with some arguments, as --iface does, allowed what its header declares.
func (s shippedScript) onPort(t *testing.T, n *nettest.Node, args map[string]any) string {
	t.Helper()
	all := s.header.Defaults()
	for name, value := range args {
		all[name] = value
	}
	return s.run(t, host.Options{Network: n.Network, Iface: dhcptest.Port}, all)
}

// TestDHCPRecipesBesideKea runs recipes unedited against Kea, and a relay agent of ISC's.
func TestDHCPRecipesBesideKea(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	site := dhcptest.NewSite(t, 1)
	dhcptest.Kea(t, site.Server, dhcptest.Site4())
	dhcptest.Dhcrelay(t, site.Relay)
	got := recipe(t, "dhcp_relay_test").onPort(t, site.Clients[0], map[string]any{"wait": 2.0})
	for _, want := range []string{"plainly            good", "by broadcast flag  good", "option 82          good", "17 hops            good    dropped"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	got = recipe(t, "dhcp_load").onPort(t, site.Clients[0], map[string]any{"rate": 20.0, "clients": 40.0, "duration": 2.0})
	if !strings.Contains(got, "drop ratio 0.00 %") || strings.Contains(got, "\n0 leases") {
		t.Error(got)
	}
}

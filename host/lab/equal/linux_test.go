//go:build linux

package equal

import (
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"testing"

	"moonwire/host/network"
	"moonwire/host/network/nettest"
)

// inNamespaces is the network made of Linux namespaces.
func inNamespaces(t *testing.T) world {
	t.Helper()
	w := make(world)
	ports := make(map[string]nettest.Port) // by address
	for _, s := range stations {
		n := nettest.NewNode(t)
		w[s.name] = n.Network
		for _, c := range s.cards {
			mac, err := net.ParseMAC(c.mac)
			if err != nil {
				t.Fatal(err)
			}
			ports[s.name+"."+c.name] = nettest.Port{Node: n, Name: c.name, MAC: mac}
		}
	}
	nettest.Switch(t, []nettest.Port{ports["client.eth0"], ports["peer.eth0"], ports["r1.eth0"]})
	nettest.Wire(t, ports["r1.eth1"], ports["r2.eth0"])
	nettest.Wire(t, ports["r2.eth1"], ports["server.eth0"])
	for _, s := range stations {
		settle(t, s, ports[s.name+".eth0"].Node)
	}
	return w
}

// settle gives a host its addresses and routes. ICMP errors come at any rate, and ping sockets are free.
func settle(t *testing.T, s station, n *nettest.Node) {
	t.Helper()
	for name, value := range map[string]string{"ipv4/icmp_ratelimit": "0", "ipv6/icmp/ratelimit": "0", "ipv4/ping_group_range": "0 0"} {
		n.Sysctl(t, name, value)
	}
	c := n.Network.Config()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(s.name, err)
		}
	}
	for _, i := range s.cards {
		must(c.SetMTU(i.name, i.mtu))
		for _, a := range i.addrs {
			must(c.AddAddr(i.name, netip.MustParsePrefix(a)))
		}
	}
	must(c.SetForwarding(s.router))
	for dst, via := range s.routes {
		must(c.AddRoute(network.Route{Dst: netip.MustParsePrefix(dst), Gateway: netip.MustParseAddr(via)}))
	}
}

// TestLinux runs the experiments in namespaces: testdata/linux.txt is what they print there, and with MOONWIRE_UPDATE set
// it is written.
func TestLinux(t *testing.T) {
	t.Parallel()
	if !nettest.Inside(t) {
		return
	}
	all := perform(t, inNamespaces)
	const file = "testdata/linux.txt"
	if os.Getenv("MOONWIRE_UPDATE") != "" {
		if err := os.WriteFile(filepath.FromSlash(file), []byte(report(all)), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want := parseReport(t, file)
	for name, got := range all {
		if got != want[name] {
			t.Errorf("%s: Linux prints\n%s%s has\n%s", name, got, file, want[name])
		}
		delete(want, name)
	}
	for name := range want {
		t.Errorf("%s has %q, which is no experiment", file, name)
	}
}

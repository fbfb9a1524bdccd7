package scripts_test

import (
	"context"
	"testing"

	"moonwire/host/network/nettest"
)

// TestRecipesOnLinks runs recipes in networks of their own.
func TestRecipesOnLinks(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	for name, run := range map[string]func(*testing.T, shippedScript){
		"arp_scan":  arpScan,
		"mtu_sweep": mtuSweep,
		"syn_scan":  synScan,
	} {
		t.Run(name, func(t *testing.T) { run(t, recipe(t, name)) })
	}
}

func arpScan(t *testing.T, s shippedScript) {
	s.showsWith(t, nettest.NewLAN(t, 3)[0].Network, map[string]any{"network": "10.0.0.0/28", "wait": 0.2})
}

func mtuSweep(t *testing.T, s shippedScript) {
	s.showsWith(t, nettest.NewPath(t).Client.Network, nil)
}

// listen accepts connections on a node until the test ends.
func listen(t *testing.T, n *nettest.Node, addr string) {
	t.Helper()
	l, err := n.Network.Listen(context.Background(), "tcp", addr, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
}

func synScan(t *testing.T, s shippedScript) {
	hosts := nettest.NewLAN(t, 2)
	listen(t, hosts[1], "10.0.0.2:22")
	listen(t, hosts[1], "10.0.0.2:80")
	s.showsWith(t, hosts[0].Network, map[string]any{"wait": 0.2})
}

package scripts_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/netip"
	"strings"
	"testing"

	"moonwire/host"
	"moonwire/host/network"
	"moonwire/host/network/nettest"
)

// labs make the networks that headers name.
var labs = map[string]func(*testing.T) network.Network{
	"pair on h1":       func(t *testing.T) network.Network { return nettest.NewLAN(t, 2)[0].Network },
	"lan on h1":        func(t *testing.T) network.Network { return nettest.NewLAN(t, 3)[0].Network },
	"dhcp on linux":    dhcpLab,
	"mtu1300 on linux": func(t *testing.T) network.Network { return nettest.NewPath(t).Client.Network },
}

// TestShowsInLab runs every tutorial script that has a lab there and compares what it prints with what its header says.
func TestShowsInLab(t *testing.T) {
	t.Parallel()
	if !nettest.Inside(t) {
		return
	}
	for _, s := range shipped(t) {
		if s.header.Lab == "" || s.header.Simulated || !strings.HasPrefix(s.file, "tutorial/") {
			continue
		}
		t.Run(s.name(), func(t *testing.T) {
			t.Parallel()
			lab, ok := labs[s.header.Lab]
			if !ok {
				t.Fatalf("no lab %q", s.header.Lab)
			}
			s.shows(t, host.Options{Network: lab(t)})
		})
	}
}

// dhcpLab is linux of the lab dhcp: eth0 waits for an address of R1's server, eth1 has one.
func dhcpLab(t *testing.T) network.Network {
	linux, r1, r2 := nettest.NewNode(t), nettest.NewNode(t), nettest.NewNode(t)
	nettest.Wire(t, nettest.Port{Node: linux, Name: "eth0", MAC: net.HardwareAddr{2, 0, 0, 0, 0, 1}},
		nettest.Port{Node: r1, Name: "eth0", MAC: net.HardwareAddr{2, 0, 0, 0, 0, 2}})
	nettest.Wire(t, nettest.Port{Node: linux, Name: "eth1", MAC: net.HardwareAddr{2, 0, 0, 1, 0, 1}}, nettest.Port{Node: r2, Name: "eth0"})
	address(t, r1, "10.0.1.1/24")
	if err := linux.Network.Config().AddAddr("eth1", netip.MustParsePrefix("10.0.2.2/24")); err != nil {
		t.Fatal(err)
	}
	serving(t, r1, `
		local s = assert(require "dhcp".server{pool = "10.0.1.100-10.0.1.199", router = "10.0.1.1", dns = "10.0.1.1", domain = "lab.example", lease_time = 3600})
		print "it listens"
		s:serve()`)
	return linux.Network
}

// serving runs a program on a node until the test ends. It returns when the program has said a line.
func serving(t *testing.T, n *nettest.Node, source string) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	said, out := io.Pipe()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		out.CloseWithError(host.New(host.Options{Network: n.Network, Stdout: out, Stderr: io.Discard}).Run(ctx, host.Script{Name: "server", Source: source}))
	}()
	t.Cleanup(func() {
		cancel()
		<-ended
	})
	if _, err := bufio.NewReader(said).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	go io.Copy(io.Discard, said)
}

// address gives eth0 of a node an address.
func address(t *testing.T, n *nettest.Node, prefix string) {
	t.Helper()
	if err := n.Network.Config().AddAddr("eth0", netip.MustParsePrefix(prefix)); err != nil {
		t.Fatal(err)
	}
}

package stdlib_test

import (
	"testing"

	"moonwire/host/catalog"
	"moonwire/host/hosttest"
	"moonwire/host/network/nettest"
)

// TestOnPath runs the modules that explore a network on the client of a path with an MTU of 1300 in its middle.
func TestOnPath(t *testing.T) {
	t.Parallel()
	if !nettest.Inside(t) {
		return
	}
	for _, with := range []string{"raw sockets behind ping", "ping sockets"} {
		t.Run(with, func(t *testing.T) {
			p := nettest.NewPath(t)
			if with == "ping sockets" { // a new namespace allows nobody one
				p.Client.Sysctl(t, "ipv4/ping_group_range", "0 0")
			}
			hosttest.RunFileIn(t, p.Client.Network, "testdata/path/clear.lua", catalog.Modules()...)
		})
	}
}

// TestOnNoWay asks for a network that r1 has no route to.
func TestOnNoWay(t *testing.T) {
	t.Parallel()
	if nettest.Inside(t) {
		hosttest.RunFileIn(t, nettest.NewPath(t).Client.Network, "testdata/path/refused.lua", catalog.Modules()...)
	}
}

// TestOnBlackHole runs pmtu where r1 sends what r2's end of the link drops: frames longer than its MTU and the VLAN tag that
// it has room for.
func TestOnBlackHole(t *testing.T) {
	t.Parallel()
	if !nettest.Inside(t) {
		return
	}
	p := nettest.NewPath(t)
	if err := p.R1.Network.Config().SetMTU("right", 1500); err != nil {
		t.Fatal(err)
	}
	hosttest.RunFileIn(t, p.Client.Network, "testdata/path/blackhole.lua", catalog.Modules()...)
}

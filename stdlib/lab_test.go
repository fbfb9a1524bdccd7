package stdlib_test

import (
	"testing"

	"moonwire/host/catalog"
	"moonwire/host/hosttest"
	"moonwire/host/lab"
	"moonwire/host/lab/topology"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
)

// TestInLabs runs tests on hosts of labs, in simulated time.
func TestInLabs(t *testing.T) {
	clock := simtime.New(simtime.Epoch)
	defer clock.Close()
	hosttest.RunFileIn(t, network.Virtual(network.Kernel(), clock), "testdata/lab/serve.lua", catalog.Modules()...)
}

// TestOnHost runs tests on a host of a lab, in simulated time: they are about time-outs.
func TestOnHost(t *testing.T) {
	clock := simtime.New(simtime.Epoch)
	defer clock.Close()
	plan, err := topology.Build(topology.Spec{Lines: []string{"h1 -- h2"}})
	if err != nil {
		t.Fatal(err)
	}
	l, err := lab.New(plan, lab.Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	h1, err := l.Network("h1")
	if err != nil {
		t.Fatal(err)
	}
	hosttest.RunFileIn(t, h1, "testdata/lab/serve_tftp.lua", catalog.Modules()...)
}

package stdlib_test

import (
	"testing"

	"moonwire/host/catalog"
	"moonwire/host/hosttest"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
)

// TestInLabs runs tests on hosts of labs, in simulated time.
func TestInLabs(t *testing.T) {
	clock := simtime.New(simtime.Epoch)
	defer clock.Close()
	hosttest.RunFileIn(t, network.Virtual(network.Kernel(), clock), "testdata/lab/serve.lua", catalog.Modules()...)
}

package dhcp6_test

import (
	"testing"

	"moonwire/host/hosttest"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
)

// TestClient runs clients in labs, in simulated time.
func TestClient(t *testing.T) {
	t.Parallel()
	clock := simtime.New(simtime.Epoch)
	defer clock.Close()
	hosttest.RunFileIn(t, network.Virtual(network.Kernel(), clock), "testdata/client.lua", modules()...)
}

package dhcp6_test

import (
	"testing"

	"moonwire/bindings/dgram"
	"moonwire/bindings/dhcp6"
	"moonwire/bindings/lab"
	"moonwire/host/catalog"
	"moonwire/host/hosttest"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
)

// TestRelay runs relay agents on hosts of labs, in simulated time.
func TestRelay(t *testing.T) {
	t.Parallel()
	clock := simtime.New(simtime.Epoch)
	defer clock.Close()
	hosttest.RunFileIn(t, network.Virtual(network.Kernel(), clock), "testdata/relay.lua", dhcp6.Module(), lab.Module(), dgram.Module())
}

func TestExamples(t *testing.T) {
	hosttest.Examples(t, dhcp6.Module(), catalog.Modules()...)
}

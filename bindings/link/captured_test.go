package link

import (
	"testing"

	"moonwire/bindings/packet"
	"moonwire/bindings/pcap"
	"moonwire/host/hosttest"
)

// TestCaptured writes what was sniffed to a capture file.
func TestCaptured(t *testing.T) {
	hosttest.RunFileIn(t, newWorld(t), "testdata/captured.lua", Module(), packet.Module(), pcap.Module())
}

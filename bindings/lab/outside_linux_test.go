package lab_test

import (
	"testing"

	"moonwire/host/hosttest"
	"moonwire/host/network/nettest"
)

// TestBridge reaches a lab's host from this machine's network by a TAP device, and this machine from the lab.
func TestBridge(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	hosttest.RunFile(t, "testdata/bridge.lua", modules()...)
}

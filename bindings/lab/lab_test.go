package lab_test

import (
	"testing"

	"moonwire/bindings/addr"
	"moonwire/bindings/bit"
	"moonwire/bindings/bytes"
	"moonwire/bindings/dgram"
	"moonwire/bindings/lab"
	"moonwire/bindings/lfs"
	"moonwire/bindings/link"
	"moonwire/bindings/mime"
	"moonwire/bindings/packet"
	"moonwire/bindings/pcap"
	"moonwire/bindings/socket"
	"moonwire/bindings/u64"
	"moonwire/host/decl"
	"moonwire/host/hosttest"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
)

func modules() []*decl.Module {
	return []*decl.Module{lab.Module(), packet.Module(), dgram.Module(), socket.Module(), addr.Module(), bytes.Module(), bit.Module(), u64.Module(), mime.Module(), lfs.Module(), link.Module(), pcap.Module()}
}

func TestLab(t *testing.T) {
	t.Parallel()
	hosttest.RunFile(t, "testdata/lab.lua", modules()...)
}

// TestMisuse holds the errors for what a script gets wrong.
func TestMisuse(t *testing.T) {
	t.Parallel()
	hosttest.RunFile(t, "testdata/misuse.lua", modules()...)
}

// TestSimulated runs labs in simulated time.
func TestSimulated(t *testing.T) {
	t.Parallel()
	clock := simtime.New(simtime.Epoch)
	defer clock.Close()
	hosttest.RunFileIn(t, network.Virtual(network.Kernel(), clock), "testdata/simulated.lua", modules()...)
}

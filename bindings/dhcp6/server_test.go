package dhcp6_test

import (
	"testing"

	"moonwire/bindings/addr"
	"moonwire/bindings/bit"
	"moonwire/bindings/bytes"
	"moonwire/bindings/dgram"
	"moonwire/bindings/dhcp"
	"moonwire/bindings/dhcp6"
	"moonwire/bindings/lab"
	"moonwire/bindings/lfs"
	links "moonwire/bindings/link"
	"moonwire/bindings/mime"
	"moonwire/bindings/packet"
	"moonwire/bindings/socket"
	"moonwire/bindings/u64"
	"moonwire/host/decl"
	"moonwire/host/hosttest"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
)

// TestServer runs servers in labs, in simulated time.
func TestServer(t *testing.T) {
	t.Parallel()
	clock := simtime.New(simtime.Epoch)
	defer clock.Close()
	hosttest.RunFileIn(t, network.Virtual(network.Kernel(), clock), "testdata/server.lua", modules()...)
}

// modules are what scripts of these tests may require.
func modules() []*decl.Module {
	return []*decl.Module{dhcp6.Module(), dhcp.Module(), packet.Module(), lab.Module(), links.Module(), dgram.Module(), socket.Module(),
		addr.Module(), bytes.Module(), bit.Module(), u64.Module(), mime.Module(), lfs.Module()}
}

package snmp_test

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
	"moonwire/bindings/link"
	"moonwire/bindings/mime"
	"moonwire/bindings/packet"
	"moonwire/bindings/pcap"
	"moonwire/bindings/snmp"
	"moonwire/bindings/socket"
	"moonwire/bindings/u64"
	"moonwire/host/decl"
	"moonwire/host/hosttest"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
)

// TestHost has agents tell of hosts of labs, in simulated time, and of this machine.
func TestHost(t *testing.T) {
	t.Parallel()
	modules := []*decl.Module{snmp.Module(), u64.Module(), lab.Module(), dhcp.Module(), dhcp6.Module(), packet.Module(), link.Module(),
		dgram.Module(), socket.Module(), addr.Module(), bytes.Module(), bit.Module(), mime.Module(), lfs.Module(), pcap.Module()}
	clock := simtime.New(simtime.Epoch)
	defer clock.Close()
	hosttest.RunFileIn(t, network.Virtual(network.Kernel(), clock), "testdata/host.lua", modules...)
	hosttest.RunFile(t, "testdata/here.lua", modules...)
}

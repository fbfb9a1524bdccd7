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
	"moonwire/host/hosttest"
)

// TestHost has agents tell of hosts of labs, and of this machine.
func TestHost(t *testing.T) {
	t.Parallel()
	hosttest.RunFile(t, "testdata/host.lua", snmp.Module(), u64.Module(), lab.Module(), dhcp.Module(), dhcp6.Module(), packet.Module(), link.Module(),
		dgram.Module(), socket.Module(), addr.Module(), bytes.Module(), bit.Module(), mime.Module(), lfs.Module(), pcap.Module())
}

package snmp_test

import (
	"testing"

	"moonwire/bindings/addr"
	"moonwire/bindings/bit"
	"moonwire/bindings/bytes"
	"moonwire/bindings/dgram"
	"moonwire/bindings/lab"
	"moonwire/bindings/lfs"
	"moonwire/bindings/link"
	"moonwire/bindings/mib"
	"moonwire/bindings/mime"
	"moonwire/bindings/packet"
	"moonwire/bindings/snmp"
	"moonwire/bindings/socket"
	"moonwire/bindings/u64"
	"moonwire/host/decl"
	"moonwire/host/hosttest"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
)

// TestSession asks agents on loopback.
func TestSession(t *testing.T) {
	t.Parallel()
	hosttest.RunFile(t, "testdata/session.lua", snmp.Module(), u64.Module(), mib.Module(), dgram.Module())
}

// TestLab asks agents in labs, in simulated time.
func TestLab(t *testing.T) {
	t.Parallel()
	clock := simtime.New(simtime.Epoch)
	defer clock.Close()
	hosttest.RunFileIn(t, network.Virtual(network.Kernel(), clock), "testdata/lab.lua", labModules()...)
}

// labModules are those that labs need, and snmp.
func labModules() []*decl.Module {
	return []*decl.Module{snmp.Module(), u64.Module(), lab.Module(), link.Module(), packet.Module(), dgram.Module(), socket.Module(), addr.Module(),
		bytes.Module(), bit.Module(), mime.Module(), lfs.Module()}
}

package snmp_test

import (
	"testing"

	"moonwire/bindings/snmp"
	"moonwire/bindings/u64"
	"moonwire/host/hosttest"
)

// TestNotify sends and receives notifications on loopback.
func TestNotify(t *testing.T) {
	t.Parallel()
	hosttest.RunFile(t, "testdata/notify.lua", snmp.Module(), u64.Module())
}

package lab_test

import (
	"testing"

	"moonwire/bindings/lab"
	"moonwire/host/hosttest"
	"moonwire/host/network/nettest"
)

// TestPrivilegedExamples runs the examples that make devices of this machine.
func TestPrivilegedExamples(t *testing.T) {
	t.Parallel()
	if !nettest.Inside(t) {
		return
	}
	nettest.NeedTUN(t)
	hosttest.Privileged(t, lab.Module(), modules()...)
}

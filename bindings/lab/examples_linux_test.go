package lab_test

import (
	"testing"

	"golang.org/x/sys/unix"

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
	if err := unix.Access("/dev/net/tun", unix.R_OK|unix.W_OK); err != nil {
		t.Skip("needs /dev/net/tun: ", err)
	}
	hosttest.Privileged(t, lab.Module(), modules()...)
}

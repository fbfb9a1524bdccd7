package sockets_test

import (
	"path/filepath"
	"testing"

	"moonwire/bindings/dgram"
	"moonwire/bindings/socket"
	"moonwire/host/hosttest"
)

// The tests that the bindings pass on this machine pass in a host of a lab.

func TestSocketLua(t *testing.T) {
	t.Parallel()
	a, _ := realtime(t).pair()
	hosttest.RunFileIn(t, a, filepath.FromSlash("../../../bindings/socket/testdata/socket.lua"), socket.Module(), socket.UnixModule(), socket.TraceModule())
}

func TestDgramLua(t *testing.T) {
	t.Parallel()
	a, _ := realtime(t).pair()
	hosttest.RunFileIn(t, a, filepath.FromSlash("../../../bindings/dgram/testdata/dgram.lua"), dgram.Module())
}

package sockets_test

import (
	"path/filepath"
	"testing"

	"moonwire/bindings/dgram"
	"moonwire/bindings/socket"
	"moonwire/host/catalog"
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

// TestStdlibLua runs the tests of the standard library that use a network, in both kinds of time.
func TestStdlibLua(t *testing.T) {
	t.Chdir(filepath.FromSlash("../../../stdlib"))
	for _, name := range []string{"framing", "lossy", "ping", "pmtu", "traceroute", "retry", "serve_dns", "serve_garbage", "serve_http", "serve_small"} {
		file := filepath.Join("testdata", name+".lua")
		t.Run(name, func(t *testing.T) {
			a, _ := realtime(t).pair()
			hosttest.RunFileIn(t, a, file, catalog.Modules()...)
		})
		t.Run(name+" simulated", func(t *testing.T) {
			w, _ := simulated(t)
			a, _ := w.pair()
			hosttest.RunFileIn(t, a, file, catalog.Modules()...)
		})
	}
}

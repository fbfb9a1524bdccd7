package socket_test

import (
	"testing"
	"time"

	"moonwire/bindings/socket"
	"moonwire/host/decl"
	"moonwire/host/hosttest"
)

// timeout ends a script that hangs.
const timeout = 20 * time.Second

func TestLua(t *testing.T) {
	hosttest.RunFile(t, "testdata/socket.lua", socket.Module(), socket.UnixModule(), socket.TraceModule())
}

func TestExamples(t *testing.T) {
	all := []*decl.Module{socket.Module(), socket.UnixModule(), socket.TraceModule(), socket.DNSModule()}
	for _, m := range all {
		hosttest.Examples(t, m, all...)
	}
}

//go:build interop

package dhcptest

import (
	"testing"

	"moonwire/host/network/nettest"
	"moonwire/host/network/nettest/peer"
)

// Patience is how long a program may take for a step.
const Patience = peer.Patience

// A Process is a program of others that runs on a node until the test ends.
type Process struct{ *peer.Process }

// Start runs a program on a node. What it printed is in the log of a failed test.
func Start(t *testing.T, n *nettest.Node, env []string, program string, args ...string) *Process {
	t.Helper()
	return &Process{peer.StartIn(t, n.Do, env, program, args...)}
}

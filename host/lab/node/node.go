// Package node is one host or router of a lab: gVisor's TCP/IP stack, with a forwarder of our own, on ports of package
// wire.
package node

import (
	"gvisor.dev/gvisor/pkg/tcpip/stack"

	"moonwire/host/lab/wire"
	"moonwire/host/network"
)

// Options say what a node is.
type Options struct {
	Name   string
	Engine wire.Engine
	Clock  network.Clock
	Seed   int64 // of everything random in it; 0: the system's randomness
	Router bool  // it forwards
}

// Node is one host or router.
type Node struct {
	opt   Options
	stack *stack.Stack
}

// Stack is the node's TCP/IP stack.
func (n *Node) Stack() *stack.Stack { return n.stack }

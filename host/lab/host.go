package lab

import (
	"moonwire/host/lab/node"
	"moonwire/host/lab/topology"
	"moonwire/host/network"
)

// A Host is a host or a router of a lab.
type Host struct {
	plan    *topology.Node
	node    *node.Node
	network network.Network
}

// Name is the host's.
func (h *Host) Name() string { return h.plan.Name }

// Plan is what the host was built from.
func (h *Host) Plan() *topology.Node { return h.plan }

// Node is the host's stack.
func (h *Host) Node() *node.Node { return h.node }

// Network is the world as programs on the host see it. It ends with the lab.
func (h *Host) Network() network.Network { return h.network }

// close ends the host's sockets, then its stack.
func (h *Host) close() error {
	var err error
	if h.network != nil {
		err = h.network.Close()
	}
	if h.node != nil {
		h.node.Close()
	}
	return err
}

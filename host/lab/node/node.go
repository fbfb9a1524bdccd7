// Package node is one host or router of a lab: gVisor's TCP/IP stack on ports of package wire, with what that stack lacks:
// a forwarder that obeys RFC 1812, a path-MTU cache, router advertisements, raw frames beside the stack.
package node

import (
	"sync"

	"gvisor.dev/gvisor/pkg/tcpip"
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

	settling sync.Mutex // one Pause at a time

	mu      sync.RWMutex // guards what follows
	devices []*device    // by index: the first is lo
	closed  bool
}

// New makes a node that has lo and nothing else.
func New(o Options) (*Node, error) {
	n := &Node{opt: o}
	n.stack = newStack(n)
	if err := n.addLoopback(); err != nil {
		n.Close()
		return nil, err
	}
	return n, nil
}

// Name is the node's name.
func (n *Node) Name() string { return n.opt.Name }

// Clock is the time that the node lives by.
func (n *Node) Clock() network.Clock { return n.opt.Clock }

// Stack is the node's TCP/IP stack.
func (n *Node) Stack() *stack.Stack { return n.stack }

// Settle waits until the stack's own goroutines have nothing left to do, when time is simulated: nothing else may happen
// before. In real time it does nothing.
func (n *Node) Settle() {
	if !n.opt.Clock.Virtual() {
		return
	}
	n.settling.Lock()
	defer n.settling.Unlock()
	n.stack.Pause()
	n.stack.Resume()
}

// Close stops the node: its connections are aborted, its ports carry nothing more. No goroutine of it is left.
func (n *Node) Close() {
	n.mu.Lock()
	closed := n.closed
	n.closed = true
	devices := n.devices
	n.mu.Unlock()
	if closed {
		return
	}
	for _, d := range devices {
		d.detach()
	}
	n.stack.Destroy()
}

// device is the interface of that name, or nil.
func (n *Node) device(name string) *device {
	n.mu.RLock()
	defer n.mu.RUnlock()
	for _, d := range n.devices {
		if d.name == name {
			return d
		}
	}
	return nil
}

// add gives a device the next index and the stack a NIC for it.
func (n *Node) add(d *device) error {
	n.mu.Lock()
	d.index = len(n.devices) + 1
	n.devices = append(n.devices, d)
	n.mu.Unlock()
	err := n.stack.CreateNICWithOptions(tcpip.NICID(d.index), d, stack.NICOptions{Name: d.name})
	return refused(err, "make interface %s", d.name)
}

package sockets

import (
	"sync"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip/stack"

	"moonwire/host/lab/node"
	"moonwire/host/network"
)

// New is the network of n. Names are those of the lab; nil: there are none.
func New(n *node.Node, names Names) network.Network {
	w := &world{node: n, stack: n.Stack(), clock: n.Clock(), names: names, hostname: n.Name(), booted: n.Clock().Now()}
	w.errors.world = w
	w.errors.listen()
	w.ages.follow(n)
	w.stack.SetPortRange(firstPort, lastPort)
	return w
}

// The ports that sockets get when they ask for none (Linux's net.ipv4.ip_local_port_range).
const (
	firstPort = 32768
	lastPort  = 60999
)

// world is the network of one node.
type world struct {
	node   *node.Node
	stack  *stack.Stack
	clock  network.Clock
	names  Names
	errors icmpErrors
	ages   ages

	dns nameServers

	booted  time.Time
	changes network.Journal // what Config changed

	mu       sync.Mutex // guards what follows
	open     []closer   // what Close closes, oldest first
	hostname string
}

// closer is a socket, a link or a guard.
type closer interface{ Close() error }

func (w *world) Clock() network.Clock { return w.clock }

// Caps says that a host of a lab may do everything.
func (w *world) Caps() network.Caps {
	return network.Caps{RawIP: true, RawLink: true, Configure: true, PathMTU: true, Ping: true, Virtual: w.clock.Virtual(), Lab: true}
}

// Hostname is the node's name, until it is called otherwise.
func (w *world) Hostname() (string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.hostname, nil
}

// SetHostname calls the host by another name. The lab finds it by its own, as before.
func (w *world) SetHostname(name string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.hostname = name
	return nil
}

// adopt remembers what has to be closed.
func (w *world) adopt(c closer) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.open = append(w.open, c)
}

// forget is adopt's end.
func (w *world) forget(c closer) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i, o := range w.open {
		if o == c {
			last := len(w.open) - 1
			w.open[i], w.open[last] = w.open[last], nil
			w.open = w.open[:last]
			return
		}
	}
}

// Close closes every socket opened through w and undoes what Config changed. More may be opened afterwards.
func (w *world) Close() error {
	w.mu.Lock()
	open := w.open
	w.open = nil
	w.mu.Unlock()
	for _, c := range open {
		c.Close()
	}
	return w.changes.Undo()
}

// settle lets the stack finish what a step began, where time is simulated.
func (w *world) settle() { w.node.Settle() }

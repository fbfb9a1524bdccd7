package node

import (
	"net/netip"
	"sync"
	"sync/atomic"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/stack"

	"moonwire/host/lab/node/icmp"
	"moonwire/host/lab/node/pathmtu"
	"moonwire/host/lab/node/route"
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
	Mute   bool  // it sends no ICMP errors
	Deaf   bool  // it hears no ICMP errors

	// DetectDuplicates makes it ask for a second whether an IPv6 address is taken before it uses it (RFC 4862 section
	// 5.4), as real hosts do. Without it addresses are good at once.
	DetectDuplicates bool
}

// Node is one host or router.
type Node struct {
	opt   Options
	stack *stack.Stack
	lo    *device

	forwarding, mute, deaf, talkative atomic.Bool

	settling sync.Mutex // one Pause at a time

	mu      sync.Mutex // of changes to what follows, of which readers see whole copies
	devices atomic.Pointer[[]*device]
	table   atomic.Pointer[route.Table]
	locals  atomic.Pointer[map[netip.Addr]local]
	closed  bool
	expiry  network.Timer // of the path that is forgotten next

	paths   pathmtu.Cache
	watches watches

	limiter limiter
	waiting map[nextHop]*resolution // the engine's goroutine only

	drops  drops
	counts counts
	ears   ears
	guards guards
}

// limiter bounds ICMP errors.
type limiter struct {
	sync.Mutex
	icmp.Limiter
}

// New makes a node that has lo and nothing else.
func New(o Options) (*Node, error) {
	n := &Node{opt: o, waiting: map[nextHop]*resolution{}}
	n.devices.Store(&[]*device{})
	n.table.Store(&route.Table{})
	n.locals.Store(&map[netip.Addr]local{})
	n.mute.Store(o.Mute)
	n.deaf.Store(o.Deaf)
	n.stack = newStack(n)
	err := n.addLoopback()
	if err == nil {
		err = n.SetForwarding(o.Router)
	}
	if err != nil {
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
	if n.isClosed() { // its goroutines have ended: Pause would wait for them for ever
		return
	}
	n.stack.Pause()
	n.stack.Resume()
}

// SetMute makes the node send no ICMP errors any more, or again.
func (n *Node) SetMute(on bool) { n.mute.Store(on) }

// SetDeaf makes the node hear no ICMP errors any more, or again.
func (n *Node) SetDeaf(on bool) { n.deaf.Store(on) }

// Close stops the node: its connections are aborted, its ports carry nothing more. No goroutine of it is left.
func (n *Node) Close() {
	n.settling.Lock() // whoever settles now has goroutines to wait for
	n.mu.Lock()
	closed := n.closed
	n.closed = true
	if n.expiry != nil {
		n.expiry.Stop()
	}
	n.mu.Unlock()
	n.settling.Unlock()
	if closed {
		return
	}
	for _, d := range *n.devices.Load() {
		d.detach()
	}
	n.stack.Destroy()
}

func (n *Node) isClosed() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.closed
}

// device is the interface of that name, or nil.
func (n *Node) device(name string) *device {
	for _, d := range *n.devices.Load() {
		if d.name == name {
			return d
		}
	}
	return nil
}

// at is the interface with that index, or nil.
func (n *Node) at(index int) *device {
	all := *n.devices.Load()
	if index < 1 || index > len(all) {
		return nil
	}
	return all[index-1]
}

// add gives a device the next index and the stack a NIC for it.
func (n *Node) add(d *device) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	old := *n.devices.Load()
	d.index = len(old) + 1
	d.up.Store(true)
	all := append(append([]*device{}, old...), d)
	n.devices.Store(&all)
	return refused(n.stack.CreateNICWithOptions(tcpip.NICID(d.index), d, stack.NICOptions{Name: d.name}), "make interface %s", d.name)
}

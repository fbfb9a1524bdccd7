package link

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/net/bpf"

	"moonwire/host/network"
	"moonwire/host/network/simtime"
)

// A world is a network of two interfaces, a (10.0.0.1, fd00::1) and b (10.0.0.2, fd00::2), and a wire between them. Nobody answers
// there but scripts; of neighbours only .1 and .2 are known.
// Time is simulated.
type world struct {
	network.Network
	clock *simtime.Clock
	mu    sync.Mutex
	conns map[*conn]bool
	down  map[string]bool
}

func newWorld(t testing.TB) *world {
	clock := simtime.New(simtime.Epoch)
	t.Cleanup(clock.Close)
	return &world{Network: network.Virtual(network.Kernel(), clock), clock: clock, conns: map[*conn]bool{}, down: map[string]bool{}}
}

func (w *world) Interfaces() ([]network.Interface, error) {
	var list []network.Interface
	for i, name := range []string{"a", "b"} {
		n := byte(i + 1)
		list = append(list, network.Interface{Index: i + 1, Name: name, MTU: 1500, MAC: net.HardwareAddr{2, 0, 0, 0, 0, n}, Flags: net.FlagUp,
			Addrs: []netip.Prefix{netip.MustParsePrefix(fmt.Sprintf("10.0.0.%d/24", n)), netip.MustParsePrefix(fmt.Sprintf("fd00::%d/64", n))}, LinkType: "ethernet"})
	}
	return list, nil
}

func (w *world) find(name string) (network.Interface, error) {
	list, _ := w.Interfaces()
	for _, i := range list {
		if i.Name == name {
			return i, nil
		}
	}
	return network.Interface{}, &net.OpError{Op: "open", Net: name, Err: fs.ErrNotExist}
}

func (w *world) NextHop(_ context.Context, dst netip.Addr, iface string) (network.NextHop, error) {
	if iface == "" {
		iface = "a"
	}
	i, err := w.find(iface)
	if err != nil {
		return network.NextHop{}, err
	}
	hop := network.NextHop{Interface: iface, Addr: dst, MTU: i.MTU}
	for _, p := range i.Addrs {
		if p.Addr().Is4() == dst.Is4() {
			hop.Src = p.Addr()
			if !p.Contains(dst) && !dst.IsMulticast() {
				hop.Addr = p.Masked().Addr().Next().Next() // .2 is the router
			}
		}
	}
	if dst.IsMulticast() {
		hop.MAC = net.HardwareAddr{1, 0, 0x5e, 0, 0, 1}
	}
	return hop, nil
}

func (w *world) Resolve(_ context.Context, _ string, a netip.Addr) (net.HardwareAddr, error) {
	b := a.AsSlice()
	if n := b[len(b)-1]; n == 1 || n == 2 {
		return net.HardwareAddr{2, 0, 0, 0, 0, n}, nil
	}
	return nil, &net.OpError{Op: "resolve", Err: syscall.EHOSTUNREACH}
}

func (w *world) OpenLink(_ context.Context, iface string, o *network.LinkOpts) (network.LinkConn, error) {
	i, err := w.find(iface)
	if err != nil {
		return nil, err
	}
	c := &conn{world: w, iface: i, opts: *o, wake: w.clock.NewWaiter()}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.conns[c] = true
	return c, c.SetFilter(o.Filter)
}

// Down takes an interface down, for those who read it.
func (w *world) Down(iface string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for c := range w.conns {
		if c.iface.Name == iface {
			c.mu.Lock()
			c.fault = syscall.ENETDOWN
			c.mu.Unlock()
			c.notify()
		}
	}
}

// A conn is one opened interface of a world.
type conn struct {
	world *world
	iface network.Interface
	opts  network.LinkOpts
	wake  network.Waiter

	mu       sync.Mutex
	vm       *bpf.VM
	queue    []network.Frame
	deadline time.Time
	woken    bool
	closed   bool
	fault    error
	stats    network.LinkStats
}

// queueMax is the frames that a conn has room for.
const queueMax = 4096

func (c *conn) notify() { c.wake.Wake() }

func (c *conn) deliver(data []byte, d network.Direction) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.opts.SendOnly || c.closed {
		return
	}
	if c.vm != nil {
		if n, err := c.vm.Run(data); err != nil || n == 0 {
			return
		}
	}
	c.stats.Received++
	if len(c.queue) == queueMax {
		c.stats.KernelDrops++
		return
	}
	f := network.Frame{Data: append([]byte(nil), data...), Len: len(data), Time: c.world.clock.Now(), Interface: c.iface.Index, Direction: d}
	if c.opts.Snap > 0 && len(f.Data) > c.opts.Snap {
		f.Data = f.Data[:c.opts.Snap]
	}
	c.queue = append(c.queue, f)
	c.notify()
}

func (c *conn) ReadFrames(into []network.Frame) (int, error) {
	for {
		c.mu.Lock()
		n := copy(into, c.queue)
		c.queue = c.queue[n:]
		deadline := c.deadline
		late := !deadline.IsZero() && !c.world.clock.Now().Before(deadline)
		closed, woken, fault := c.closed, c.woken, c.fault
		c.woken, c.fault = false, nil
		c.mu.Unlock()
		switch {
		case n > 0:
			return n, nil
		case closed:
			return 0, net.ErrClosed
		case fault != nil:
			return 0, &net.OpError{Op: "read", Err: fault}
		case late, woken:
			return 0, os.ErrDeadlineExceeded
		}
		if err := c.wake.WaitUntil(context.Background(), deadline); err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
			return 0, err
		}
	}
}

func (c *conn) WriteFrames(_ context.Context, n int, fill func(int, []byte) int) (int, error) {
	c.mu.Lock()
	closed := c.closed
	c.mu.Unlock()
	if closed {
		return 0, net.ErrClosed
	}
	slot := make([]byte, c.iface.MTU+18)
	for i := range n {
		size := fill(i, slot)
		if size > len(slot) {
			return i, &net.OpError{Op: "write", Err: syscall.EMSGSIZE}
		}
		c.world.mu.Lock()
		for other := range c.world.conns {
			switch {
			case other.iface.Name != c.iface.Name:
				other.deliver(slot[:size], network.ToHost)
			case other != c:
				other.deliver(slot[:size], network.Outgoing)
			}
		}
		c.world.mu.Unlock()
		c.mu.Lock()
		c.stats.Sent++
		c.mu.Unlock()
	}
	return n, nil
}

func (c *conn) SetFilter(program []bpf.RawInstruction) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stats.RingDrops += uint64(len(c.queue))
	c.queue, c.vm = nil, nil
	if program == nil {
		return nil
	}
	all, _ := bpf.Disassemble(program)
	vm, err := bpf.NewVM(all)
	c.vm = vm
	return err
}

func (c *conn) SetReadDeadline(t time.Time) error {
	c.mu.Lock()
	c.deadline = t
	c.mu.Unlock()
	c.notify()
	return nil
}

func (c *conn) Interrupt() {
	c.mu.Lock()
	c.woken = true
	c.mu.Unlock()
	c.notify()
}

func (c *conn) Interface() network.Interface { return c.iface }
func (c *conn) Method() string               { return "pipe" }

func (c *conn) Stats() network.LinkStats {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.stats
}

func (c *conn) Close() error {
	c.world.mu.Lock()
	delete(c.world.conns, c)
	c.world.mu.Unlock()
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
	c.notify()
	return nil
}

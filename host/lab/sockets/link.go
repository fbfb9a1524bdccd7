package sockets

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/net/bpf"
	"gvisor.dev/gvisor/pkg/waiter"

	"moonwire/host/lab/node"
	"moonwire/host/network"
)

// link is an interface, or all of them, opened for whole frames: taps of the node, with a queue.
type link struct {
	socket
	iface network.Interface
	opts  network.LinkOpts
	taps  []*node.Tap
	stop  func()      // of watching the interface
	down  atomic.Bool // the interface is

	mu     sync.Mutex // guards what follows
	filter *bpf.VM    // nil: everything
	frames []network.Frame
	size   int
	stats  network.LinkStats
	fell   bool // the interface went down, and the reader doesn't know
}

// defaultBuffer is what Linux's ring has here.
const defaultBuffer = 16 << 20

// OpenLink opens an interface for whole frames.
func (w *world) OpenLink(_ context.Context, name string, o *network.LinkOpts) (network.LinkConn, error) {
	l := &link{socket: socket{world: w, name: name, queue: new(waiter.Queue)}}
	l.ready = l.look
	if o != nil {
		l.opts = *o
	}
	l.opts.Buffer = cmp.Or(l.opts.Buffer, defaultBuffer)
	read, err := l.find(name)
	if err == nil {
		err = l.compile(l.opts.Filter)
	}
	for _, i := range read {
		var t *node.Tap
		if t, err = w.node.Tap(i.Name, func(frame []byte, out bool) { l.see(&i, frame, out) }); err != nil {
			break
		}
		l.taps = append(l.taps, t)
	}
	if err != nil {
		l.untap()
		return nil, l.fail("open", err)
	}
	l.stop = w.node.Watch(l.watch)
	w.adopt(l)
	return l, nil
}

func (l *link) untap() {
	for _, t := range l.taps {
		t.Close()
	}
}

// watch hears that the interface went down or up again.
func (l *link) watch(e node.Event) {
	if e.Interface != l.iface.Name || e.Change != node.LinkDown && e.Change != node.LinkUp {
		return
	}
	up := slices.ContainsFunc(l.world.node.Interfaces(), func(i network.Interface) bool {
		return i.Name == l.iface.Name && i.Flags&net.FlagUp != 0
	})
	if l.down.Swap(!up) || up {
		return
	}
	l.mu.Lock()
	l.fell = true
	l.stats.Downs++
	l.mu.Unlock()
	l.queue.Notify(waiter.ReadableEvents)
}

// find looks the interface up, and those that are read.
func (l *link) find(name string) ([]network.Interface, error) {
	list := l.world.node.Interfaces()
	if name == anyInterface {
		l.iface = network.Interface{Name: name, Flags: net.FlagUp, LinkType: cookedType}
		return list, nil
	}
	i := slices.IndexFunc(list, func(i network.Interface) bool { return i.Name == name })
	if i < 0 {
		return nil, &noInterface{list}
	}
	l.iface = list[i]
	if l.iface.Flags&net.FlagUp == 0 {
		return nil, fmt.Errorf("%w (ip link set %s up)", syscall.ENETDOWN, name)
	}
	return list[i : i+1], nil
}

// noInterface says which names there are instead.
type noInterface struct{ list []network.Interface }

func (e *noInterface) Error() string {
	var names []string
	for _, i := range e.list {
		names = append(names, i.Name)
	}
	return fmt.Sprintf("no such interface (there are: %s)", cmp.Or(strings.Join(names, ", "), "none"))
}

func (e *noInterface) Unwrap() error { return os.ErrNotExist }

// Interface is the one that was opened, as it was then.
func (l *link) Interface() network.Interface { return l.iface }

// look says which of ev is true.
func (l *link) look(ev network.Event) network.Event {
	l.mu.Lock()
	defer l.mu.Unlock()
	m := waiter.WritableEvents
	if len(l.frames) > 0 || l.fell {
		m |= waiter.ReadableEvents
	}
	return events(ev, m)
}

// see takes a frame of an interface.
func (l *link) see(i *network.Interface, frame []byte, out bool) {
	if l.opts.SendOnly || len(frame) < etherHeader {
		return
	}
	f := network.Frame{Interface: i.Index, Direction: direction(i, frame, out)}
	if f.Direction == network.ToOther && !l.opts.Promiscuous {
		return
	}
	if l.iface.LinkType == cookedType {
		frame = cook(frame, i, f.Direction)
	}
	f.Len = len(frame)
	l.mu.Lock()
	defer l.mu.Unlock()
	keep := len(frame)
	if l.filter != nil {
		n, err := l.filter.Run(frame)
		if err != nil || n == 0 {
			return
		}
		keep = min(keep, n)
	}
	if l.opts.Snap > 0 {
		keep = min(keep, l.opts.Snap)
	}
	l.stats.Received++
	if l.size >= l.opts.Buffer {
		l.stats.KernelDrops++
		return
	}
	f.Data, f.Time = frame[:keep:keep], l.world.clock.Now()
	l.frames = append(l.frames, f)
	l.size += keep + frameOverhead
	if len(l.frames) == 1 {
		l.queue.Notify(waiter.ReadableEvents)
	}
}

// frameOverhead is the memory that a frame takes beside its bytes.
const frameOverhead = 128

// direction says where a frame was going.
func direction(i *network.Interface, frame []byte, out bool) network.Direction {
	switch {
	case out:
		return network.Outgoing
	case bytes.Equal(frame[:6], []byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}):
		return network.ToBroadcast
	case frame[0]&1 != 0:
		return network.ToMulticast
	case i.MAC != nil && !bytes.Equal(frame[:6], i.MAC):
		return network.ToOther
	}
	return network.ToHost
}

// ReadFrames waits for frames.
func (l *link) ReadFrames(into []network.Frame) (n int, err error) {
	if len(into) == 0 {
		return 0, nil
	}
	err = l.until(context.Background(), waiter.ReadableEvents, &l.rd, func() error {
		l.mu.Lock()
		defer l.mu.Unlock()
		switch {
		case l.opts.SendOnly:
			return syscall.EOPNOTSUPP
		case len(l.frames) == 0 && l.fell:
			l.fell = false
			return syscall.ENETDOWN
		case len(l.frames) == 0:
			return errWait
		}
		n = copy(into, l.frames)
		for _, f := range into[:n] {
			l.size -= len(f.Data) + frameOverhead
		}
		rest := copy(l.frames, l.frames[n:])
		clear(l.frames[rest:])
		l.frames = l.frames[:rest]
		return nil
	})
	if err != nil {
		return 0, l.fail("read", err)
	}
	return n, nil
}

// SetFilter changes the filter.
func (l *link) SetFilter(program []bpf.RawInstruction) error {
	if l.closed.Load() {
		return l.fail("filter", net.ErrClosed)
	}
	if err := l.compile(program); err != nil {
		return l.fail("filter", err)
	}
	return nil
}

// compile makes a program the filter; frames that an older one let through are dropped.
func (l *link) compile(program []bpf.RawInstruction) error {
	var vm *bpf.VM
	if program != nil {
		list, all := bpf.Disassemble(program)
		if !all {
			return syscall.EINVAL
		}
		var err error
		if vm, err = bpf.NewVM(list); err != nil {
			return err
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.filter = vm
	l.stats.RingDrops += uint64(len(l.frames))
	l.frames, l.size = nil, 0
	return nil
}

// Method is the way of sending.
func (l *link) Method() string { return "lab" }

// Stats counts what l saw and lost.
func (l *link) Stats() network.LinkStats {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.stats
}

// WriteFrames sends n frames.
func (l *link) WriteFrames(ctx context.Context, n int, fill func(i int, slot []byte) int) (int, error) {
	for i := range n {
		if err := l.writeFrame(ctx, i, fill); err != nil {
			return i, l.fail("write", err)
		}
	}
	return n, nil
}

// etherHeader is the shortest frame.
const etherHeader = 14

func (l *link) writeFrame(ctx context.Context, i int, fill func(i int, slot []byte) int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	switch {
	case l.closed.Load():
		return net.ErrClosed
	case l.iface.LinkType == cookedType:
		return fmt.Errorf("frames can't be sent here, since their headers are the system's (open one interface): %w", errors.ErrUnsupported)
	}
	if err := l.room(ctx, l.world.node.Port(l.iface.Index), nil); err != nil {
		return err
	}
	slot := make([]byte, l.iface.MTU+etherHeader+vlanTag)
	size := fill(i, slot)
	var err error
	switch {
	case l.down.Load():
		err = syscall.ENETDOWN
	case size > len(slot):
		err = syscall.EMSGSIZE
	case size < etherHeader:
		err = syscall.EINVAL
	}
	l.mu.Lock()
	if err != nil {
		l.stats.SendErrors++
	} else {
		l.stats.Sent++
	}
	l.mu.Unlock()
	if err == nil {
		l.taps[0].Send(slot[:size:size])
	}
	return err
}

// vlanTag may come on top of the MTU.
const vlanTag = 4

// SetReadDeadline sets the deadline of reads.
func (l *link) SetReadDeadline(t time.Time) error { return l.setDeadline(t, &l.rd) }

// Close ends the link and the read that waits.
func (l *link) Close() error {
	if !l.end() {
		return l.fail("close", net.ErrClosed)
	}
	l.world.forget(l)
	l.stop()
	l.untap()
	return nil
}

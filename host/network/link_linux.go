package network

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/sys/unix"

	"moonwire/host/network/afpacket"
)

// defaultRing holds what 500,000 short frames a second bring in a tenth of a second.
const defaultRing = 16 << 20

// wholeFrame is longer than any frame: tcpdump's snap length.
const wholeFrame = 256 << 10

// anyInterface is the name that stands for all interfaces, as tcpdump has it.
const anyInterface = "any"

// link is an interface opened for whole frames: a packet socket with the memory it shares with the kernel.
type link struct {
	*socket
	iface    Interface
	snap     uint32
	loopback int    // index of the loopback interface, where it is among those that are read
	cooked   bool   // frames begin with a header of our own
	method   string // of sending
	lost     runtime.Cleanup

	// The packet socket is not on the runtime's poller itself: that would be woken for every frame that is sent. The
	// descriptor of the embedded socket is an epoll instance that looks for received frames only. -1: closed, which it is
	// under both locks.
	packet int

	reading sync.Mutex // held while the ring is touched
	memory  *afpacket.Memory
	backlog backlog
	block   *afpacket.Block // that is being read
	waiting atomic.Bool     // a reader is at the ring
	down    bool            // the interface is
	ahead   bool            // which a writer told of, and the kernel may yet
	fell    atomic.Bool     // a writer learned that it went down
	gone    error           // why nothing comes any more

	sending sync.Mutex // held while frames are written
	sender  sender     // nil: can't send
	cork    cork

	counting sync.Mutex
	stats    LinkStats
}

// OpenLink opens an interface for whole frames.
func (k *kernel) OpenLink(_ context.Context, name string, o *LinkOpts) (LinkConn, error) {
	if o == nil {
		o = new(LinkOpts)
	}
	l := &link{socket: &socket{k: k, name: name, typ: unix.SOCK_RAW}, snap: wholeFrame, packet: -1, memory: new(afpacket.Memory)}
	if o.Snap > 0 {
		l.snap = uint32(min(o.Snap, wholeFrame))
	}
	l.ending = l.end
	err := l.find(name)
	if err == nil {
		err = l.start(o)
	}
	if err != nil {
		err = l.fail("open", err)
		l.socket.Close()
		return nil, err
	}
	return l, nil
}

// find looks the interface up.
func (l *link) find(name string) error {
	list, err := l.k.Interfaces()
	if err != nil {
		return err
	}
	for _, i := range list {
		if i.Flags&net.FlagLoopback != 0 && (name == i.Name || name == anyInterface) {
			l.loopback = i.Index
		}
	}
	if name == anyInterface {
		l.iface = Interface{Name: name, Flags: net.FlagUp, LinkType: cookedType}
	} else {
		i := slices.IndexFunc(list, func(i Interface) bool { return i.Name == name })
		if i < 0 {
			return &noInterface{list}
		}
		l.iface = list[i]
	}
	if l.iface.Flags&net.FlagUp == 0 {
		return fmt.Errorf("%w (ip link set %s up)", unix.ENETDOWN, name)
	}
	if l.iface.LinkType == cookedType {
		l.cooked, l.typ = true, unix.SOCK_DGRAM
	}
	return nil
}

// start makes the socket. It is bound last: nothing gets in before the filter is there.
func (l *link) start(o *LinkOpts) error {
	err := l.k.inside(func() (err error) {
		l.packet, err = newSocket(unix.AF_PACKET, l.typ, 0)
		return os.NewSyscallError("socket", err)
	})
	if err != nil {
		return privilege("link", err)
	}
	l.lost = runtime.AddCleanup(l, func(fd int) { unix.Close(fd) }, l.packet)
	if err := l.watchPacket(); err != nil {
		return err
	}
	if err := l.share(o); err != nil {
		return err
	}
	if o.SendOnly {
		return l.bind(0)
	}
	if err := l.listen(o); err != nil {
		return err
	}
	l.away()
	return l.bind(unix.ETH_P_ALL)
}

// watchPacket makes the descriptor that waits for received frames.
func (l *link) watchPacket() error {
	ep, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return os.NewSyscallError("epoll_create1", err)
	}
	if err = unix.SetNonblock(ep, true); err == nil {
		err = unix.EpollCtl(ep, unix.EPOLL_CTL_ADD, l.packet, &unix.EpollEvent{Events: unix.EPOLLIN})
	}
	if err != nil {
		unix.Close(ep)
		return os.NewSyscallError("epoll_ctl", err)
	}
	d, err := newDescriptor(ep, unix.AF_PACKET)
	if err != nil {
		return err
	}
	d.fd = l.packet
	l.desc.Store(d)
	l.k.adopt(l.socket)
	return nil
}

// bind ties the socket to the interface; it receives frames of the protocol, none with 0.
func (l *link) bind(protocol uint16) error {
	err := unix.Bind(l.packet, &unix.SockaddrLinklayer{Ifindex: l.iface.Index, Protocol: protocol>>8 | protocol<<8})
	return os.NewSyscallError("bind", err)
}

// end hands over what was accepted and closes the packet socket.
func (l *link) end() (err error) {
	l.sending.Lock()
	defer l.sending.Unlock()
	l.reading.Lock()
	defer l.reading.Unlock()
	if l.packet < 0 {
		return nil
	}
	if l.sender != nil {
		err = l.drain()
		l.sender.Close()
		l.sender = nil
	}
	l.count()
	l.memory.Close()
	l.lost.Stop()
	unix.Close(l.packet)
	l.packet = -1
	return err
}

// Interface is the one that was opened, as it was then.
func (l *link) Interface() Interface { return l.iface }

// noInterface says which names there are instead.
type noInterface struct{ list []Interface }

func (e *noInterface) Error() string {
	var names []string
	for _, i := range e.list {
		names = append(names, i.Name)
	}
	return fmt.Sprintf("no such interface (there are: %s)", cmp.Or(strings.Join(names, ", "), "none"))
}

func (e *noInterface) Unwrap() error { return os.ErrNotExist }

package network

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"os"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sys/unix"

	"moonwire/host/network/afpacket"
)

// defaultRing holds what 500,000 short frames a second bring in a tenth of a second.
const defaultRing = 16 << 20

// wholeFrame is longer than any frame: tcpdump's snap length.
const wholeFrame = 256 << 10

// link is an interface opened for whole frames: a packet socket with a ring.
type link struct {
	*socket
	iface Interface
	snap  uint32

	reading sync.Mutex // held while the ring is touched
	ring    *afpacket.Ring
	downs   downs

	sending sync.Mutex // held while frames are written
	sender  sender

	counting sync.Mutex
	stats    LinkStats
}

// OpenLink opens an interface for whole frames.
func (k *kernel) OpenLink(_ context.Context, name string, o *LinkOpts) (LinkConn, error) {
	if o == nil {
		o = new(LinkOpts)
	}
	l := &link{socket: &socket{k: k, name: name, typ: unix.SOCK_RAW}, snap: wholeFrame}
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
	i := slices.IndexFunc(list, func(i Interface) bool { return i.Name == name })
	if i < 0 {
		return &noInterface{list}
	}
	l.iface = list[i]
	if l.iface.Flags&net.FlagUp == 0 {
		return fmt.Errorf("%w (ip link set %s up)", unix.ENETDOWN, name)
	}
	return nil
}

// start makes the socket, first with all it needs and last bound: nothing that the filter refuses gets in.
func (l *link) start(o *LinkOpts) error {
	if err := l.open(unix.AF_PACKET); err != nil {
		return privilege("link", err)
	}
	return l.control(func(fd int) error {
		if err := l.startSending(fd, o.Method); err != nil {
			return err
		}
		if o.SendOnly {
			return l.bind(fd, 0)
		}
		if err := l.startReading(fd, o); err != nil {
			return err
		}
		return l.bind(fd, unix.ETH_P_ALL)
	})
}

// bind ties the socket to the interface; it receives frames of the protocol, none with 0.
func (l *link) bind(fd int, protocol uint16) error {
	err := unix.Bind(fd, &unix.SockaddrLinklayer{Ifindex: l.iface.Index, Protocol: networkOrder(protocol)})
	return os.NewSyscallError("bind", err)
}

func networkOrder(v uint16) uint16 { return v>>8 | v<<8 }

// end frees what the socket's descriptor doesn't.
func (l *link) end() {
	l.sending.Lock()
	l.sender = nil
	l.sending.Unlock()
	l.reading.Lock()
	defer l.reading.Unlock()
	if l.ring != nil {
		l.count()
		l.ring.Close()
		l.ring = nil
	}
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

package station

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"slices"
	"sync"
	"syscall"

	"golang.org/x/net/bpf"

	"moonwire/host/network"
)

// A MAC is a hardware address as stations are found by it.
type MAC = [6]byte

// broadcast is everybody's.
var broadcast = MAC{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}

// A Link is an interface open for whole frames, with stations on it.
type Link struct {
	iface   network.Interface
	conn    network.LinkConn
	world   network.Network
	ctx     context.Context // of the reader: lasts until Close
	stop    context.CancelFunc
	writing network.Turn // held by who sends

	mu        sync.Mutex
	stations  map[MAC]*Station
	order     []*Station // as they were made, so that what concerns all reaches them in the same order each time
	held      map[netip.Addr]*Station
	questions map[netip.Addr][]*question // who asks for the MAC address of an address, or whether anybody has it
	stats     Stats
	id        uint16 // of the last IPv4 datagram
	gone      error  // why nothing comes any more
}

// Stats counts the frames that no station could use.
type Stats struct {
	Malformed uint64 // headers that contradict themselves, wrong checksums
	Fragments uint64 // pieces of datagrams: a DHCP message comes whole
	Overflows uint64 // datagrams that a station had no room for
	Strays    uint64 // datagrams for a port that nobody hears, or for no station
}

// ring is the memory for frames that were not read yet.
const ring = 4 << 20

// ethernet is how frames must begin.
const ethernet = "ethernet"

// Open opens an interface. The error says what is missing, as a privilege.
func Open(ctx context.Context, iface string) (*Link, error) {
	n := network.From(ctx)
	conn, err := n.OpenLink(ctx, iface, &network.LinkOpts{Promiscuous: true, Buffer: ring, Filter: wanted})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", iface, cause(err))
	}
	if i := conn.Interface(); cmp.Or(i.LinkType, ethernet) != ethernet || len(i.MAC) != len(MAC{}) {
		conn.Close()
		return nil, fmt.Errorf("%s: a station needs an interface with MAC addresses: %w", iface, errors.ErrUnsupported)
	}
	l := &Link{iface: conn.Interface(), conn: conn, world: n, stations: map[MAC]*Station{}, held: map[netip.Addr]*Station{},
		questions: map[netip.Addr][]*question{}}
	l.ctx, l.stop = network.WithCancel(context.WithoutCancel(ctx))
	network.Go(l.ctx, l.read)
	return l, nil
}

// cause is what lies below a *net.OpError.
func cause(err error) error {
	var op *net.OpError
	if errors.As(err, &op) {
		return op.Err
	}
	return err
}

// wanted lets ARP, IPv4 and IPv6 through.
var wanted = program()

func program() []bpf.RawInstruction {
	p, err := bpf.Assemble([]bpf.Instruction{
		bpf.LoadAbsolute{Off: 12, Size: 2},
		bpf.JumpIf{Val: typeARP, SkipTrue: 3},
		bpf.JumpIf{Val: typeIPv4, SkipTrue: 2},
		bpf.JumpIf{Val: typeIPv6, SkipTrue: 1},
		bpf.RetConstant{},
		bpf.RetConstant{Val: 1 << 18},
	})
	if err != nil {
		panic(err)
	}
	return p
}

// Interface is the one that was opened, as it was then.
func (l *Link) Interface() network.Interface { return l.iface }

// Network is the world that the link is in.
func (l *Link) Network() network.Network { return l.world }

// Stats are the counts so far.
func (l *Link) Stats() Stats {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.stats
}

// Losses are the link's own counts: frames that there was no memory for, and others.
func (l *Link) Losses() network.LinkStats { return l.conn.Stats() }

// Close ends the link and all waits on it.
func (l *Link) Close() error {
	l.end(net.ErrClosed)
	l.stop()
	l.conn.Close()
	for _, s := range l.all() {
		s.unguard()
	}
	return nil
}

// all are the stations.
func (l *Link) all() []*Station {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.order)
}

// end notes why nothing comes any more, and ends all waits.
func (l *Link) end(err error) {
	l.mu.Lock()
	l.gone = cmp.Or(l.gone, err)
	l.mu.Unlock()
	l.fail(err)
}

// fail ends the waits under way.
func (l *Link) fail(err error) {
	for _, s := range l.all() {
		s.suffer(err)
	}
}

// read hands out frames until the link is closed or gone.
func (l *Link) read() {
	into := make([]network.Frame, 256)
	for {
		n, err := l.conn.ReadFrames(into)
		for i := range into[:n] {
			l.take(&into[i])
		}
		switch {
		case err == nil, errors.Is(err, os.ErrDeadlineExceeded):
		case errors.Is(err, syscall.ENETDOWN):
			l.fail(&Down{l.iface.Name, "went down"})
		case errors.Is(err, net.ErrClosed):
			l.end(net.ErrClosed)
			return
		default:
			l.end(&Down{l.iface.Name, "is gone"})
			return
		}
	}
}

// Down says that the interface can't be used any more.
type Down struct{ Interface, What string }

func (d *Down) Error() string { return fmt.Sprintf("%s: the interface %s", d.Interface, d.What) }

// Kind is the kind of refusal.
func (d *Down) Kind() string { return "down" }

// Unwrap is the system's error.
func (d *Down) Unwrap() error { return syscall.ENETDOWN }

// Write sends n frames: fill writes frame i into slot and returns its length. It returns how many left.
func (l *Link) Write(ctx context.Context, n int, fill func(i int, slot []byte) int) (int, error) {
	if err := l.writing.Take(ctx, zero); err != nil {
		return 0, err
	}
	sent, err := l.conn.WriteFrames(ctx, n, fill)
	l.writing.Give()
	switch {
	case err == nil:
	case errors.Is(err, syscall.ENETDOWN):
		err = &Down{l.iface.Name, "is down"}
	case errors.Is(err, syscall.ENODEV), errors.Is(err, syscall.ENXIO):
		err = &Down{l.iface.Name, "is gone"}
	}
	return sent, err
}

// send sends one frame. Stations of the same link hear it too, which the wire doesn't bring back.
func (l *Link) send(ctx context.Context, frame []byte) error {
	_, err := l.Write(ctx, 1, func(_ int, slot []byte) int { return put(slot, frame) })
	if err == nil && l.concerns(frame) {
		l.take(&network.Frame{Data: frame, Len: len(frame), Time: l.world.Clock().Now()})
	}
	return err
}

// put copies a frame into its slot; the length of one that doesn't fit is told, so that it is refused.
func put(slot, frame []byte) int {
	copy(slot, frame)
	return len(frame)
}

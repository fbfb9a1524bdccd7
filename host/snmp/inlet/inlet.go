package inlet

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"moonwire/host/network"
	"moonwire/host/snmp/transport"
)

// A Config says where to listen. Handle gets each message; several goroutines call it at once where time is real.
type Config struct {
	Addresses []netip.Addr // own addresses; none: all of them
	Port      uint16       // 0: one that is free, the same on every address
	UDP, TCP  bool
	Handle    func(*Message)
}

// A Message is what came.
type Message struct {
	Bytes         []byte // the handler's to keep
	Source, Local netip.AddrPort
	Stream        bool // by TCP
	Time          time.Time

	// Reply sends bytes back to where the message came from, from the address that it went to.
	Reply func([]byte) error
}

// Counts is what an Inlet has done.
type Counts struct {
	Datagrams, Connections uint64
	Refused                uint64 // connections that there was no room for
	Unframed               uint64 // connections that were ended because what came was no message
	Failed                 uint64 // receptions and answers that the system refused
}

// An Inlet is open sockets.
type Inlet struct {
	config Config
	ctx    context.Context
	net    network.Network
	clock  network.Clock
	addrs  []netip.AddrPort
	serve  []func() // each socket

	datagrams, connections, refused, unframed, failed atomic.Uint64

	mu     sync.Mutex
	closed bool
	open   map[network.Socket]bool
	conns  int
}

// tries is how often a free port is looked for that all sockets can have.
const tries = 20

// Open opens the sockets and begins to receive. Where no address is given, a family that this world lacks is left out.
func Open(ctx context.Context, c Config) (*Inlet, error) {
	n := network.From(ctx)
	for try := 1; ; try++ {
		i := &Inlet{config: c, ctx: context.WithoutCancel(ctx), net: n, clock: n.Clock(), open: map[network.Socket]bool{}}
		err := i.listen()
		if err == nil {
			for _, serve := range i.serve {
				network.Go(i.ctx, serve)
			}
			return i, nil
		}
		i.Close()
		if c.Port != 0 || try == tries || !errors.Is(err, syscall.EADDRINUSE) {
			return nil, err
		}
	}
}

// Addresses are where the Inlet listens.
func (i *Inlet) Addresses() []netip.AddrPort { return i.addrs }

// Counts is what was done so far.
func (i *Inlet) Counts() Counts {
	return Counts{i.datagrams.Load(), i.connections.Load(), i.refused.Load(), i.unframed.Load(), i.failed.Load()}
}

// Close ends all. It may be called twice, and doesn't wait for messages being handled.
func (i *Inlet) Close() error {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.closed = true
	var errs []error
	for s := range i.open {
		errs = append(errs, s.Close())
	}
	clear(i.open)
	return errors.Join(errs...)
}

// keep has a socket closed with the Inlet; false when that is closed already, and so is the socket then.
func (i *Inlet) keep(s network.Socket) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.closed {
		s.Close()
		return false
	}
	i.open[s] = true
	return true
}

// drop closes a socket before the Inlet is closed.
func (i *Inlet) drop(s network.Socket) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.open[s] {
		delete(i.open, s)
		s.Close()
	}
}

// listen opens all sockets.
func (i *Inlet) listen() error {
	addrs, all := i.config.Addresses, len(i.config.Addresses) == 0
	if all {
		addrs = []netip.Addr{netip.IPv4Unspecified(), netip.IPv6Unspecified()}
	}
	port := i.config.Port
	for _, a := range addrs {
		at, err := i.listenAt(netip.AddrPortFrom(a, port))
		switch {
		case err == nil:
			port = at.Port()
			i.addrs = append(i.addrs, at)
		case !all || !lacksFamily(err):
			return refusal(netip.AddrPortFrom(a, port), err)
		}
	}
	if len(i.addrs) == 0 {
		return errors.New("this machine has neither IPv4 nor IPv6")
	}
	return nil
}

func lacksFamily(err error) bool {
	return errors.Is(err, syscall.EAFNOSUPPORT) || errors.Is(err, syscall.EADDRNOTAVAIL) || errors.Is(err, errors.ErrUnsupported)
}

// listenAt opens the sockets of one address; start begins to receive when all are open.
func (i *Inlet) listenAt(at netip.AddrPort) (netip.AddrPort, error) {
	family := "6"
	if at.Addr().Is4() {
		family = "4"
	}
	if i.config.UDP {
		c, err := i.packet("udp"+family, at.String())
		if err != nil {
			return at, err
		}
		own := netip.AddrPortFrom(at.Addr(), portOf(c.LocalAddr()))
		at = own
		i.start(c, func() { i.receive(c, own) })
	}
	if i.config.TCP {
		l, err := i.net.Listen(i.ctx, "tcp"+family, at.String(), &network.SockOpts{ReuseAddr: true, V6Only: family == "6"})
		if err != nil {
			return at, err
		}
		at = netip.AddrPortFrom(at.Addr(), portOf(l.LocalAddr()))
		i.start(l, func() { i.accept(l) })
	}
	return at, nil
}

// start has a socket closed with the Inlet, and served when all are open.
func (i *Inlet) start(s network.Socket, serve func()) {
	i.open[s] = true
	i.serve = append(i.serve, serve)
}

// packet opens a socket that tells where datagrams went, where the system can.
func (i *Inlet) packet(family, at string) (network.PacketConn, error) {
	o := network.SockOpts{Metadata: true, V6Only: family == "udp6", RecvBuffer: 1 << 20}
	c, err := i.net.ListenPacket(i.ctx, family, at, &o)
	if errors.Is(err, errors.ErrUnsupported) {
		o.Metadata = false
		c, err = i.net.ListenPacket(i.ctx, family, at, &o)
	}
	return c, err
}

func portOf(a net.Addr) uint16 { return transport.AddrPort(a).Port() }

// A Refusal is a port that can't be had, and the remedy.
type Refusal struct {
	At   netip.AddrPort
	text string
	err  error
}

func (r *Refusal) Error() string { return r.At.String() + ": " + r.text }

// Unwrap is the system's error.
func (r *Refusal) Unwrap() error { return r.err }

// refusal says what to do about an address that can't be had.
func refusal(at netip.AddrPort, err error) error {
	text := err.Error()
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		text = "another program has the port"
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		text = "this machine has no such address"
	case errors.Is(err, fs.ErrPermission):
		text = fmt.Sprintf("ports below 1024 need CAP_NET_BIND_SERVICE (run as root, or choose a port such as %d, or --lab; moonwire doctor shows how)",
			1000+int(at.Port()))
	}
	return &Refusal{at, text, err}
}

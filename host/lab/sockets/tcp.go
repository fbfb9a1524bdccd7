package sockets

import (
	"net"
	"net/netip"
	"sync"
	"syscall"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	stacktcp "gvisor.dev/gvisor/pkg/tcpip/transport/tcp"
	"gvisor.dev/gvisor/pkg/waiter"

	"moonwire/host/network"
)

// tcp is a stream socket on an endpoint of the stack. It has none while its family is open ("tcp"): the first address
// settles that. After a refusal it gets a new one.
type tcp struct {
	socket
	anyFamily bool
	opts      *network.SockOpts
	options   settings

	mu       sync.Mutex // guards what follows
	ep       tcpip.Endpoint
	version  tcpip.NetworkProtocolNumber
	bound    *tcpip.FullAddress // by Bind
	pending  error              // of the endpoint, taken from it to be looked at
	listens  bool
	connects bool // Connect was called
}

// open gives t an endpoint of the version, with the options that were set.
func (t *tcp) open(version tcpip.NetworkProtocolNumber) error {
	ep, err := t.world.stack.NewEndpoint(header.TCPProtocolNumber, version, t.queue)
	if err != nil {
		return errno(err)
	}
	t.mu.Lock()
	old, first := t.ep, t.ep == nil
	t.ep, t.version, t.pending, t.connects = ep, version, nil, false
	t.mu.Unlock()
	if old != nil {
		old.Close()
	}
	ep.SocketOptions().SetDelayOption(true) // Nagle's algorithm, as everywhere
	if first {
		if err := t.prepare(t.opts); err != nil {
			return err
		}
		t.world.adopt(t)
	}
	return t.options.each(func(name string, value any) error { return t.apply(ep, name, value) })
}

// settle makes sure that t has an endpoint for the version: one of open family is made, or made anew.
func (t *tcp) settle(version tcpip.NetworkProtocolNumber) error {
	if t.closed.Load() {
		return net.ErrClosed
	}
	t.mu.Lock()
	fits := t.ep != nil && (t.version == version || !t.anyFamily)
	t.mu.Unlock()
	if fits {
		return nil
	}
	return t.open(version)
}

// use is the endpoint, or why there is none.
func (t *tcp) use() (tcpip.Endpoint, tcpip.NetworkProtocolNumber, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.closed.Load():
		return nil, 0, net.ErrClosed
	case t.ep == nil:
		return nil, 0, syscall.EBADF
	}
	return t.ep, t.version, nil
}

func (t *tcp) isBound() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.bound != nil || t.connects || t.listens
}

// state is where the endpoint is in RFC 9293's diagram.
func state(ep tcpip.Endpoint) stacktcp.EndpointState { return stacktcp.EndpointState(ep.State()) }

// dead says that the endpoint of a connection can do nothing more.
func dead(ep tcpip.Endpoint) bool {
	s := state(ep)
	return s == stacktcp.StateError || s == stacktcp.StateClose
}

// peekError is the error that is pending.
func (t *tcp) peekError() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.pending == nil && t.ep != nil && dead(t.ep) {
		t.pending = errno(t.ep.LastError())
	}
	return t.pending
}

// takeError is the error that was pending.
func (t *tcp) takeError() error {
	err := t.peekError()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.pending = nil
	return err
}

// look says which of ev is true.
func (t *tcp) look(ev network.Event) network.Event {
	ep, _, err := t.use()
	if err != nil {
		return 0 // never settled: nothing happens to it
	}
	m := ep.Readiness(waiter.ReadableEvents | waiter.WritableEvents | waiter.EventHUp)
	if t.peekError() != nil {
		m |= waiter.EventErr
	}
	return events(ev, m)
}

// LocalAddr is the address bound to.
func (t *tcp) LocalAddr() net.Addr {
	if a := t.known.local(); a != nil {
		return a
	}
	ep, version, err := t.use()
	if err != nil {
		return nil
	}
	a, terr := ep.GetLocalAddress()
	if terr != nil {
		return nil
	}
	return net.TCPAddrFromAddrPort(t.world.netip(a, version))
}

// RemoteAddr is the far end, nil when there is none.
func (t *tcp) RemoteAddr() net.Addr {
	if a := t.known.remote(); a != nil {
		return a
	}
	ep, version, err := t.use()
	if err != nil || !connected(ep) {
		return nil
	}
	a, terr := ep.GetRemoteAddress()
	if terr != nil {
		return nil
	}
	return net.TCPAddrFromAddrPort(t.world.netip(a, version))
}

// connected says whether there is a far end.
func connected(ep tcpip.Endpoint) bool {
	switch state(ep) {
	case stacktcp.StateEstablished, stacktcp.StateFinWait1, stacktcp.StateFinWait2, stacktcp.StateCloseWait,
		stacktcp.StateClosing, stacktcp.StateLastAck, stacktcp.StateTimeWait:
		return true
	}
	return false
}

// keepAddrs remembers both ends of a connection: they don't change, and are asked for after Close too.
func (t *tcp) keepAddrs() {
	if a := t.LocalAddr(); a != nil {
		t.known.own.Store(&a)
	}
	if a := t.RemoteAddr(); a != nil {
		t.known.far.Store(&a)
	}
}

// Close ends the socket and every wait on it.
func (t *tcp) Close() error {
	if !t.end() {
		return t.fail("close", net.ErrClosed)
	}
	t.world.forget(t)
	t.mu.Lock()
	ep := t.ep
	t.mu.Unlock()
	if ep != nil {
		t.linger(ep)
		t.world.settle()
	}
	return nil
}

// loopback takes the place of an unspecified destination, which means this host.
func loopback(f tcpip.FullAddress, version tcpip.NetworkProtocolNumber, a netip.Addr) tcpip.FullAddress {
	if f.Addr.Len() == 0 {
		f.Addr = header.IPv6Loopback
		if version == ip4 || a.Is4In6() {
			f.Addr = localhost4
		}
	}
	return f
}

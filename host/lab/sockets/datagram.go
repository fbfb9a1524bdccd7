package sockets

import (
	"context"
	"net"
	"strconv"
	"strings"
	"sync"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/ports"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
	"gvisor.dev/gvisor/pkg/waiter"

	"moonwire/host/network"
)

// datagram is a datagram socket: an endpoint of our own at the stack's demultiplexer.
type datagram struct {
	socket
	flavor    flavor
	anyFamily bool // settled by the first address
	opts      network.SockOpts
	options   settings
	inbox     inbox
	failures  failures

	mu      sync.Mutex // guards what follows
	version tcpip.NetworkProtocolNumber
	place   place
	way     way
	groups  map[group]struct{}
}

// place is where a datagram socket is between the hosts.
type place struct {
	bound    bool                          // by Bind; else the stack chose
	on       tcpip.NICID                   // of a link-local address
	at       stack.TransportEndpointID     // where the stack looks for it
	versions []tcpip.NetworkProtocolNumber // that it hears
	reserved *ports.Reservation            // of its port
	device   tcpip.NICID                   // that it was registered for
	flags    ports.Flags                   // likewise
	there    bool                          // it is registered
	far      *tcpip.FullAddress            // that it is connected to
	source   tcpip.Address                 // that is sent from then
	stop     func()                        // of a raw one
}

// A flavor is what tells UDP, ping and raw IP apart.
type flavor interface {
	// protocol is the number that stands in the IP header.
	protocol(version tcpip.NetworkProtocolNumber) tcpip.TransportProtocolNumber
	// reserve takes a port, or the like, for p.
	reserve(d *datagram, p *place) error
	register(d *datagram, p *place) error
	unregister(d *datagram, p *place)
	// header is the length of what comes between IP and the payload.
	header() int
	// pack makes of a payload what follows the IP header, in place behind the header's room.
	pack(b []byte, port uint16, to tcpip.FullAddress, r *stack.Route) error
	// addr is an address as package net shows it.
	addr(w *world, f tcpip.FullAddress, version tcpip.NetworkProtocolNumber) net.Addr
}

// flavors are the families of datagram sockets, raw ones aside.
var flavors = map[string]struct {
	flavor  flavor
	version tcpip.NetworkProtocolNumber
}{
	"udp":   {udp{}, 0},
	"udp4":  {udp{}, ip4},
	"udp6":  {udp{}, ip6},
	"ping4": {ping{}, ip4},
	"ping6": {ping{}, ip6},
}

// Packet makes an unbound datagram socket.
func (w *world) Packet(ctx context.Context, family string, o *network.SockOpts) (network.PacketConn, error) {
	if family == "unixgram" {
		return w.unixPacket(ctx, o)
	}
	kind, ok := flavors[family]
	if name, proto, raw := strings.Cut(family, ":"); raw {
		n, err := strconv.ParseUint(proto, 10, 8)
		kind.flavor = rawIP(n)
		kind.version, ok = map[string]tcpip.NetworkProtocolNumber{"ip4": ip4, "ip6": ip6}[name]
		ok = ok && err == nil
	}
	d := &datagram{socket: socket{world: w, name: family, queue: new(waiter.Queue)}, flavor: kind.flavor, anyFamily: kind.version == 0}
	d.ready = d.look
	if !ok {
		return nil, d.fail("socket", net.UnknownNetworkError(family))
	}
	if o != nil {
		d.opts = *o
	}
	if !d.anyFamily {
		if err := d.open(kind.version); err != nil {
			return nil, d.fail("socket", err)
		}
	}
	return d, nil
}

// open settles d's version.
func (d *datagram) open(version tcpip.NetworkProtocolNumber) error {
	d.mu.Lock()
	d.leavePlace()
	first := d.version == 0
	d.version = version
	d.mu.Unlock()
	if first {
		d.world.adopt(d)
	}
	if err := d.opts.Apply(version == ip6, d.setOption); err != nil {
		return err
	}
	if r, raw := d.flavor.(rawIP); raw {
		d.mu.Lock()
		defer d.mu.Unlock()
		return d.settlePlace(r)
	}
	return nil
}

// settlePlace makes a raw socket hear everything at once.
func (d *datagram) settlePlace(r rawIP) error { return r.register(d, &d.place) }

// settle makes sure that d has a version: a socket of open family takes this one.
func (d *datagram) settle(version tcpip.NetworkProtocolNumber) error {
	if d.closed.Load() {
		return net.ErrClosed
	}
	d.mu.Lock()
	fits := d.version != 0 && (d.version == version || !d.anyFamily)
	d.mu.Unlock()
	if fits {
		return nil
	}
	return d.open(version)
}

// LocalAddr is the address bound to; nil before the family is settled.
func (d *datagram) LocalAddr() net.Addr {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.version == 0 || d.closed.Load() {
		return nil
	}
	f := tcpip.FullAddress{NIC: d.place.on, Addr: d.place.at.LocalAddress, Port: d.place.at.LocalPort}
	if d.place.far != nil && f.Addr.Len() == 0 {
		f.Addr = d.place.source
	}
	return d.flavor.addr(d.world, f, d.version)
}

// RemoteAddr is the far end; nil when there is none, or it has no port.
func (d *datagram) RemoteAddr() net.Addr {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.place.far == nil || d.place.far.Port == 0 || d.closed.Load() {
		return nil
	}
	return d.flavor.addr(d.world, *d.place.far, d.version)
}

// Close ends the socket and every wait on it.
func (d *datagram) Close() error {
	if !d.end() {
		return d.fail("close", net.ErrClosed)
	}
	d.world.forget(d)
	d.mu.Lock()
	d.leavePlace()
	d.leaveGroups()
	d.mu.Unlock()
	d.inbox.clear()
	return nil
}

// look says which of ev is true.
func (d *datagram) look(ev network.Event) network.Event {
	d.mu.Lock()
	settled := d.version != 0
	d.mu.Unlock()
	if !settled {
		return 0
	}
	m := waiter.WritableEvents
	if !d.inbox.empty() {
		m |= waiter.ReadableEvents
	}
	if d.failures.some() {
		m |= waiter.EventErr
	}
	return events(ev, m)
}

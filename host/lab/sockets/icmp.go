package sockets

import (
	"encoding/binary"
	"net/netip"
	"sync"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/checksum"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
	"gvisor.dev/gvisor/pkg/waiter"

	"moonwire/host/network"
)

// icmpErrors hears every ICMP message that comes to the host and finds the datagram sockets whose packets earned an
// error. The stack would tell them of one kind only.
type icmpErrors struct {
	world *world
	raw   rawSockets
}

// rawSockets are those of a world: the stack can't find them by a quoted packet.
type rawSockets struct {
	mu   sync.Mutex
	list []*datagram
}

func (r *rawSockets) add(d *datagram) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.list = append(r.list, d)
}

func (r *rawSockets) remove(d *datagram) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i, x := range r.list {
		if x == d {
			r.list = append(r.list[:i:i], r.list[i+1:]...)
			return
		}
	}
}

func (r *rawSockets) all() []*datagram {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.list
}

// listen makes the node show what comes.
func (e *icmpErrors) listen() {
	e.world.node.Raw(ip4, header.ICMPv4ProtocolNumber, e.hear)
	e.world.node.Raw(ip6, header.ICMPv6ProtocolNumber, e.hear)
}

// hear looks at one message.
func (e *icmpErrors) hear(pkt *stack.PacketBuffer) {
	h := pkt.TransportHeader().Slice()
	if len(h) < 2 || !isError(pkt.NetworkProtocolNumber, h[0]) {
		return
	}
	message := append(append(make([]byte, 0, len(h)+pkt.Data().Size()), h...), payload(pkt)...)
	ip := pkt.Network()
	if len(message) < icmpHeader || !intact(pkt.NetworkProtocolNumber, message, ip) {
		return
	}
	e.deliver(pkt.NetworkProtocolNumber, message, fromStack(ip.SourceAddress(), pkt.NetworkProtocolNumber))
}

// icmpHeader is what comes before the quoted packet in every error.
const icmpHeader = 8

// isError says that a type of message tells of another packet.
func isError(version tcpip.NetworkProtocolNumber, typ byte) bool {
	if version == ip6 {
		return typ < 128 // RFC 4443 section 2.1
	}
	switch header.ICMPv4Type(typ) {
	case header.ICMPv4DstUnreachable, header.ICMPv4TimeExceeded, header.ICMPv4ParamProblem:
		return true
	}
	return false
}

// intact checks the checksum.
func intact(version tcpip.NetworkProtocolNumber, message []byte, ip header.Network) bool {
	sum := uint16(0)
	if version == ip6 {
		sum = header.PseudoHeaderChecksum(header.ICMPv6ProtocolNumber, ip.SourceAddress(), ip.DestinationAddress(), uint16(len(message)))
	}
	return checksum.Checksum(message, sum) == 0xffff
}

// deliver finds the sockets that an error is for.
func (e *icmpErrors) deliver(version tcpip.NetworkProtocolNumber, message []byte, offender netip.Addr) {
	q, ok := quote(version, message[icmpHeader:])
	if !ok {
		return
	}
	n := notice{version: version, typ: int(message[0]), code: int(message[1]), offender: offender, quoted: q}
	word := binary.BigEndian.Uint32(message[4:])
	switch {
	case version == ip6 && n.typ == 2:
		n.mtu = int(word)
	case version == ip4:
		n.mtu = int(word & 0xffff)
	}
	n.cause()
	for _, d := range e.sockets(version, q) {
		d.earn(&n)
	}
}

// sockets are those that may have sent a quoted packet.
func (e *icmpErrors) sockets(version tcpip.NetworkProtocolNumber, q quoted) (list []*datagram) {
	for _, d := range e.raw.all() {
		if d.version == version && d.flavor.protocol(version) == q.proto && d.may(q) {
			list = append(list, d)
		}
	}
	id := stack.TransportEndpointID{LocalAddress: q.src, RemoteAddress: q.dst, LocalPort: q.srcPort, RemotePort: q.dstPort}
	switch end := e.world.stack.FindTransportEndpoint(version, q.proto, id, 0).(type) {
	case *udpEnd:
		list = append(list, (*datagram)(end))
	case *pingEnd:
		list = append(list, (*datagram)(end))
	}
	return list
}

// may says that a raw socket's addresses don't speak against it.
func (d *datagram) may(q quoted) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	at := d.place.at
	return (at.LocalAddress.Len() == 0 || at.LocalAddress == q.src) && (at.RemoteAddress.Len() == 0 || at.RemoteAddress == q.dst)
}

// earn tells a socket of an error. Without an error queue only a connected socket hears of it, and only of those that
// are final.
func (d *datagram) earn(n *notice) {
	if n.errno == nil || n.tooBig() && d.policy() == network.DFDont {
		return
	}
	d.mu.Lock()
	connected := d.place.far != nil
	d.mu.Unlock()
	switch {
	case d.opts.Errors:
		d.failures.add(n.entry(d.flavor))
	case connected && n.final:
		d.failures.set(n.errno)
	default:
		return
	}
	d.queue.Notify(waiter.EventErr)
}

// policy is the socket's for long datagrams.
func (d *datagram) policy() network.DF { return d.opts.DF }

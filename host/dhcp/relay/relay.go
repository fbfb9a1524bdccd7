package relay

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/network"
)

// A Relay carries messages of DHCPv4.
type Relay struct {
	opts  Options
	ports []*port
	conn  network.PacketConn
	room  []byte
	once  sync.Once // of closing
	counter
}

// A Parcel is a message on its way.
type Parcel struct {
	Message *dhcp4.Message // nil when it could not be read
	Time    time.Time
	From    netip.AddrPort
	To      netip.AddrPort // of the client or the first server, once it was carried
	Reason  string         // why it was dropped; ""
	meta    network.Meta
}

// Reply says whether the message is a server's.
func (p *Parcel) Reply() bool { return p.Message != nil && p.Message.Op == dhcp4.BootReply }

// Open makes a relay agent on UDP port 67.
func Open(ctx context.Context, o Options) (*Relay, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	ports, err := o.ports(ctx)
	if err != nil {
		return nil, err
	}
	r := &Relay{opts: o, ports: ports, room: make([]byte, 1<<16)}
	r.conn, err = network.From(ctx).ListenPacket(ctx, "udp4", fmt.Sprintf("0.0.0.0:%d", serverPort), &network.SockOpts{Broadcast: true, Metadata: true})
	if err != nil {
		return nil, explain(serverPort, err)
	}
	for _, p := range ports {
		// Without the privilege for whole frames clients are answered by broadcast.
		p.link, _ = network.From(ctx).OpenLink(ctx, p.Name, &network.LinkOpts{SendOnly: true})
	}
	return r, nil
}

// Close ends the relay. It may be called twice.
func (r *Relay) Close() (err error) {
	r.once.Do(func() {
		for _, p := range r.ports {
			if p.link != nil {
				p.link.Close()
			}
		}
		err = r.conn.Close()
	})
	return err
}

// String says what r is.
func (r *Relay) String() string {
	return fmt.Sprintf("relay of %s to %s", strings.Join(r.opts.Interfaces, ", "), r.opts.Servers[0])
}

// Serve carries messages until count of them came (0: all that come), or a moment (zero: for ever), or ctx's end. It
// returns how many came.
func (r *Relay) Serve(ctx context.Context, count int, until time.Time) (n int, err error) {
	return serve(ctx, r, count, until)
}

// Receive waits for the next message until a moment; zero is for ever.
func (r *Relay) Receive(ctx context.Context, until time.Time) (*Parcel, error) {
	n, meta, err := read(ctx, r.conn, r.room, until)
	if err != nil {
		return nil, err
	}
	r.add(&r.s.Received)
	p := &Parcel{Time: meta.Time, From: addrPort(meta.Peer), meta: meta}
	p.Message, _ = dhcp4.Decode(bytes.Clone(r.room[:n]))
	return p, nil
}

// past is a moment that is over.
var past = time.Unix(1, 0)

// read waits for a datagram.
func read(ctx context.Context, conn network.PacketConn, b []byte, until time.Time) (int, network.Meta, error) {
	if err := ctx.Err(); err != nil {
		return 0, network.Meta{}, err
	}
	conn.SetReadDeadline(until)
	stop := network.OnEnd(ctx, func() { conn.SetReadDeadline(past) })
	defer stop()
	n, meta, err := conn.ReadMsg(b)
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return n, meta, err
}

// Carry sends a message on, or drops it for a reason.
func (r *Relay) Carry(ctx context.Context, p *Parcel) {
	switch {
	case p.Reason != "":
	case p.Message == nil:
		p.Reason = Malformed
	case p.Message.Op == dhcp4.BootRequest:
		p.Reason = r.request(p)
	case p.Reply():
		p.Reason = r.reply(ctx, p)
	default:
		p.Reason = Malformed
	}
	if p.Reason != "" {
		r.drop(p.Reason)
	}
}

func addrPort(a net.Addr) netip.AddrPort {
	if u, ok := a.(*net.UDPAddr); ok {
		p := u.AddrPort()
		return netip.AddrPortFrom(p.Addr().Unmap(), p.Port())
	}
	return netip.AddrPort{}
}

// request carries a client's message to all servers.
func (r *Relay) request(p *Parcel) (reason string) {
	from := r.portOf(p.meta.Interface)
	if from == nil {
		return OtherInterface
	}
	in := from.arrival(r.own())
	in.Unicast = p.meta.Local.IsValid() && !isBroadcast(p.meta.Local, from)
	if reason = r.opts.Agent.Request(p.Message, in); reason != "" {
		return reason
	}
	b, err := p.Message.Encode()
	if err != nil {
		return Malformed
	}
	p.To, reason = r.carry(r.opts.Servers, func(server netip.AddrPort) error {
		// From giaddr, so that a server's answer finds the way back (RFC 1542 section 4.1.1 leaves the source open).
		_, err := r.conn.WriteMsg(b, network.Meta{Peer: net.UDPAddrFromAddrPort(server), Local: from.source()})
		return err
	})
	return reason
}

// source is where what is sent for the interface comes from: giaddr, if it is the interface's own.
func (p *port) source() netip.Addr {
	if slices.Contains(p.own, p.address) {
		return p.address
	}
	return netip.Addr{}
}

// isBroadcast says whether an address is everybody's on the interface.
func isBroadcast(a netip.Addr, p *port) bool {
	if a == limited {
		return true
	}
	for _, prefix := range p.Addrs {
		if prefix.Addr().Is4() && a == last(prefix) {
			return true
		}
	}
	return false
}

// last is the broadcast address of a prefix.
func last(p netip.Prefix) netip.Addr {
	b := p.Masked().Addr().As4()
	for i := p.Bits(); i < 32; i++ {
		b[i/8] |= 0x80 >> (i % 8)
	}
	return netip.AddrFrom4(b)
}

// portOf is the interface of clients with an index.
func (r *Relay) portOf(index int) *port {
	for _, p := range r.ports {
		if p.Index == index {
			return p
		}
	}
	return nil
}

// own are the addresses that are giaddr of ours.
func (r *Relay) own() (own []netip.Addr) {
	for _, p := range r.ports {
		own = append(own, p.address)
	}
	return own
}

func (p *port) arrival(own []netip.Addr) Arrival {
	return Arrival{Interface: p.Name, Address: p.address, Own: own}
}

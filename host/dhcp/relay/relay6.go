package relay

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"sync"
	"time"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/network"
)

// Ports of DHCPv6 (RFC 8415 section 7.2).
const (
	clientPort6 = 546
	serverPort6 = 547
)

// agents is the group that clients send to (RFC 8415 section 7.1).
var agents = netip.MustParseAddr("ff02::1:2")

// Options6 are a Relay6's.
type Options6 struct {
	Interfaces []string
	Servers    []netip.AddrPort
	Link       netip.Addr // link-address, of one interface; not valid: its first address that isn't link-local
	Agent      Agent6
}

// A Relay6 carries messages of DHCPv6.
type Relay6 struct {
	opts  Options6
	world network.Network
	ports []*port6
	conn  network.PacketConn
	room  []byte
	once  sync.Once // of closing
	counter
}

// A port6 is an interface where clients are.
type port6 struct {
	network.Interface
	link netip.Addr
}

// A Parcel6 is a message on its way.
type Parcel6 struct {
	Message *dhcp6.Message // as it came; nil when it could not be read
	Time    time.Time
	From    netip.AddrPort
	To      netip.AddrPort // once it was carried
	Reason  string         // why it was dropped; ""
	bytes   []byte
	meta    network.Meta
}

// Reply says whether the message is a server's.
func (p *Parcel6) Reply() bool { return p.Message != nil && p.Message.Type == dhcp6.RelayReply }

// Open6 makes a relay agent on UDP port 547.
func Open6(ctx context.Context, o Options6) (*Relay6, error) {
	ports, err := o.ports(ctx)
	if err != nil {
		return nil, err
	}
	r := &Relay6{opts: o, ports: ports, world: network.From(ctx), room: make([]byte, 1<<16)}
	r.conn, err = r.world.ListenPacket(ctx, "udp6", fmt.Sprintf("[::]:%d", serverPort6), &network.SockOpts{Metadata: true, V6Only: true})
	if err != nil {
		return nil, explain(serverPort6, err)
	}
	for _, p := range ports {
		if err := r.conn.SetOption("ipv6-add-membership", network.Membership{Group: agents, Index: p.Index}); err != nil {
			r.conn.Close()
			return nil, fmt.Errorf("%s: joining %s: %w", p.Name, agents, err)
		}
	}
	return r, nil
}

// ports checks the options and finds the interfaces.
func (o *Options6) ports(ctx context.Context) (ports []*port6, err error) {
	switch {
	case len(o.Interfaces) == 0:
		return nil, errors.New("a relay needs an interface where the clients are")
	case len(o.Servers) == 0:
		return nil, errors.New("a relay needs a server")
	case len(o.Interfaces) > 1 && (o.Link.IsValid() || o.Agent.InterfaceID != nil):
		return nil, errors.New("link address and interface id are of one interface, and there are several")
	}
	list, err := network.From(ctx).Interfaces()
	if err != nil {
		return nil, err
	}
	for _, name := range o.Interfaces {
		p := &port6{link: o.Link}
		for _, i := range list {
			if i.Name == name {
				p.Interface = i
			}
		}
		if p.Name == "" {
			return nil, &NoInterface{name, names(list)}
		}
		for _, a := range p.Addrs {
			if a.Addr().Is6() && !a.Addr().IsLinkLocalUnicast() && !p.link.IsValid() {
				p.link = a.Addr()
			}
		}
		ports = append(ports, p)
	}
	return ports, nil
}

// Close ends the relay. It may be called twice.
func (r *Relay6) Close() (err error) {
	r.once.Do(func() { err = r.conn.Close() })
	return err
}

// String says what r is.
func (r *Relay6) String() string {
	return fmt.Sprintf("relay of %s to %s", strings.Join(r.opts.Interfaces, ", "), r.opts.Servers[0])
}

// Serve carries messages until count of them came (0: all that come), or a moment (zero: for ever), or ctx's end. It
// returns how many came.
func (r *Relay6) Serve(ctx context.Context, count int, until time.Time) (n int, err error) {
	return serve(ctx, r, count, until)
}

// Receive waits for the next message until a moment; zero is for ever.
func (r *Relay6) Receive(ctx context.Context, until time.Time) (*Parcel6, error) {
	n, meta, err := read(ctx, r.conn, r.room, until)
	if err != nil {
		return nil, err
	}
	r.add(&r.s.Received)
	p := &Parcel6{Time: meta.Time, From: addrPort(meta.Peer), meta: meta, bytes: bytes.Clone(r.room[:n])}
	p.Message, _ = dhcp6.Decode(p.bytes)
	return p, nil
}

// Carry sends a message on, or drops it for a reason. A message that was changed goes on as it is now.
func (r *Relay6) Carry(ctx context.Context, p *Parcel6) {
	switch {
	case p.Reason != "":
	case p.Message == nil:
		p.Reason = Malformed
	default:
		b, err := p.Message.Encode()
		switch {
		case err != nil:
			p.Reason = Malformed
		case p.Reply():
			p.Reason = r.back(p)
		default:
			p.Reason = r.forward(ctx, p, b)
		}
	}
	if p.Reason != "" {
		r.drop(p.Reason)
	}
}

// forward carries a client's message, or another relay agent's, to all servers.
func (r *Relay6) forward(ctx context.Context, p *Parcel6, b []byte) (reason string) {
	from := r.portOf(p.meta.Interface)
	if from == nil {
		return OtherInterface
	}
	in := Arrival6{Interface: from.Name, Link: from.link, From: p.From.Addr().WithZone("")}
	if r.opts.Agent.LinkLayer {
		in.MAC = r.hardware(ctx, from, p.From.Addr())
	}
	m, reason := r.opts.Agent.Forward(b, in)
	if reason != "" {
		return reason
	}
	out, err := m.Encode()
	if err != nil {
		return Malformed
	}
	p.To, reason = r.carry(r.opts.Servers, func(server netip.AddrPort) error {
		_, err := r.conn.WriteMsg(out, network.Meta{Peer: net.UDPAddrFromAddrPort(server)})
		return err
	})
	return reason
}

// asking is the longest wait for a client's hardware address.
const asking = 500 * time.Millisecond

// hardware is a client's hardware address: it is in its link-local address (RFC 4291 appendix A), or its neighbours know.
func (r *Relay6) hardware(ctx context.Context, p *port6, a netip.Addr) net.HardwareAddr {
	if b := a.As16(); a.IsLinkLocalUnicast() && b[11] == 0xff && b[12] == 0xfe {
		return net.HardwareAddr{b[8] ^ 2, b[9], b[10], b[13], b[14], b[15]}
	}
	ctx, cancel := network.WithCancel(ctx)
	defer cancel()
	defer r.world.Clock().AfterFunc(asking, cancel).Stop()
	mac, _ := r.world.Resolve(ctx, p.Name, a)
	return mac
}

// back carries a server's message to the client, or to the next relay agent.
func (r *Relay6) back(p *Parcel6) (reason string) {
	back, reason := r.opts.Agent.Unwrap(p.Message)
	if reason != "" {
		return reason
	}
	to := r.portFor(back)
	if to == nil {
		return WrongLink
	}
	p.To = back.To
	peer := net.UDPAddrFromAddrPort(back.To)
	if back.To.Addr().IsLinkLocalUnicast() {
		peer.Zone = to.Name
	}
	if err := r.sent(&r.s.Replies, func() error {
		_, err := r.conn.WriteMsg(back.Message, network.Meta{Peer: peer, Interface: to.Index})
		return err
	}); err != nil {
		return NotSent
	}
	return ""
}

func (r *Relay6) portOf(index int) *port6 {
	for _, p := range r.ports {
		if p.Index == index {
			return p
		}
	}
	return nil
}

// portFor is the interface that an answer is for: by its interface-id, else by its link-address.
func (r *Relay6) portFor(b Return) *port6 {
	for _, p := range r.ports {
		if b.Name != nil && bytes.Equal(b.Name, r.opts.Agent.name(p.Name)) || b.Name == nil && p.link.IsValid() && b.Link == p.link {
			return p
		}
	}
	return nil
}

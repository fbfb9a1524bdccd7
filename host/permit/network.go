package permit

import (
	"context"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"moonwire/host/network"
)

// Network is n as p allows it: what isn't allowed is refused with a *Refusal before anything leaves. Labs are always
// allowed. n itself is returned where nothing is bounded, so that nothing is paid for it. Tables can be read by all.
func (p *Policy) Network(n network.Network) network.Network {
	if p.Free() || n.Caps().Lab {
		return n
	}
	p.find(n)
	g := &guarded{Network: n, policy: p}
	if i, ok := n.(network.Inspector); ok {
		return &inspected{g, i}
	}
	return g
}

// guarded is a network under a policy.
type guarded struct {
	network.Network
	policy *Policy
}

// Bare is the network itself, for what sends nothing.
func (n *guarded) Bare() network.Network { return n.Network }

// inspected is one that counts, too.
type inspected struct {
	*guarded
	network.Inspector
}

// table is the interfaces of now.
func (n *guarded) table() []network.Interface {
	list, _ := n.Interfaces()
	return list
}

func (n *guarded) Stream(ctx context.Context, family string, o *network.SockOpts) (network.Stream, error) {
	s, err := n.Network.Stream(ctx, family, o)
	if err != nil {
		return nil, err
	}
	return &stream{Stream: s, on: n, family: family, both: family != "tcp4" && !(o != nil && o.V6Only)}, nil
}

func (n *guarded) Packet(ctx context.Context, family string, o *network.SockOpts) (network.PacketConn, error) {
	name, number, raw := strings.Cut(family, ":")
	p := &packet{on: n, family: family, protocol: "udp", both: family == "udp6" && !(o != nil && o.V6Only)}
	switch {
	case raw:
		proto, err := strconv.ParseUint(number, 10, 8)
		if err != nil {
			break // n says what is wrong with it
		}
		device := ""
		if o != nil {
			device = o.Device
		}
		if err := n.policy.opensIP(device, "opening an ip socket of protocol "+number); err != nil {
			return nil, err
		}
		p.crafted = &crafted{on: n, proto: int(proto), device: device}
		if p.ears = n.listens(); p.ears != nil {
			o = withMetadata(o)
		}
	case strings.HasPrefix(name, "ping"):
		p.protocol = "icmp"
	}
	var err error
	if p.PacketConn, err = n.Network.Packet(ctx, family, o); err != nil {
		return nil, err
	}
	return p, nil
}

// withMetadata are options of a socket that is told by which link a datagram came.
func withMetadata(o *network.SockOpts) *network.SockOpts {
	var with network.SockOpts
	if o != nil {
		with = *o
	}
	with.Metadata = true
	return &with
}

func (n *guarded) Dial(ctx context.Context, family, addr string, o *network.SockOpts) (network.Conn, error) {
	return network.DialIn(ctx, n, family, addr, o)
}

func (n *guarded) Listen(ctx context.Context, family, addr string, o *network.SockOpts) (network.Listener, error) {
	return network.ListenIn(ctx, n, family, addr, o)
}

func (n *guarded) ListenPacket(ctx context.Context, family, addr string, o *network.SockOpts) (network.PacketConn, error) {
	return network.ListenPacketIn(ctx, n, family, addr, o)
}

// opens decides about something on a link: raw frames, receiving them, changing it. "" is every link.
func (p *Policy) opens(k Kind, link, tried string) error {
	is := func(g Grant) bool {
		if g.Kind != k && !(k == Sniff && g.Kind == Raw) {
			return false
		}
		return g.Link == "" || link != "" && onLink(g.Link, link)
	}
	whole := func(g Grant) bool {
		return is(g) && g.To == Net{} && !g.From.IsValid() && !g.AnySource && g.Kind == k
	}
	if err := p.forbidden(tried, func(g Grant) bool { return whole(g) || link == "" && g.Kind == k && g.To == Net{} }); err != nil {
		return err
	}
	if p.All || slices.ContainsFunc(p.Allow, is) {
		return nil
	}
	if k == Sniff {
		return p.refuse(&Refusal{Tried: tried, Would: Grants{{Kind: k, Link: link}}}, Raw, Sniff)
	}
	return p.refuse(&Refusal{Tried: tried, Would: Grants{{Kind: k, Link: link}}}, k)
}

// opensIP is opens of an ip:proto socket. One that isn't bound to a link needs a grant for some link: each packet is
// decided about by the link that it leaves by.
func (p *Policy) opensIP(device, tried string) error {
	if device == "" && len(p.Deny.of(Raw)) == 0 && len(p.Allow.of(Raw)) > 0 {
		return nil
	}
	return p.opens(Raw, device, tried)
}

// on is a place in words: "on eth0".
func on(link string) string {
	if link == "" {
		return ""
	}
	return " on " + link
}

func (n *guarded) OpenLink(ctx context.Context, iface string, o *network.LinkOpts) (network.LinkConn, error) {
	kind, tried := Sniff, "receiving frames"
	if o != nil && o.SendOnly {
		kind, tried = Raw, "sending frames"
	}
	named := iface
	if iface == "any" { // every link
		named = ""
	}
	if err := n.policy.opens(kind, named, tried+on(iface)); err != nil {
		return nil, err
	}
	l, err := n.Network.OpenLink(ctx, iface, o)
	if err != nil {
		return nil, err
	}
	f := n.policy.Frames(l.Interface().Name, n.table)
	pace := n.policy.paced()
	if f.open && pace == nil {
		return l, nil
	}
	return &link{LinkConn: l, frames: f, pace: pace, clock: n.Clock()}, nil
}

// Resolve makes the system ask for a neighbour: one that may be reached, or a router on the way to such.
func (n *guarded) Resolve(ctx context.Context, iface string, neighbor netip.Addr) (net.HardwareAddr, error) {
	p, a := n.policy, neighbor.Unmap().WithZone("")
	tried := "asking for the hardware address of " + a.String() + on(iface)
	want := Net{Prefix: whole(a)}
	if err := p.forbidden(tried, func(g Grant) bool {
		return (g.Kind == ToNet || g.Kind == Raw) && g.To.Port == 0 && g.To.Protocol == "" && g.To.holds(want) && onLink(g.Link, iface)
	}); err != nil {
		return nil, err
	}
	near := func(g Grant) bool {
		return g.Kind == ToNet && g.To.holds(want) || g.Kind == Raw && onLink(g.Link, iface) && (g.To.holds(want) || n.isRouter(a))
	}
	if !p.All && !slices.ContainsFunc(p.Allow, near) {
		return nil, p.refuse(&Refusal{Tried: tried, Would: Grants{{Kind: Raw, Link: iface, To: want}}}, ToNet, Raw)
	}
	return n.Network.Resolve(ctx, iface, neighbor)
}

// isRouter says whether some route leads by a.
func (n *guarded) isRouter(a netip.Addr) bool {
	routes, _ := n.Routes()
	return slices.ContainsFunc(routes, func(r network.Route) bool { return r.Gateway.WithZone("") == a })
}

// GuardPort takes a port for packets that are crafted, or listened for.
func (n *guarded) GuardPort(ctx context.Context, family string, local netip.AddrPort) (network.Guard, error) {
	p := n.policy
	crafts := p.All || slices.ContainsFunc(p.Allow, func(g Grant) bool { return g.Kind == Raw })
	if !crafts || len(p.Deny.of(Listen)) > 0 && local.Port() != 0 {
		if err := p.serves(family, local, false); err != nil {
			return nil, err
		}
	}
	return n.Network.GuardPort(ctx, family, local)
}

func (n *guarded) LookupHost(ctx context.Context, name string, f network.Family) (network.Host, error) {
	if _, err := netip.ParseAddr(name); err == nil {
		return n.Network.LookupHost(ctx, name, f)
	}
	asked := canonical(name)
	if err := n.policy.looksUp(asked); err != nil {
		return network.Host{}, err
	}
	if isLocalhost(asked) { // what stands before it would be told to name servers
		name = "localhost"
	}
	h, err := n.Network.LookupHost(ctx, name, f)
	if err == nil {
		n.policy.learned.learn(asked, h.Addrs)
	}
	return h, err
}

func (n *guarded) LookupAddr(ctx context.Context, a netip.Addr) ([]string, error) {
	if err := n.policy.looksBack(a); err != nil {
		return nil, err
	}
	return n.Network.LookupAddr(ctx, a)
}

func (n *guarded) Config() network.Configurator {
	c := n.Network.Config()
	if c == nil {
		return nil
	}
	return &configurator{c, n.policy}
}

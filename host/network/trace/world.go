package trace

import (
	"context"
	"net"
	"net/netip"
	"strings"

	"moonwire/host/network"
)

// A world is a network whose calls are told of.
type world struct {
	network.Network
	watcher Watcher
	name    string // of a lab's host
}

// Unwrap is the network itself.
func (w *world) Unwrap() network.Network { return w.Network }

func (w *world) Stream(ctx context.Context, family string, o *network.SockOpts) (network.Stream, error) {
	s, err := w.Network.Stream(ctx, family, o)
	if err != nil {
		w.tell(network.Call{Name: "open", Class: family, Err: reason(err)})
		return nil, err
	}
	return &stream{Stream: s, owner: w.owner(family)}, nil
}

func (w *world) Packet(ctx context.Context, family string, o *network.SockOpts) (network.PacketConn, error) {
	p, err := w.Network.Packet(ctx, family, o)
	if err != nil {
		w.tell(network.Call{Name: "open", Class: family, Err: reason(err)})
		return nil, err
	}
	return &packets{PacketConn: p, owner: w.owner(family)}, nil
}

func (w *world) Dial(ctx context.Context, family, addr string, o *network.SockOpts) (network.Conn, error) {
	c, err := w.Network.Dial(ctx, family, addr, o)
	by := w.owner(family)
	if c == nil {
		by.tell(network.Call{Name: "connect", Peer: addr, Err: reason(err)}, nil, nil)
		return nil, err
	}
	by.tell(network.Call{Name: "connect", Err: reason(err)}, c.LocalAddr(), c.RemoteAddr())
	return &conn{Conn: c, owner: by}, err
}

func (w *world) Listen(ctx context.Context, family, addr string, o *network.SockOpts) (network.Listener, error) {
	l, err := w.Network.Listen(ctx, family, addr, o)
	by := w.owner(family)
	if err != nil {
		by.tell(network.Call{Name: "listen", Here: addr, Err: reason(err)}, nil, nil)
		return nil, err
	}
	by.tell(network.Call{Name: "listen"}, l.LocalAddr(), nil)
	return &listener{Listener: l, owner: by}, nil
}

func (w *world) ListenPacket(ctx context.Context, family, addr string, o *network.SockOpts) (network.PacketConn, error) {
	p, err := w.Network.ListenPacket(ctx, family, addr, o)
	by := w.owner(family)
	if err != nil {
		by.tell(network.Call{Name: "bind", Here: addr, Err: reason(err)}, nil, nil)
		return nil, err
	}
	by.tell(network.Call{Name: "bind"}, p.LocalAddr(), nil)
	return &packets{PacketConn: p, owner: by}, nil
}

func (w *world) OpenLink(ctx context.Context, iface string, o *network.LinkOpts) (network.LinkConn, error) {
	l, err := w.Network.OpenLink(ctx, iface, o)
	by := w.owner("link " + iface)
	by.tell(network.Call{Name: "open", Err: reason(err)}, nil, nil)
	if err != nil {
		return nil, err
	}
	return &link{LinkConn: l, owner: by, form: l.Interface().LinkType}, nil
}

func (w *world) Resolve(ctx context.Context, iface string, neighbor netip.Addr) (net.HardwareAddr, error) {
	mac, err := w.Network.Resolve(ctx, iface, neighbor)
	w.tell(network.Call{Name: "resolve", Class: "neighbor " + iface, Peer: neighbor.String(), What: mac.String(), Err: reason(err)})
	return mac, err
}

func (w *world) GuardPort(ctx context.Context, family string, local netip.AddrPort) (network.Guard, error) {
	g, err := w.Network.GuardPort(ctx, family, local)
	by := w.owner(family)
	if err != nil {
		by.tell(network.Call{Name: "guard", Here: local.String(), Err: reason(err)}, nil, nil)
		return nil, err
	}
	by.tell(network.Call{Name: "guard", Here: g.Addr().String()}, nil, nil)
	return &guard{Guard: g, owner: by}, nil
}

// A guard is a guarded port.
type guard struct {
	network.Guard
	owner
}

func (g *guard) Close() error {
	err := g.Guard.Close()
	g.tell(network.Call{Name: "close", Here: g.Addr().String(), Err: reason(err)}, nil, nil)
	return err
}

func (w *world) LookupHost(ctx context.Context, name string, f network.Family) (network.Host, error) {
	h, err := w.Network.LookupHost(ctx, name, f)
	if _, numeric := netip.ParseAddr(name); numeric == nil && err == nil {
		return h, nil // nobody was asked
	}
	var found []string
	for _, a := range h.Addrs {
		found = append(found, a.String())
	}
	w.tell(network.Call{Name: "lookup", Class: "name", Peer: name, What: strings.Join(found, " "), Err: reason(err)})
	return h, err
}

func (w *world) LookupAddr(ctx context.Context, a netip.Addr) ([]string, error) {
	names, err := w.Network.LookupAddr(ctx, a)
	w.tell(network.Call{Name: "lookup", Class: "address", Peer: a.String(), What: strings.Join(names, " "), Err: reason(err)})
	return names, err
}

func (w *world) Config() network.Configurator {
	c := w.Network.Config()
	if c == nil {
		return nil
	}
	return &changes{Configurator: c, world: w}
}

package tape

import (
	"context"
	"net"
	"net/netip"

	"moonwire/host/network"
	"moonwire/host/record"
)

// world is a network whose answers are kept, or come from a record.
type world struct {
	t    *Tape
	real network.Network // nil: played
	can  record.Can
}

// CanOf says what is to be kept of what a network can do.
func CanOf(n network.Network) record.Can {
	_, inspects := n.(network.Inspector)
	return record.Can{Inspect: inspects, Configure: n.Config() != nil}
}

// Network wraps a network; nil is the one of the record.
func (t *Tape) Network(real network.Network, can record.Can) network.Network {
	w := &world{t: t, real: real, can: can}
	if can.Inspect {
		return &inspected{w}
	}
	return w
}

func (w *world) Clock() network.Clock { return w.t.clock }

// Caps are the world's, but who lives in it takes turns.
func (w *world) Caps() network.Caps {
	c, _ := asked(w.t, w.t.question("caps", 0), func() (network.Caps, error) { return w.real.Caps(), nil })
	c.Virtual = true
	return c
}

// making is a question for a new object.
func (w *world) making(call string, args ...any) (q *record.Event, o object) {
	q = w.t.question(call, 0, args...)
	q.New = w.t.number()
	return q, object{w.t, q.New}
}

func (w *world) Stream(ctx context.Context, family string, o *network.SockOpts) (network.Stream, error) {
	q, made := w.making("stream", family, o)
	s := &stream{}
	err := done(w.t, q, func() (err error) {
		s.real, err = w.real.Stream(ctx, family, o)
		return err
	})
	if err != nil {
		return nil, err
	}
	s.socket = socket{made, s.real}
	return s, nil
}

func (w *world) Packet(ctx context.Context, family string, o *network.SockOpts) (network.PacketConn, error) {
	q, made := w.making("packet", family, o)
	var real network.PacketConn
	err := done(w.t, q, func() (err error) {
		real, err = w.real.Packet(ctx, family, o)
		return err
	})
	if err != nil {
		return nil, err
	}
	return newPacket(made, real), nil
}

func (w *world) Dial(ctx context.Context, family, addr string, o *network.SockOpts) (network.Conn, error) {
	q, made := w.making("dial", family, addr, o)
	return waitConn(made, q, func() (network.Conn, error) { return w.real.Dial(ctx, family, addr, o) })
}

func (w *world) Listen(ctx context.Context, family, addr string, o *network.SockOpts) (network.Listener, error) {
	q, made := w.making("listen", family, addr, o)
	var real network.Listener
	err := done(w.t, q, func() (err error) {
		real, err = w.real.Listen(ctx, family, addr, o)
		return err
	})
	if err != nil {
		return nil, err
	}
	return newListener(made, real), nil
}

func (w *world) ListenPacket(ctx context.Context, family, addr string, o *network.SockOpts) (network.PacketConn, error) {
	q, made := w.making("listenpacket", family, addr, o)
	var real network.PacketConn
	err := done(w.t, q, func() (err error) {
		real, err = w.real.ListenPacket(ctx, family, addr, o)
		return err
	})
	if err != nil {
		return nil, err
	}
	return newPacket(made, real), nil
}

func (w *world) OpenLink(ctx context.Context, iface string, o *network.LinkOpts) (network.LinkConn, error) {
	q, made := w.making("openlink", iface, o)
	type opened struct {
		Interface network.Interface
		Method    string
	}
	var real network.LinkConn
	a, err := awaited(w.t, q, func() (a opened, err error) {
		if real, err = w.real.OpenLink(ctx, iface, o); err == nil {
			a = opened{real.Interface(), real.Method()}
		}
		return a, err
	})
	if err != nil {
		return nil, err
	}
	return &link{object: made, real: real, iface: a.Interface, method: a.Method}, nil
}

func (w *world) Interfaces() ([]network.Interface, error) {
	return asked(w.t, w.t.question("interfaces", 0), func() ([]network.Interface, error) { return w.real.Interfaces() })
}

func (w *world) Routes() ([]network.Route, error) {
	return asked(w.t, w.t.question("routes", 0), func() ([]network.Route, error) { return w.real.Routes() })
}

func (w *world) Neighbors() ([]network.Neighbor, error) {
	return asked(w.t, w.t.question("neighbors", 0), func() ([]network.Neighbor, error) { return w.real.Neighbors() })
}

func (w *world) NextHop(ctx context.Context, dst netip.Addr, iface string) (network.NextHop, error) {
	return asked(w.t, w.t.question("nexthop", 0, dst, iface), func() (network.NextHop, error) { return w.real.NextHop(ctx, dst, iface) })
}

func (w *world) Resolve(ctx context.Context, iface string, neighbor netip.Addr) (net.HardwareAddr, error) {
	return awaited(w.t, w.t.question("resolve", 0, iface, neighbor),
		func() (net.HardwareAddr, error) { return w.real.Resolve(ctx, iface, neighbor) })
}

func (w *world) GuardPort(ctx context.Context, protocol string, local netip.AddrPort) (network.Guard, error) {
	q, made := w.making("guardport", protocol, local)
	var real network.Guard
	a, err := asked(w.t, q, func() (a netip.AddrPort, err error) {
		if real, err = w.real.GuardPort(ctx, protocol, local); err == nil {
			a = real.Addr()
		}
		return a, err
	})
	if err != nil {
		return nil, err
	}
	return &guard{made, real, a}, nil
}

func (w *world) LookupHost(ctx context.Context, name string, f network.Family) (network.Host, error) {
	return awaited(w.t, w.t.question("lookuphost", 0, name, f), func() (network.Host, error) { return w.real.LookupHost(ctx, name, f) })
}

func (w *world) LookupAddr(ctx context.Context, a netip.Addr) ([]string, error) {
	return awaited(w.t, w.t.question("lookupaddr", 0, a), func() ([]string, error) { return w.real.LookupAddr(ctx, a) })
}

func (w *world) Hostname() (string, error) {
	return asked(w.t, w.t.question("hostname", 0), func() (string, error) { return w.real.Hostname() })
}

func (w *world) Config() network.Configurator {
	if !w.can.Configure {
		return nil
	}
	c := &config{object: object{w.t, 0}}
	if w.real != nil {
		c.real = w.real.Config()
	}
	return c
}

func (w *world) Close() error {
	return done(w.t, w.t.question("close", 0), func() error { return w.real.Close() })
}

// guard is a port that was taken.
type guard struct {
	object
	real network.Guard
	addr netip.AddrPort
}

func (g *guard) Addr() netip.AddrPort { return g.addr }
func (g *guard) Close() error         { return g.do("guard.close", func() error { return g.real.Close() }) }

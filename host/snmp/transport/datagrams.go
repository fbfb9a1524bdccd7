package transport

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"os"
	"sync"
	"time"

	"moonwire/host/network"
)

// Datagrams is a Line over UDP: one socket for any number of agents.
type Datagrams struct {
	net  network.Network
	conn network.PacketConn
	read gate

	one     bool // the system tells refusals only of a connected socket, which this is
	mu      sync.Mutex
	refused []Refusal // that a sending met
}

// OpenDatagrams opens a socket of family "udp4", "udp6", or "udp" for both. A far end that isn't the zero one is the only
// agent that will be asked: systems without an error queue tell refusals only then.
func OpenDatagrams(ctx context.Context, n network.Network, family string, only netip.AddrPort) (*Datagrams, error) {
	if family == "udp" {
		family = "udp6"
	}
	d := &Datagrams{net: n}
	var err error
	d.conn, err = n.Packet(ctx, family, &network.SockOpts{Errors: true})
	if errors.Is(err, errors.ErrUnsupported) {
		if d.conn, err = n.Packet(ctx, family, nil); err == nil && only.IsValid() {
			d.one = true
			err = d.conn.Connect(net.UDPAddrFromAddrPort(only))
		}
	}
	if err != nil {
		return nil, err
	}
	d.read.set = d.conn.SetReadDeadline
	return d, nil
}

// Resends is true.
func (d *Datagrams) Resends() bool { return true }

// Local is the own address.
func (d *Datagrams) Local() netip.AddrPort { return AddrPort(d.conn.LocalAddr()) }

// Close ends the socket and a Receive.
func (d *Datagrams) Close() error { return d.conn.Close() }

// most is how many refusals of others one sending puts aside.
const most = 64

// Send sends a datagram. An ICMP error that an earlier one earned would end this one's sending: it is put aside for Receive.
func (d *Datagrams) Send(_ context.Context, b []byte, to netip.AddrPort, _ time.Time) error {
	m := network.Meta{}
	if !d.one {
		m.Peer = net.UDPAddrFromAddrPort(to)
	}
	for range most {
		_, err := d.conn.WriteMsg(b, m)
		if err == nil {
			return nil
		}
		list := d.drain()
		if len(list) == 0 || list[len(list)-1].local {
			return err
		}
		d.mu.Lock()
		d.refused = append(d.refused, list...)
		d.mu.Unlock()
		d.read.close()
	}
	return nil // as if it were lost
}

// buffers are for datagrams that are being received.
var buffers = sync.Pool{New: func() any { return new([Longest]byte) }}

// Receive waits for the next datagram, or refusal.
func (d *Datagrams) Receive(ctx context.Context, until time.Time) (Arrival, error) {
	stop := network.OnEnd(ctx, d.read.close)
	defer stop()
	buffer := buffers.Get().(*[Longest]byte)
	defer buffers.Put(buffer)
	for {
		if err := ctx.Err(); err != nil {
			return Arrival{}, err
		}
		if a, ok := d.refusal(); ok {
			return a, nil
		}
		if !d.read.open(until) {
			continue
		}
		n, m, err := d.conn.ReadMsg(buffer[:])
		d.read.leave()
		switch {
		case err == nil:
			return d.arrival(buffer[:n], m), nil
		case errors.Is(err, net.ErrClosed):
			return Arrival{}, err
		case !errors.Is(err, os.ErrDeadlineExceeded):
			if !d.keep(err) {
				return Arrival{}, err
			}
		case !until.IsZero() && !d.net.Clock().Now().Before(until):
			return Arrival{}, os.ErrDeadlineExceeded
		}
	}
}

// Try takes the datagram or the refusal that is there; false when there is none. It shares Receive's turn.
func (d *Datagrams) Try() (Arrival, bool) {
	if a, ok := d.refusal(); ok {
		return a, true
	}
	buffer := buffers.Get().(*[Longest]byte)
	defer buffers.Put(buffer)
	n, m, err := d.conn.TryRead(buffer[:])
	switch {
	case err == nil:
		return d.arrival(buffer[:n], m), true
	case !errors.Is(err, os.ErrDeadlineExceeded) && !errors.Is(err, net.ErrClosed):
		d.keep(err)
		return d.refusal()
	}
	return Arrival{}, false
}

// arrival is a datagram as it came.
func (d *Datagrams) arrival(b []byte, m network.Meta) Arrival {
	return Arrival{Data: append([]byte(nil), b...), From: AddrPort(m.Peer), Time: d.net.Clock().Now()}
}

// keep puts aside what a failed reception tells of what was sent; false when it tells nothing.
func (d *Datagrams) keep(err error) bool {
	list := d.drain()
	if len(list) == 0 {
		if !d.one {
			return false
		}
		list = []Refusal{{To: AddrPort(d.conn.RemoteAddr()), Err: err}}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.refused = append(d.refused, list...)
	return true
}

// refusal takes the oldest refusal.
func (d *Datagrams) refusal() (Arrival, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.refused) == 0 {
		return Arrival{}, false
	}
	r := d.refused[0]
	d.refused = d.refused[1:]
	return Arrival{From: r.To, Time: d.net.Clock().Now(), Refusal: &r}, true
}

// AddrPort is a UDP or TCP address; IPv4 ones in IPv6's form are IPv4.
func AddrPort(a net.Addr) netip.AddrPort {
	var p netip.AddrPort
	switch a := a.(type) {
	case *net.UDPAddr:
		if a != nil {
			p = a.AddrPort()
		}
	case *net.TCPAddr:
		if a != nil {
			p = a.AddrPort()
		}
	}
	return netip.AddrPortFrom(p.Addr().Unmap(), p.Port())
}

package trace

import (
	"context"
	"fmt"
	"net"

	"moonwire/host/network"
)

// packets is a datagram socket.
type packets struct {
	network.PacketConn
	owner
	peer net.Addr // of Connect; nil: none
}

// Unwrap is the socket itself.
func (p *packets) Unwrap() network.Socket { return p.PacketConn }

func (p *packets) ReadMsg(b []byte) (int, network.Meta, error) {
	n, m, err := p.PacketConn.ReadMsg(b)
	p.received(b, n, m.Peer, err)
	return n, m, err
}

func (p *packets) TryRead(b []byte) (int, network.Meta, error) {
	n, m, err := p.PacketConn.TryRead(b)
	if err == nil || !early(n, err) {
		p.received(b, n, m.Peer, err)
	}
	return n, m, err
}

// Take makes it a network.Taker.
func (p *packets) Take() ([]byte, network.Meta, error) {
	b, m, err := network.Take(p.PacketConn)
	p.received(b, len(b), m.Peer, err)
	return b, m, err
}

func (p *packets) ReadFrom(b []byte) (int, net.Addr, error) {
	n, from, err := p.PacketConn.ReadFrom(b)
	p.received(b, n, from, err)
	return n, from, err
}

func (p *packets) received(b []byte, n int, from net.Addr, err error) {
	if closed(err) {
		return
	}
	p.tell(network.Call{Name: "receive", Bytes: n, Data: string(b[:min(max(n, 0), len(b))]), Err: reason(err)}, p.LocalAddr(), from)
}

func (p *packets) WriteMsg(b []byte, m network.Meta) (int, error) {
	n, err := p.PacketConn.WriteMsg(b, m)
	p.sent(b, m.Peer, err)
	return n, err
}

func (p *packets) WriteTo(b []byte, to net.Addr) (int, error) {
	n, err := p.PacketConn.WriteTo(b, to)
	p.sent(b, to, err)
	return n, err
}

func (p *packets) sent(b []byte, to net.Addr, err error) {
	if early(0, err) {
		return // no room yet: it is tried again
	}
	if text(to) == "" {
		to = p.peer
	}
	p.tell(network.Call{Name: "send", Bytes: len(b), Data: string(b), Err: reason(err)}, p.LocalAddr(), to)
}

// ReadError tells what the network said of a datagram.
func (p *packets) ReadError(ctx context.Context) (network.PacketError, error) {
	e, err := p.PacketConn.ReadError(ctx)
	if err != nil {
		return e, err
	}
	call := network.Call{Name: "error", Peer: e.Dst.String(), What: fmt.Sprintf("%s type %d code %d", e.Origin, e.Type, e.Code)}
	if e.Offender.IsValid() {
		call.What += " from " + e.Offender.String()
	}
	if e.MTU > 0 {
		call.What += fmt.Sprintf(" mtu %d", e.MTU)
	}
	call.Err = reason(e.Errno)
	p.tell(call, p.LocalAddr(), nil)
	return e, nil
}

func (p *packets) Bind(addr net.Addr) error {
	err := p.PacketConn.Bind(addr)
	call := network.Call{Name: "bind", Err: reason(err)}
	if err != nil {
		call.Here = text(addr)
	}
	p.tell(call, p.LocalAddr(), nil)
	return err
}

func (p *packets) Connect(addr net.Addr) error {
	err := p.PacketConn.Connect(addr)
	call := network.Call{Name: "connect", Err: reason(err)}
	if err == nil {
		p.peer = addr
	}
	if text(addr) == "" {
		call.Name = "disconnect"
	}
	p.tell(call, p.LocalAddr(), addr)
	return err
}

func (p *packets) SetOption(name string, value any) error {
	err := p.PacketConn.SetOption(name, value)
	p.set(name, value, err, p.LocalAddr(), p.peer)
	return err
}

func (p *packets) Close() error {
	here, peer := p.LocalAddr(), p.peer
	err := p.PacketConn.Close()
	p.closed(err, here, peer)
	return err
}

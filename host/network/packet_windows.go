package network

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"os"
	"reflect"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sys/windows"
)

// packetConn is a datagram socket. Package net can't connect one that is open: the far end is only remembered.
type packetConn struct {
	*socket
	remote atomic.Pointer[net.Addr]
}

// Packet makes an unbound datagram socket: package net binds it at its first use.
func (k *kernel) Packet(_ context.Context, family string, o *SockOpts) (PacketConn, error) {
	p := &packetConn{socket: &socket{k: k, name: family, opts: o}}
	name, _, raw := strings.Cut(family, ":")
	switch {
	case name == "ping4", name == "ping6":
		return nil, p.fail("socket", unsupported("a ping socket"))
	case o != nil && (o.Metadata || o.Errors):
		return nil, p.fail("socket", unsupported("metadata and errors of datagrams"))
	case o != nil && o.DF != DFDefault:
		return nil, p.fail("socket", unsupported("a DF policy"))
	case name == "udp", name == "udp4", name == "udp6", raw && (name == "ip4" || name == "ip6"):
		return p, nil
	}
	return nil, p.fail("socket", net.UnknownNetworkError(family))
}

// open makes the socket if there is none yet, and returns it.
func (p *packetConn) open(addr string) (net.PacketConn, error) {
	if x, ok := p.now().(net.PacketConn); ok {
		return x, nil
	}
	if p.closed.Load() {
		return nil, net.ErrClosed
	}
	config := net.ListenConfig{Control: p.prepare}
	x, err := config.ListenPacket(context.Background(), p.name, addr)
	if err != nil {
		return nil, err
	}
	return x, p.become(x.(live))
}

// Bind gives an unbound socket its local address.
func (p *packetConn) Bind(addr net.Addr) error {
	if p.now() != nil {
		return p.fail("bind", os.ErrInvalid)
	}
	if _, err := p.open(addr.String()); err != nil {
		return p.fail("bind", err)
	}
	return nil
}

// Connect fixes the far end; nil frees it again.
func (p *packetConn) Connect(addr net.Addr) error {
	if addr == nil {
		p.remote.Store(nil)
		return nil
	}
	p.remote.Store(&addr)
	_, err := p.open("")
	if err != nil {
		return p.fail("connect", err)
	}
	return nil
}

// RemoteAddr is the far end that Connect fixed.
func (p *packetConn) RemoteAddr() net.Addr {
	if a := p.remote.Load(); a != nil {
		return *a
	}
	return nil
}

// LocalAddr is the address bound to, nil before that.
func (p *packetConn) LocalAddr() net.Addr {
	if x, ok := p.now().(net.PacketConn); ok {
		return x.LocalAddr()
	}
	return nil
}

// ReadFrom receives the next datagram.
func (p *packetConn) ReadFrom(b []byte) (int, net.Addr, error) {
	n, m, err := p.ReadMsg(b)
	return n, m.Peer, err
}

// WriteTo sends one datagram; a nil addr sends it to the connected far end.
func (p *packetConn) WriteTo(b []byte, addr net.Addr) (int, error) {
	return p.WriteMsg(b, Meta{Peer: addr})
}

// ReadMsg waits for a datagram, of the far end if there is one.
func (p *packetConn) ReadMsg(b []byte) (int, Meta, error) {
	x, err := p.open("")
	if err != nil {
		return 0, Meta{}, p.fail("read", err)
	}
	p.waits.enter()
	defer p.waits.leave(p.deadlines())
	for {
		n, from, err := x.ReadFrom(b)
		cut := errors.Is(err, windows.WSAEMSGSIZE) // the rest of it is lost
		if err != nil && !cut {
			return 0, Meta{}, p.fail("read", err)
		}
		if remote := p.RemoteAddr(); remote == nil || remote.String() == from.String() {
			return n, Meta{Peer: from, Len: n, Truncated: cut}, nil
		}
	}
}

// TryRead takes a datagram that is there: os.ErrDeadlineExceeded when there is none.
func (p *packetConn) TryRead(b []byte) (int, Meta, error) {
	found, err := p.isReady(Readable)
	if err == nil && !found {
		err = os.ErrDeadlineExceeded
	}
	if err != nil {
		return 0, Meta{}, p.fail("read", err)
	}
	p.SetReadDeadline(time.Time{}) // one that is over would end the read
	return p.ReadMsg(b)
}

// WriteMsg sends one datagram, to m.Peer or to the connected far end.
func (p *packetConn) WriteMsg(b []byte, m Meta) (int, error) {
	if rest := (Meta{Peer: m.Peer}); !reflect.DeepEqual(m, rest) {
		return 0, p.fail("write", unsupported("TTL, TOS, DF and source of one datagram"))
	}
	if m.Peer == nil {
		m.Peer = p.RemoteAddr()
	}
	if m.Peer == nil {
		return 0, p.fail("write", os.ErrInvalid)
	}
	x, err := p.open("")
	if err != nil {
		return 0, p.fail("write", err)
	}
	p.waits.enter()
	defer p.waits.leave(p.deadlines())
	return x.WriteTo(b, m.Peer)
}

// ReadError needs Linux's error queue.
func (p *packetConn) ReadError(context.Context) (PacketError, error) {
	return PacketError{}, p.fail("read", unsupported("the error queue"))
}

// PathMTU needs Linux's IP_MTU.
func (p *packetConn) PathMTU(netip.Addr) (int, error) {
	return 0, p.fail("mtu", unsupported("the path MTU"))
}

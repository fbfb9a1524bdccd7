//go:build unix

package network

import (
	"context"
	"net"
	"os"

	"golang.org/x/sys/unix"
)

// packetConn is a datagram socket.
type packetConn struct{ *socket }

// Packet makes an unbound datagram socket of family "udp", "udp4", "udp6" or "unixgram".
func (k *kernel) Packet(_ context.Context, family string, o *SockOpts) (PacketConn, error) {
	s := &socket{k: k, name: family, typ: unix.SOCK_DGRAM, opts: o}
	domain, ok := map[string]int{"udp": unix.AF_UNSPEC, "udp4": unix.AF_INET, "udp6": unix.AF_INET6, "unixgram": unix.AF_UNIX}[family]
	if !ok {
		return nil, s.fail("socket", net.UnknownNetworkError(family))
	}
	if domain != unix.AF_UNSPEC {
		if err := s.open(domain); err != nil {
			return nil, s.fail("socket", err)
		}
	}
	return &packetConn{s}, nil
}

// Bind gives an unbound socket its local address.
func (p *packetConn) Bind(addr net.Addr) error { return p.bind(addr) }

// Connect fixes the far end; nil frees it again.
func (p *packetConn) Connect(addr net.Addr) error {
	var err error
	if addr == nil {
		err = p.control(disconnect)
	} else {
		err = p.connect(addr)
	}
	if err != nil {
		return p.failAt("connect", addr, err)
	}
	return nil
}

func (p *packetConn) connect(addr net.Addr) error {
	d, err := p.settle(domainOf(addr))
	if err != nil {
		return err
	}
	sa, err := toSockaddr(addr, d.domain)
	if err != nil {
		return err
	}
	return p.control(func(fd int) error { return unix.Connect(fd, sa) })
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

// ReadMsg waits for a datagram.
func (p *packetConn) ReadMsg(b []byte) (int, Meta, error) {
	d, err := p.use()
	if err != nil {
		return 0, Meta{}, p.fail("read", err)
	}
	var (
		n int
		m Meta
	)
	p.waits.enter()
	rerr := d.raw.Read(func(fd uintptr) bool {
		n, m, err = p.receive(int(fd), b)
		return err != os.ErrDeadlineExceeded
	})
	p.waits.leave(d)
	if rerr != nil {
		err = rerr
	}
	if err != nil {
		return 0, Meta{}, p.fail("read", err)
	}
	return n, m, nil
}

// TryRead takes a datagram that is there: os.ErrDeadlineExceeded when there is none.
func (p *packetConn) TryRead(b []byte) (n int, m Meta, err error) {
	err = p.control(func(fd int) (err error) {
		n, m, err = p.receive(fd, b)
		return err
	})
	if err != nil {
		return 0, Meta{}, p.fail("read", err)
	}
	return n, m, nil
}

// receive calls recvmsg(2) once.
func (p *packetConn) receive(fd int, b []byte) (int, Meta, error) {
	var (
		from  unix.Sockaddr
		flags int
	)
	n, err := again(func() (n int, err error) {
		n, _, flags, from, err = unix.Recvmsg(fd, b, nil, 0)
		return n, err
	})
	if err != nil {
		return 0, Meta{}, err
	}
	return n, Meta{Peer: p.toAddr(from), Len: n, Truncated: flags&unix.MSG_TRUNC != 0}, nil
}

// WriteMsg sends one datagram, to m.Peer or to the connected far end.
func (p *packetConn) WriteMsg(b []byte, m Meta) (int, error) {
	n, err := p.writeMsg(b, m)
	if err != nil {
		return 0, p.failAt("write", m.Peer, err)
	}
	return n, nil
}

func (p *packetConn) writeMsg(b []byte, m Meta) (n int, err error) {
	var d *descriptor
	if m.Peer == nil {
		d, err = p.use()
	} else {
		d, err = p.settle(domainOf(m.Peer))
	}
	if err != nil {
		return 0, err
	}
	var to unix.Sockaddr
	if m.Peer != nil {
		if to, err = toSockaddr(m.Peer, d.domain); err != nil {
			return 0, err
		}
	}
	p.waits.enter()
	rerr := d.raw.Write(func(fd uintptr) bool {
		n, err = again(func() (int, error) { return unix.SendmsgN(int(fd), b, nil, to, 0) })
		return err != os.ErrDeadlineExceeded
	})
	p.waits.leave(d)
	if rerr != nil {
		err = rerr
	}
	return n, err
}

func (p *packetConn) ReadError(context.Context) (PacketError, error) {
	return PacketError{}, p.fail("read", unsupported("the error queue"))
}

//go:build unix

package network

import (
	"cmp"
	"context"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/sys/unix"
)

// packetConn is a datagram socket.
type packetConn struct {
	*socket

	sending sync.Mutex // held while a datagram is sent with a DF of its own
	df      DF         // the socket's, when sending is free
}

// packetKinds are the families of datagram sockets, raw ones aside.
var packetKinds = map[string]struct{ domain, typ, proto int }{
	"udp":      {unix.AF_UNSPEC, unix.SOCK_DGRAM, 0},
	"udp4":     {unix.AF_INET, unix.SOCK_DGRAM, 0},
	"udp6":     {unix.AF_INET6, unix.SOCK_DGRAM, 0},
	"ping4":    {unix.AF_INET, unix.SOCK_DGRAM, unix.IPPROTO_ICMP},
	"ping6":    {unix.AF_INET6, unix.SOCK_DGRAM, unix.IPPROTO_ICMPV6},
	"unixgram": {unix.AF_UNIX, unix.SOCK_DGRAM, 0},
	"ip4":      {unix.AF_INET, unix.SOCK_RAW, 0},
	"ip6":      {unix.AF_INET6, unix.SOCK_RAW, 0},
}

// Packet makes an unbound datagram socket.
func (k *kernel) Packet(_ context.Context, family string, o *SockOpts) (PacketConn, error) {
	name, proto, raw := strings.Cut(family, ":")
	kind, ok := packetKinds[name]
	p := &packetConn{socket: &socket{k: k, name: family, typ: kind.typ, proto: kind.proto, opts: o, anyFamily: kind.domain == unix.AF_UNSPEC}}
	if !ok || raw != (kind.typ == unix.SOCK_RAW) {
		return nil, p.fail("socket", net.UnknownNetworkError(family))
	}
	if o != nil {
		p.df = o.DF
	}
	if raw {
		n, err := strconv.ParseUint(proto, 10, 8)
		if err != nil {
			return nil, p.fail("socket", net.UnknownNetworkError(family))
		}
		p.proto = int(n)
	}
	if !p.anyFamily {
		if err := p.open(kind.domain); err != nil {
			return nil, p.fail("socket", privilege(family, err))
		}
	}
	return p, nil
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
	sa, err := p.k.toSockaddr(addr, d.domain)
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
	t := newTransfer(p, b)
	p.waits.enter()
	rerr := d.raw.Read(t.receive)
	p.waits.leave(d.file)
	n, m, err := t.end(rerr)
	if err != nil {
		return 0, Meta{}, p.fail("read", err)
	}
	return n, m, nil
}

// Take waits for a datagram.
func (p *packetConn) Take() ([]byte, Meta, error) {
	d, err := p.use()
	if err != nil {
		return nil, Meta{}, p.fail("read", err)
	}
	t := newTransfer(p, nil)
	p.waits.enter()
	rerr := d.raw.Read(t.take)
	p.waits.leave(d.file)
	b := t.b
	_, m, err := t.end(rerr)
	if err != nil {
		return nil, Meta{}, p.fail("read", err)
	}
	return b, m, nil
}

// TryRead takes a datagram that is there: os.ErrDeadlineExceeded when there is none.
func (p *packetConn) TryRead(b []byte) (int, Meta, error) {
	d, err := p.use()
	if err != nil {
		return 0, Meta{}, p.fail("read", err)
	}
	t := newTransfer(p, b)
	n, m, err := t.end(d.raw.Control(t.try))
	switch {
	case err == os.ErrDeadlineExceeded:
		return 0, Meta{}, err
	case err != nil:
		return 0, Meta{}, p.fail("read", err)
	}
	return n, m, nil
}

// receive calls recvmsg(2) once.
func (p *packetConn) receive(fd int, b []byte) (int, Meta, error) {
	var oob []byte
	if p.opts != nil && p.opts.Metadata {
		oob = make([]byte, oobSize)
	}
	in := b
	if p.typ == unix.SOCK_RAW && p.name[2] == '4' {
		in = make([]byte, maxIPv4Header+len(b)) // raw sockets of IPv4 deliver its header too
	}
	n, nob, flags, from, err := unix.Recvmsg(fd, in, oob, recvFlags)
	for err == unix.EINTR {
		n, nob, flags, from, err = unix.Recvmsg(fd, in, oob, recvFlags)
	}
	switch {
	case err == unix.EAGAIN:
		return 0, Meta{}, os.ErrDeadlineExceeded
	case err != nil:
		return 0, Meta{}, err
	}
	header := 0
	if len(in) > len(b) && n > 0 {
		header = min(4*int(in[0]&15), n)
		copy(b, in[header:min(n, len(in))])
	}
	m := Meta{Peer: p.toAddr(from), Len: n - header}
	m.Truncated = m.Len > len(b) || flags&unix.MSG_TRUNC != 0
	m.parse(oob[:nob])
	return min(m.Len, len(b)), m, nil
}

// maxIPv4Header is a header with all its options.
const maxIPv4Header = 60

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
		if to, err = p.k.toSockaddr(m.Peer, d.domain); err != nil {
			return 0, err
		}
	}
	oob, err := m.control(d.domain)
	if err != nil {
		return 0, err
	}
	if m.DF != DFDefault {
		p.sending.Lock()
		defer p.sending.Unlock()
		if err := d.setDF(m.DF); err != nil {
			return 0, err
		}
		defer d.setDF(cmp.Or(p.df, DFWant))
	}
	t := newTransfer(p, b)
	t.to, t.oob = to, oob
	p.waits.enter()
	rerr := d.raw.Write(t.send)
	p.waits.leave(d.file)
	n, _, err = t.end(rerr)
	return n, err
}

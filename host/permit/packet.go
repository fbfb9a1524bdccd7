package permit

import (
	"net"
	"net/netip"
	"sync/atomic"
	"syscall"
	"time"

	"moonwire/host/network"
)

// A packet is a socket for datagrams, each of which is decided about by where it goes.
type packet struct {
	network.PacketConn
	on       *guarded
	family   string
	protocol string   // "udp" or "icmp"
	both     bool     // a socket of IPv6 that takes IPv4, too
	crafted  *crafted // of an ip:proto socket
	ears     *ears    // by which links it may hear; nil: by all
	heard    *heard   // who sent something to where it listens; nil: it doesn't

	queue  queue                          // for the time of what is sent
	path   string                         // of a socket of the file system, as it was asked for
	passed atomic.Pointer[netip.AddrPort] // whom the last datagram went to
	remote atomic.Pointer[netip.AddrPort] // whom it is connected to
}

// Unwrap is the socket itself, for who waits for it.
func (p *packet) Unwrap() network.Socket { return p.PacketConn }

// Bind takes an address. That the system chooses the port needs nothing, until others are to be answered there.
func (p *packet) Bind(addr net.Addr) error {
	if u, ok := addr.(*net.UnixAddr); ok {
		p.path = u.Name
		return p.on.unix(u.Name, "bind to", func(path string) error {
			return p.PacketConn.Bind(&net.UnixAddr{Name: path, Net: u.Net})
		}, true)
	}
	u, ok := addr.(*net.UDPAddr)
	if !ok || p.crafted != nil || p.protocol == "icmp" {
		return p.PacketConn.Bind(addr)
	}
	at, served := u.AddrPort(), false
	if at.Port() != 0 {
		if err := p.on.policy.serves("udp", at, p.both); err != nil {
			return err
		}
		served = true
	} else {
		served = p.on.policy.mayServe("udp", at)
	}
	if err := p.PacketConn.Bind(addr); err != nil {
		return err
	}
	if served {
		p.heard = &heard{}
	}
	return nil
}

// LocalAddr is the address as it was asked for.
func (p *packet) LocalAddr() net.Addr { return asked(p.PacketConn.LocalAddr(), p.path) }

// mayServe is serves without a refusal.
func (p *Policy) mayServe(protocol string, at netip.AddrPort) bool {
	a := at.Addr().Unmap().WithZone("")
	want := Grant{Kind: Listen, To: Net{Prefix: whole(a), Port: at.Port(), Protocol: protocol}}
	if a.IsUnspecified() {
		want.To.Prefix = netip.PrefixFrom(a, 0)
	}
	return p.All || p.Allow.Covers(want)
}

func (p *packet) Connect(addr net.Addr) error {
	if addr == nil {
		p.remote.Store(nil)
		return p.PacketConn.Connect(nil)
	}
	if u, ok := addr.(*net.UnixAddr); ok {
		return p.on.unix(u.Name, "connect to", func(path string) error {
			return p.PacketConn.Connect(&net.UnixAddr{Name: path, Net: u.Net})
		}, false)
	}
	to, ok := addrPort(addr)
	if !ok {
		return p.PacketConn.Connect(addr)
	}
	if p.crafted == nil {
		if err := p.decide(to); err != nil {
			return err
		}
	}
	err := p.PacketConn.Connect(addr)
	if err == nil {
		p.remote.Store(&to)
	}
	return err
}

// addrPort is a datagram's address.
func addrPort(addr net.Addr) (netip.AddrPort, bool) {
	switch a := addr.(type) {
	case *net.UDPAddr:
		if a != nil {
			return a.AddrPort(), true
		}
	case *net.IPAddr:
		if a != nil {
			ip, ok := netip.AddrFromSlice(a.IP)
			return netip.AddrPortFrom(ip.WithZone(a.Zone), 0), ok
		}
	}
	return netip.AddrPort{}, false
}

// decide decides about whom a datagram goes to.
func (p *packet) decide(to netip.AddrPort) error {
	if last := p.passed.Load(); last != nil && *last == to {
		return nil
	}
	if p.protocol == "icmp" {
		to = netip.AddrPortFrom(to.Addr(), 0)
	}
	if err := p.on.policy.endpoint("send to", p.protocol, to, p.heard); err != nil {
		return err
	}
	p.passed.Store(&to)
	return nil
}

// sends decides about a datagram, and waits until its time has come.
func (p *packet) sends(b []byte, m network.Meta) error {
	to, known := addrPort(m.Peer)
	switch {
	case p.crafted != nil:
		if remote := p.remote.Load(); !known && remote != nil {
			to = *remote
		}
		if err := p.crafted.decide(to.Addr(), b, m); err != nil {
			return err
		}
	case known:
		if err := p.decide(to); err != nil {
			return err
		}
	}
	if pace := p.on.policy.paced(); pace != nil {
		return p.queue.wait(pace, p.on.Clock())
	}
	return nil
}

// Interrupt ends waits, for the time of a datagram as well.
func (p *packet) Interrupt() {
	p.queue.interrupt()
	p.PacketConn.Interrupt()
}

func (p *packet) SetWriteDeadline(t time.Time) error {
	p.queue.setDeadline(t)
	return p.PacketConn.SetWriteDeadline(t)
}

func (p *packet) SetDeadline(t time.Time) error {
	p.queue.setDeadline(t)
	return p.PacketConn.SetDeadline(t)
}

func (p *packet) Close() error {
	p.queue.setDeadline(time.Unix(0, 0)) // nobody waits from now on
	p.queue.interrupt()
	return p.PacketConn.Close()
}

func (p *packet) WriteTo(b []byte, addr net.Addr) (int, error) {
	return p.WriteMsg(b, network.Meta{Peer: addr})
}

func (p *packet) WriteMsg(b []byte, m network.Meta) (n int, err error) {
	if u, ok := m.Peer.(*net.UnixAddr); ok && u != nil {
		err = p.on.unix(u.Name, "send to", func(path string) error {
			m.Peer = &net.UnixAddr{Name: path, Net: u.Net}
			n, err = p.PacketConn.WriteMsg(b, m)
			return err
		}, false)
		return n, err
	}
	if err := p.sends(b, m); err != nil {
		return 0, err
	}
	return p.PacketConn.WriteMsg(b, m)
}

func (p *packet) ReadMsg(b []byte) (n int, m network.Meta, err error) {
	for again := true; again; again = err == nil && !p.ears.hear(m) {
		n, m, err = p.PacketConn.ReadMsg(b)
	}
	p.hear(m.Peer, err)
	return n, m, err
}

func (p *packet) ReadFrom(b []byte) (int, net.Addr, error) {
	n, m, err := p.ReadMsg(b)
	return n, m.Peer, err
}

func (p *packet) TryRead(b []byte) (n int, m network.Meta, err error) {
	for again := true; again; again = err == nil && !p.ears.hear(m) {
		n, m, err = p.PacketConn.TryRead(b)
	}
	p.hear(m.Peer, err)
	return n, m, err
}

// Take waits for a datagram.
func (p *packet) Take() (b []byte, m network.Meta, err error) {
	for again := true; again; again = err == nil && !p.ears.hear(m) {
		b, m, err = network.Take(p.PacketConn)
	}
	p.hear(m.Peer, err)
	return b, m, err
}

// hear notes who sent something to where the socket listens.
func (p *packet) hear(peer net.Addr, err error) {
	if p.heard == nil || err != nil {
		return
	}
	if from, ok := addrPort(peer); ok {
		p.heard.note(from)
	}
}

// SetOption decides about groups that are joined. By which link crafted packets leave is said when they are sent.
func (p *packet) SetOption(name string, value any) error {
	if p.crafted != nil && (name == "bindtodevice" || name == "ip-multicast-if") {
		return &net.OpError{Op: "setsockopt", Net: p.family, Err: syscall.EOPNOTSUPP}
	}
	if m, ok := value.(network.Membership); ok {
		if err := p.on.policy.joins(m.Group); err != nil {
			return err
		}
	}
	return p.PacketConn.SetOption(name, value)
}

package tape

import (
	"context"
	"net"
	"net/netip"
	"time"

	"moonwire/host/network"
	"moonwire/host/record"
)

// packet is a datagram socket.
type packet struct {
	socket
	real network.PacketConn
}

func newPacket(o object, real network.PacketConn) *packet { return &packet{socket{o, real}, real} }

var _ network.Taker = (*packet)(nil)

// datagram is one that was received.
type datagram struct {
	Data record.Bytes `json:"data"`
	Meta meta         `json:"meta"`
}

// meta is network.Meta in a record.
type meta struct {
	Peer      *record.Addr `json:"peer,omitempty"`
	Local     netip.Addr   `json:"local,omitzero"`
	Interface int          `json:"interface,omitempty"`
	TTL       int          `json:"ttl,omitempty"`
	TOS       int          `json:"tos,omitempty"`
	DF        network.DF   `json:"df,omitempty"`
	Time      time.Time    `json:"time,omitzero"`
	Len       int          `json:"len,omitempty"`
	Truncated bool         `json:"truncated,omitempty"`
}

func (t *Tape) metaOf(m network.Meta) meta {
	return meta{record.AddrOf(m.Peer), m.Local, m.Interface, m.TTL, m.TOS, m.DF, t.stamp(m.Time), m.Len, m.Truncated}
}

func (m meta) std() network.Meta {
	return network.Meta{Peer: m.Peer.Std(), Local: m.Local, Interface: m.Interface, TTL: m.TTL, TOS: m.TOS, DF: m.DF, Time: m.Time,
		Len: m.Len, Truncated: m.Truncated}
}

func (p *packet) receive(q *record.Event, ask asking[datagram], real func() ([]byte, network.Meta, error)) (datagram, error) {
	return ask(p.t, q, func() (datagram, error) {
		b, m, err := real()
		return datagram{b, p.t.metaOf(m)}, err
	})
}

// into reads into b what real reads into memory of its own.
func (p *packet) into(b []byte, call string, ask asking[datagram], real func([]byte) (int, network.Meta, error)) (int, network.Meta, error) {
	d, err := p.receive(p.question(call, len(b)), ask, func() ([]byte, network.Meta, error) {
		room := make([]byte, len(b))
		n, m, err := real(room)
		return room[:max(n, 0)], m, err
	})
	return copy(b, d.Data), d.Meta.std(), err
}

func (p *packet) ReadMsg(b []byte) (int, network.Meta, error) {
	return p.into(b, "readmsg", awaited[datagram], func(room []byte) (int, network.Meta, error) { return p.real.ReadMsg(room) })
}

func (p *packet) TryRead(b []byte) (int, network.Meta, error) {
	return p.into(b, "tryread", asked[datagram], func(room []byte) (int, network.Meta, error) { return p.real.TryRead(room) })
}

// Take waits for a datagram.
func (p *packet) Take() ([]byte, network.Meta, error) {
	d, err := p.receive(p.question("take"), awaited[datagram], func() ([]byte, network.Meta, error) { return network.Take(p.real) })
	return d.Data, d.Meta.std(), err
}

func (p *packet) ReadFrom(b []byte) (int, net.Addr, error) {
	n, m, err := p.into(b, "readfrom", awaited[datagram], func(room []byte) (int, network.Meta, error) {
		n, from, err := p.real.ReadFrom(room)
		return n, network.Meta{Peer: from}, err
	})
	return n, m.Peer, err
}

func (p *packet) WriteTo(b []byte, to net.Addr) (int, error) {
	q := p.question("writeto", record.AddrOf(to))
	q.Sent = sent(b)
	return awaited(p.t, q, func() (int, error) { return p.real.WriteTo(q.Sent[0], to) })
}

func (p *packet) WriteMsg(b []byte, m network.Meta) (int, error) {
	q := p.question("writemsg", p.t.metaOf(m))
	q.Sent = sent(b)
	return awaited(p.t, q, func() (int, error) { return p.real.WriteMsg(q.Sent[0], m) })
}

func (p *packet) Bind(a net.Addr) error {
	return p.do("bind", func() error { return p.real.Bind(a) }, record.AddrOf(a))
}

func (p *packet) Connect(a net.Addr) error {
	return p.do("connect", func() error { return p.real.Connect(a) }, record.AddrOf(a))
}

func (p *packet) RemoteAddr() net.Addr {
	return p.addr("remoteaddr", func() net.Addr { return p.real.RemoteAddr() })
}

func (p *packet) PathMTU(dst netip.Addr) (int, error) {
	return asked(p.t, p.question("pathmtu", dst), func() (int, error) { return p.real.PathMTU(dst) })
}

func (p *packet) SetDeadline(t time.Time) error {
	return p.deadline("setdeadline", func(t time.Time) error { return p.real.SetDeadline(t) }, t)
}

func (p *packet) SetReadDeadline(t time.Time) error {
	return p.deadline("setreaddeadline", func(t time.Time) error { return p.real.SetReadDeadline(t) }, t)
}

func (p *packet) SetWriteDeadline(t time.Time) error {
	return p.deadline("setwritedeadline", func(t time.Time) error { return p.real.SetWriteDeadline(t) }, t)
}

// trouble is network.PacketError in a record.
type trouble struct {
	Errno    *record.Failure `json:"errno,omitempty"`
	Origin   string          `json:"origin"`
	Type     int             `json:"type"`
	Code     int             `json:"code"`
	Offender netip.Addr      `json:"offender,omitzero"`
	Dst      netip.AddrPort  `json:"dst,omitzero"`
	MTU      int             `json:"mtu,omitempty"`
	Payload  record.Bytes    `json:"payload,omitempty"`
}

func (p *packet) ReadError(ctx context.Context) (network.PacketError, error) {
	ask := awaited[trouble]
	if ctx.Err() != nil {
		ask = asked[trouble]
	}
	e, err := ask(p.t, p.question("readerror"), func() (trouble, error) {
		e, err := p.real.ReadError(ctx)
		return trouble{record.FailureOf(e.Errno), e.Origin, e.Type, e.Code, e.Offender, e.Dst, e.MTU, e.Payload}, err
	})
	return network.PacketError{Errno: e.Errno.Err(), Origin: e.Origin, Type: e.Type, Code: e.Code, Offender: e.Offender, Dst: e.Dst, MTU: e.MTU,
		Payload: e.Payload}, err
}

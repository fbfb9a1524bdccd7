package bridge

import (
	"errors"
	"net"
	"net/netip"
	"os"
	"sync"
	"time"

	"moonwire/host/network"
)

// maxDatagram is longer than any datagram.
const maxDatagram = 64 << 10

// relay is the port of a UDP Forward and those who use it.
type relay struct {
	w        *Forwarder
	door     network.PacketConn
	mu       sync.Mutex
	visitors map[netip.AddrPort]*visitor
}

// A visitor is one client: it has a socket of its own towards Target.
type visitor struct {
	from   netip.AddrPort
	socket network.PacketConn

	mu   sync.Mutex
	far  netip.AddrPort // where its datagrams go: Target, then the port that answered (RFC 1350 section 4)
	last time.Time      // when it was heard of
}

// relay serves datagrams until the door is closed.
func (w *Forwarder) relay(door network.PacketConn) {
	r := &relay{w: w, door: door, visitors: make(map[netip.AddrPort]*visitor)}
	b := make([]byte, maxDatagram)
	for {
		n, from, err := door.ReadFrom(b)
		if w.ctx.Err() != nil || errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			w.failed(err)
			w.forward.From.Clock().Sleep(w.ctx, retry)
			continue
		}
		if v := r.visitor(addrPort(from)); v != nil {
			r.pass(v, b[:n])
		}
	}
}

// visitor finds a client; a new one gets a socket, unless there are too many.
func (r *relay) visitor(from netip.AddrPort) *visitor {
	r.mu.Lock()
	defer r.mu.Unlock()
	if v := r.visitors[from]; v != nil || !r.w.admit() {
		return v
	}
	v, err := r.welcome(from)
	if err != nil {
		r.w.count(func(s *ForwardStats) { s.Active-- })
		r.w.failed(err)
		return nil
	}
	r.w.count(func(s *ForwardStats) { s.Clients++ })
	r.visitors[from] = v
	r.w.work.Go(func() {
		r.answer(v)
		r.forget(v)
	})
	return v
}

// welcome makes a client's socket.
func (r *relay) welcome(from netip.AddrPort) (*visitor, error) {
	target := r.w.forward.Target
	any := netip.IPv4Unspecified()
	if target.Addr().Is6() {
		any = netip.IPv6Unspecified()
	}
	p, err := r.w.forward.To.ListenPacket(r.w.ctx, familyOf("udp", target), netip.AddrPortFrom(any, 0).String(), nil)
	if err != nil {
		return nil, err
	}
	if !r.w.own(p) {
		p.Close()
		return nil, net.ErrClosed
	}
	return &visitor{from: from, socket: p, far: target, last: r.w.forward.To.Clock().Now()}, nil
}

// forget ends a client.
func (r *relay) forget(v *visitor) {
	r.mu.Lock()
	delete(r.visitors, v.from)
	r.mu.Unlock()
	r.w.release(v.socket)
	r.w.count(func(s *ForwardStats) { s.Active-- })
}

// pass gives a client's datagram to Target.
func (r *relay) pass(v *visitor, b []byte) {
	v.mu.Lock()
	v.last = r.w.forward.To.Clock().Now()
	far := v.far
	v.mu.Unlock()
	r.w.count(func(s *ForwardStats) { s.MessagesIn, s.BytesIn = s.MessagesIn+1, s.BytesIn+uint64(len(b)) })
	if _, err := v.socket.WriteTo(b, net.UDPAddrFromAddrPort(far)); err != nil {
		r.w.failed(err)
	}
}

// answer gives a client what Target's host sends it, until both have been silent for Idle.
func (r *relay) answer(v *visitor) {
	b := make([]byte, maxDatagram)
	for {
		v.mu.Lock()
		end := v.last.Add(r.w.forward.Idle)
		v.mu.Unlock()
		v.socket.SetReadDeadline(end)
		n, from, err := v.socket.ReadFrom(b)
		switch {
		case errors.Is(err, os.ErrDeadlineExceeded):
			v.mu.Lock()
			silent := v.last.Add(r.w.forward.Idle).Equal(end)
			v.mu.Unlock()
			if silent {
				return
			}
		case r.w.ctx.Err() != nil, errors.Is(err, net.ErrClosed):
			return
		case err != nil:
			r.w.failed(err)
			r.w.forward.To.Clock().Sleep(r.w.ctx, retry)
		default:
			r.back(v, addrPort(from), b[:n])
		}
	}
}

// back gives a client one answer; others than Target's host are strangers.
func (r *relay) back(v *visitor, from netip.AddrPort, b []byte) {
	if from.Addr() != r.w.forward.Target.Addr().WithZone(from.Addr().Zone()) {
		return
	}
	v.mu.Lock()
	v.far, v.last = from, r.w.forward.To.Clock().Now()
	v.mu.Unlock()
	r.w.count(func(s *ForwardStats) { s.MessagesOut, s.BytesOut = s.MessagesOut+1, s.BytesOut+uint64(len(b)) })
	if _, err := r.door.WriteTo(b, net.UDPAddrFromAddrPort(v.from)); err != nil {
		r.w.failed(err)
	}
}

// addrPort is a UDP address in short.
func addrPort(a net.Addr) netip.AddrPort {
	u, ok := a.(*net.UDPAddr)
	if !ok {
		return netip.AddrPort{}
	}
	p := u.AddrPort()
	return netip.AddrPortFrom(p.Addr().Unmap(), p.Port())
}

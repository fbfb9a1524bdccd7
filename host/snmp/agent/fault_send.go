package agent

import (
	"encoding/binary"
	"net"
	"net/netip"
	"sync"
	"time"

	"moonwire/host/network"
	"moonwire/host/snmp/message"
)

// deliver sends an answer as the request and faults want it.
func (l faults) deliver(r *Request, b []byte) {
	if r.drop {
		return
	}
	a, wait, copies := r.agent, r.delay, 1
	put := func(b []byte) { a.sendBack(r, b) }
	for _, f := range l {
		if f.Drop || f.Stall && !r.Stream {
			return
		}
		wait += f.Delay
		if f.Jitter > 0 {
			wait += time.Duration(a.rand.Int64N(int64(f.Jitter)))
		}
		copies += f.Copies
		b = f.bent(a, b)
		if send := f.way(r); send != nil {
			put = send
		}
	}
	all := func() {
		for range copies {
			put(b)
		}
	}
	if wait <= 0 {
		all()
		return
	}
	a.clock.AfterFunc(wait, all)
}

// after is what happens behind an answer, which is made already.
func (l faults) after(a *Agent) {
	for _, f := range l {
		switch {
		case f.NewEngine:
			a.Reboot(a.chanceEngine())
		case f.Reboot:
			a.Reboot(nil)
		}
	}
}

// id is what a fault does to an answer's request id.
func (l faults) id(p *message.PDU) {
	for _, f := range l {
		if f.WrongID {
			p.RequestID ^= 0x5555
		}
	}
}

// bent are an answer's bytes as a fault leaves them.
func (f *fault) bent(a *Agent, b []byte) []byte {
	if f.Garbage {
		b = make([]byte, len(b))
		for i := 0; i < len(b); i += 8 {
			var room [8]byte
			binary.BigEndian.PutUint64(room[:], a.rand.Uint64())
			copy(b[i:], room[:])
		}
	}
	return b[:max(0, len(b)-f.Cut)]
}

// way is another way for an answer than the right one.
func (f *fault) way(r *Request) func([]byte) {
	switch {
	case f.Elsewhere && !r.Stream:
		return func(b []byte) { r.agent.another.send(r, b) }
	case f.Stall:
		return func(b []byte) { r.agent.sendBack(r, b[:len(b)/2]) }
	case f.Trickle > 0 && r.Stream:
		return func(b []byte) { r.agent.trickle(r, b, f.Trickle) }
	}
	return nil
}

// trickle sends one byte after the other.
func (a *Agent) trickle(r *Request, b []byte, pause time.Duration) {
	if len(b) == 0 {
		return
	}
	a.sendBack(r, b[:1])
	a.clock.AfterFunc(pause, func() { a.trickle(r, b[1:], pause) })
}

// elsewhere is a socket with another port than the agent's.
type elsewhere struct {
	mu     sync.Mutex
	conn   network.PacketConn
	closed bool
}

// send sends from there to who asked.
func (e *elsewhere) send(r *Request, b []byte) {
	if c := e.open(r); c != nil {
		c.WriteMsg(b, network.Meta{Peer: net.UDPAddrFromAddrPort(r.Source)})
	}
}

// open opens the socket, unless it is open; nil when it can't be.
func (e *elsewhere) open(r *Request) network.PacketConn {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.conn == nil && !e.closed {
		at := net.UDPAddrFromAddrPort(netip.AddrPortFrom(r.Local.Addr(), 0))
		if c, err := r.agent.net.ListenPacket(r.agent.ctx, "udp", at.String(), nil); err == nil {
			e.conn = c
		}
	}
	return e.conn
}

func (e *elsewhere) close() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.closed = true
	if e.conn != nil {
		e.conn.Close()
	}
}

package dgram

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"sync"
	"time"

	"moonwire/host/decl"
	"moonwire/host/network"
)

// A Socket sends and receives datagrams.
type Socket struct {
	kind    string
	proto   int
	family  string
	timeout *time.Duration
	conn    network.PacketConn

	echo *echo  // of a ping socket
	raw  bool   // a ping socket over IP
	id   uint16 // of such a one

	mu         sync.Mutex
	seq        uint16   // of the last echo request
	far        net.Addr // that it is connected to; the system doesn't tell where there are no ports
	pending    []network.PacketError
	interfaces map[int]string
}

// String names the socket in leak reports.
func (s *Socket) String() string {
	return fmt.Sprintf("dgram.%s %s", s.kind, s.text(s.conn.LocalAddr()))
}

// connect fixes the far end; nil frees it.
func (s *Socket) connect(to net.Addr) error {
	if err := s.conn.Connect(to); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.far = to
	return nil
}

// Close ends the socket.
func (s *Socket) Close() error {
	s.conn.Close()
	return nil
}

type selfArgs struct {
	Self *Socket `lua:"self"`
}

func closeSocket(_ context.Context, a selfArgs) (decl.Done, error) {
	return decl.Done{}, a.Self.Close()
}

type sendArgs struct {
	Self      *Socket `lua:"self"`
	Data      []byte  `lua:"data" doc:"payload; of ping what is echoed"`
	To        string  `lua:"to?" doc:"far end, as host:port for udp and a host for others; else the one that to named at opening"`
	TTL       int     `lua:"opts.ttl" range:"1..255" doc:"hop limit of this datagram"`
	TOS       int     `lua:"opts.tos" range:"1..255" doc:"type of service, or traffic class, of this datagram"`
	DF        string  `lua:"opts.df" choices:"dont|want|do|probe" doc:"as at opening, for this datagram"`
	Source    string  `lua:"opts.source" doc:"own address to send it from"`
	Interface string  `lua:"opts.interface" doc:"interface to send it from"`
	Seq       *uint16 `lua:"opts.seq" doc:"sequence number of a ping; else one more than the last"`
}

// send sends one datagram. An ICMP error that an earlier one earned would end this one's sending: it is put aside.
func send(ctx context.Context, a sendArgs) (int, error) {
	s := a.Self
	m, err := s.outgoing(ctx, a)
	if err != nil {
		return 0, err
	}
	data, result := a.Data, len(a.Data)
	if s.kind == ping {
		seq := s.nextSeq(a.Seq)
		data, result = s.echo.pack(s.id, seq, data), int(seq)
	}
	stop := network.OnEnd(ctx, s.conn.Interrupt)
	defer stop()
	for {
		_, err := s.conn.WriteMsg(data, m)
		switch {
		case err == nil:
			return result, nil
		case ctx.Err() != nil:
			return 0, ctx.Err()
		}
		switch news, some := s.drain(); {
		case !some:
			return 0, named(err)
		case len(news) > 0 && news[len(news)-1].Origin == "local":
			return 0, &failure{news[len(news)-1]}
		}
	}
}

// outgoing reads what the options say of one datagram.
func (s *Socket) outgoing(ctx context.Context, a sendArgs) (m network.Meta, err error) {
	m = network.Meta{TTL: a.TTL, TOS: a.TOS, DF: policies[a.DF]}
	if a.To != "" {
		if m.Peer, err = s.target(ctx, "to", a.To); err != nil {
			return m, err
		}
	}
	if a.Source != "" {
		own, err := lookup(ctx, a.Source, "*", s.family)
		if err != nil {
			return m, err
		}
		m.Local = own.Addr()
	}
	if a.Interface != "" {
		m.Interface, err = interfaceIndex(ctx, a.Interface)
	}
	return m, err
}

func (s *Socket) nextSeq(wanted *uint16) uint16 {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seq++
	if wanted != nil {
		s.seq = *wanted
	}
	return s.seq
}

// maxSize is the longest payload of a datagram.
const maxSize = 65535

type receiveArgs struct {
	Self    *Socket        `lua:"self"`
	Timeout *time.Duration `lua:"opts.timeout" doc:"longest wait in seconds; else the socket's"`
	Size    int            `lua:"opts.size" range:"1..65535" doc:"bytes to take of a datagram; the rest is cut off"`
}

// received is what receive returns.
type received struct {
	Data []byte `lua:"ret.data" doc:"payload"`
	Meta Meta   `lua:"ret.meta" doc:"what came with it"`
}

// Meta is what is known of a received datagram, as Lua sees it.
type Meta struct {
	Peer      string    `lua:"peer" doc:"who sent it, as ip:port for udp, ip for others"`
	To        string    `lua:"to?" doc:"own address it was sent to"`
	Interface string    `lua:"interface?" doc:"name of the interface it came by"`
	TTL       int       `lua:"ttl?" doc:"hop limit that was left"`
	TOS       int       `lua:"tos" doc:"type of service, or traffic class"`
	Time      time.Time `lua:"time?" doc:"when the system got it, in seconds since 1970"`
	Length    int       `lua:"length" doc:"bytes it had"`
	Truncated bool      `lua:"truncated" doc:"were bytes cut off?"`
	Seq       *int      `lua:"seq?" doc:"sequence number, of ping"`
}

func receive(ctx context.Context, a receiveArgs) (received, error) {
	r, failures, err := a.Self.receive(ctx, a.limit(), a.Size)
	if len(failures) > 0 {
		return r, &failure{failures[0]}
	}
	return r, err
}

// limit is the time-out that holds: the call's or the socket's.
func (a receiveArgs) limit() *time.Duration {
	if a.Timeout != nil {
		return a.Timeout
	}
	return a.Self.timeout
}

// receive waits for the next datagram, or for ICMP errors.
func (s *Socket) receive(ctx context.Context, timeout *time.Duration, size int) (received, []network.PacketError, error) {
	wait, cancel := within(ctx, timeout)
	defer cancel()
	b := make([]byte, size+echoHeader)
	for {
		n, m, err := s.conn.TryRead(b)
		if err == nil {
			if r, ok := s.incoming(ctx, b[:n], m, size); ok {
				return r, nil, nil
			}
			continue
		}
		if news, some := s.drain(); len(news) > 0 {
			return received{}, news, nil
		} else if some {
			continue
		}
		if !errors.Is(err, os.ErrDeadlineExceeded) {
			return received{}, nil, named(err)
		}
		err = s.conn.Ready(wait, network.Readable)
		switch {
		case err == nil:
		case ctx.Err() != nil:
			return received{}, nil, ctx.Err()
		case wait.Err() != nil:
			return received{}, nil, decl.Refuse(decl.Timeout, fmt.Errorf("dgram: nothing came within %v", *timeout))
		case !errors.Is(err, os.ErrDeadlineExceeded): // that was another task's Interrupt
			return received{}, nil, named(err)
		}
	}
}

// incoming makes the result of a datagram; false when it isn't this socket's, as others' echoes on a raw one.
func (s *Socket) incoming(ctx context.Context, b []byte, m network.Meta, size int) (received, bool) {
	out := Meta{Peer: s.text(m.Peer), Interface: s.interfaceName(ctx, m.Interface), TTL: m.TTL, TOS: m.TOS, Time: m.Time, Length: m.Len}
	if m.Local.IsValid() {
		out.To = m.Local.Unmap().String()
	}
	if s.kind == ping {
		typ, id, seq, ok := s.echo.parse(b)
		if !ok || typ != s.echo.reply || s.raw && id != s.id {
			return received{}, false
		}
		n := int(seq)
		b, out.Seq, out.Length = b[echoHeader:], &n, out.Length-echoHeader
	}
	out.Truncated = out.Length > size
	return received{b[:min(len(b), size)], out}, true
}

// within is ctx for at most timeout of the world's time; nil is for ever.
func within(ctx context.Context, timeout *time.Duration) (context.Context, context.CancelFunc) {
	wait, cancel := network.WithCancel(ctx)
	if timeout == nil {
		return wait, cancel
	}
	if *timeout <= 0 {
		cancel()
		return wait, cancel
	}
	timer := network.ClockFrom(ctx).AfterFunc(*timeout, cancel)
	return wait, func() { timer.Stop(); cancel() }
}

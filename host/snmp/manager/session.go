package manager

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"moonwire/host/network"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/transport"
)

// A Session asks one agent.
type Session struct {
	o      Options
	net    network.Network
	to     netip.AddrPort
	secure *secure // of version 3

	ids     *atomic.Int32
	stats   *counters
	journal *journal

	answered atomic.Bool // a response was taken: passwords and community are right

	mu     sync.Mutex
	desk   *desk // nil before the first question
	closed bool
}

// Open makes a session. It looks the agent's name up, and sends nothing else.
func Open(ctx context.Context, o Options) (*Session, error) {
	if o.Addr == "" {
		return nil, errNoAddr
	}
	o = o.defaults()
	to, err := Resolve(ctx, o.Network, o.Addr)
	if err != nil {
		return nil, err
	}
	s := &Session{o: o, net: network.From(ctx), to: to, ids: new(atomic.Int32), stats: new(counters), journal: new(journal)}
	s.ids.Store(firstID(ctx))
	if o.Version == message.V3 {
		if s.secure, err = newSecure(ctx, o); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// firstID is where request ids begin: by chance, and with room for as many as anybody asks. They always take four bytes.
func firstID(ctx context.Context) int32 { return 1<<30 | network.Rand(ctx).Int32N(1<<29) }

// nextID is the next request id.
func (s *Session) nextID() int32 {
	for {
		if id := s.ids.Add(1); id > 0 {
			return id
		}
		s.ids.Store(1 << 30)
	}
}

// Addr is the agent's address.
func (s *Session) Addr() netip.AddrPort { return s.to }

// Options are those of Open, with the defaults.
func (s *Session) Options() Options { return s.o }

// Stats counts what was sent and received so far.
func (s *Session) Stats() Stats { return s.stats.read() }

// Exchange gives the last messages that left and came, the oldest first.
func (s *Session) Exchange() []Datagram {
	list := s.journal.read()
	for i := range list {
		d := &list[i]
		if d.Out {
			d.Source = s.own(d.Source)
		} else {
			d.Destination = s.own(d.Destination)
		}
	}
	return list
}

// own is the own address: that of a socket for all of them is the one that leads to the agent, and its port isn't known before
// the first message has left.
func (s *Session) own(a netip.AddrPort) netip.AddrPort {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a.Port() == 0 {
		a = s.desk.line.Local()
	}
	if hop, err := s.net.NextHop(context.Background(), s.to.Addr(), ""); err == nil && a.Addr().IsUnspecified() {
		a = netip.AddrPortFrom(hop.Src, a.Port())
	}
	return a
}

// String names the session: udp 10.0.0.2:161.
func (s *Session) String() string { return strings.TrimRight(s.o.Network, "46") + " " + s.to.String() }

// Close ends the session and the questions under way.
func (s *Session) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	if s.desk != nil {
		return s.desk.line.Close()
	}
	return nil
}

// line is the desk, made at the first question.
func (s *Session) line(ctx context.Context) (*desk, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.closed:
		return nil, fmt.Errorf("the session is closed: %w", net.ErrClosed)
	case s.desk != nil:
		return s.desk, nil
	}
	var line transport.Line
	if strings.HasPrefix(s.o.Network, "tcp") {
		line = transport.NewStream(s.net)
	} else {
		d, err := transport.OpenDatagrams(ctx, s.net, familyOf(s.to.Addr()), s.to)
		if err != nil {
			return nil, err
		}
		line = d
	}
	s.desk = newDesk(line, s.net.Clock(), s.stats, s.journal)
	return s.desk, nil
}

// familyOf is the family of sockets that reach an address.
func familyOf(a netip.Addr) string {
	if a.Is4() {
		return "udp4"
	}
	return "udp6"
}

// post sends an encoded message as a question.
func (s *Session) post(ctx context.Context, id int32, data []byte, accept func(*message.Message) error) (*posted, error) {
	d, err := s.line(ctx)
	if err != nil {
		return nil, err
	}
	if d.line.Resends() && len(data) > maxSize {
		return nil, &LineError{text: fmt.Sprintf("%s: the question has %d bytes, a datagram carries %d: ask for less at once, or over TCP", s, len(data), maxSize),
			kind: "too_big"}
	}
	q := &question{id: id, to: s.to, data: data, timeout: s.o.Timeout, left: s.o.Retries, accept: accept}
	if !d.line.Resends() {
		q.timeout, q.left = s.patience(), 0
	}
	if err := d.ask(ctx, q); err != nil {
		return nil, s.explain(q, err)
	}
	return &posted{s, d, q}, nil
}

// posted is a question that was sent.
type posted struct {
	s *Session
	d *desk
	q *question
}

// wait waits for the answer.
func (p *posted) wait(ctx context.Context) (*message.Message, error) {
	m, err := p.d.wait(ctx, p.q)
	if err != nil {
		return nil, p.s.explain(p.q, err)
	}
	return m, nil
}

// patience is how long a question waits in all.
func (s *Session) patience() time.Duration { return s.o.Timeout * time.Duration(1+s.o.Retries) }

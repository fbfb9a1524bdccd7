package transport

import (
	"context"
	"errors"
	"io"
	"net/netip"
	"os"
	"sync/atomic"
	"time"

	"moonwire/host/network"
)

// Stream is a Line over TCP to one agent (RFC 3430).
type Stream struct {
	net    network.Network
	conn   atomic.Pointer[network.Conn]
	closed atomic.Bool
	turn   network.Turn // of who sends

	read, write gate
	in          Frames
}

// NewStream makes a stream; the first message connects it.
func NewStream(n network.Network) *Stream { return &Stream{net: n} }

// Resends is false.
func (s *Stream) Resends() bool { return false }

// Local is the own address.
func (s *Stream) Local() netip.AddrPort {
	if c := s.conn.Load(); c != nil {
		return AddrPort((*c).LocalAddr())
	}
	return netip.AddrPort{}
}

// Connected says whether there is a connection that nobody has ended yet, as far as is known.
func (s *Stream) Connected() bool { return s.conn.Load() != nil }

// Close ends the connection, and a Receive.
func (s *Stream) Close() error {
	s.closed.Store(true)
	s.drop()
	return nil
}

// drop ends the connection; the next message makes another.
func (s *Stream) drop() {
	if c := s.conn.Swap(nil); c != nil {
		(*c).Close()
	}
}

// Send sends a message whole, or ends the connection.
func (s *Stream) Send(ctx context.Context, b []byte, to netip.AddrPort, until time.Time) error {
	if err := s.turn.Take(ctx, until); err != nil {
		return err
	}
	defer s.turn.Give()
	c, err := s.connect(ctx, to, until)
	if err != nil {
		return err
	}
	stop := network.OnEnd(ctx, s.write.close)
	defer stop()
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !s.write.open(until) {
			continue
		}
		_, err := c.Write(b)
		s.write.leave()
		if err == nil {
			return nil
		}
		s.drop() // a message that was sent in part can't be gone on with
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return err
	}
}

// connect is the connection.
func (s *Stream) connect(ctx context.Context, to netip.AddrPort, until time.Time) (network.Conn, error) {
	if c := s.conn.Load(); c != nil {
		return *c, nil
	}
	wait, cancel := network.WithCancel(ctx)
	defer cancel()
	if !until.IsZero() {
		defer s.net.Clock().AfterFunc(until.Sub(s.net.Clock().Now()), cancel).Stop()
	}
	c, err := s.net.Dial(wait, "tcp", to.String(), nil)
	if err != nil {
		if ctx.Err() == nil && wait.Err() != nil {
			return nil, os.ErrDeadlineExceeded
		}
		return nil, err
	}
	s.in = Frames{}
	s.read.set, s.write.set = c.SetReadDeadline, c.SetWriteDeadline
	s.conn.Store(&c)
	if s.closed.Load() {
		s.drop()
		return nil, os.ErrClosed
	}
	return c, nil
}

// Receive waits for the next message of the connection. Its end is io.EOF, and the next Send makes another.
func (s *Stream) Receive(ctx context.Context, until time.Time) (Arrival, error) {
	p := s.conn.Load()
	if p == nil {
		return Arrival{}, io.EOF
	}
	c := *p
	stop := network.OnEnd(ctx, s.read.close)
	defer stop()
	for {
		if err := ctx.Err(); err != nil {
			return Arrival{}, err
		}
		b, err := s.in.Next()
		if err != nil {
			s.drop()
			return Arrival{}, err
		}
		if b != nil {
			return Arrival{Data: b, From: AddrPort(c.RemoteAddr()), Time: s.net.Clock().Now()}, nil
		}
		if !s.read.open(until) {
			continue
		}
		err = s.in.Fill(c)
		s.read.leave()
		switch {
		case err == nil:
		case !errors.Is(err, os.ErrDeadlineExceeded):
			s.drop()
			return Arrival{}, err
		case !until.IsZero() && !s.net.Clock().Now().Before(until):
			return Arrival{}, os.ErrDeadlineExceeded
		}
	}
}

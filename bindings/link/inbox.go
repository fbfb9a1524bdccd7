package link

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"slices"
	"sync"
	"syscall"
	"time"

	"golang.org/x/net/bpf"

	"moonwire/host/decl"
	"moonwire/host/network"
)

// batchFrames is how many frames are read at once, so that the interpreter is released once for many of them.
const batchFrames = 512

// An inbox is what a link received and nobody took yet. Tasks that read one link share its frames.
type inbox struct {
	turn   network.Turn // held by who reads
	frames [batchFrames]network.Frame

	mu     sync.Mutex
	conn   network.LinkConn
	filter []bpf.RawInstruction
	ready  []frame
	past   network.LinkStats // of connections that the inbox had before
	mark   network.LinkStats // when the last reader ended
}

func newInbox(conn network.LinkConn, filter []bpf.RawInstruction) *inbox {
	return &inbox{conn: conn, filter: filter}
}

func (b *inbox) close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.conn.Close()
}

// current is the connection that frames come by.
func (b *inbox) current() network.LinkConn {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.conn
}

// stats are the counts of all the inbox's connections.
func (b *inbox) stats() network.LinkStats {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.count()
}

func (b *inbox) count() network.LinkStats {
	s := b.conn.Stats()
	p := b.past
	return network.LinkStats{Received: p.Received + s.Received, KernelDrops: p.KernelDrops + s.KernelDrops, RingDrops: p.RingDrops + s.RingDrops,
		Sent: p.Sent + s.Sent, SendErrors: p.SendErrors + s.SendErrors, Downs: p.Downs + s.Downs}
}

// use makes sure that the frames to come passed a filter. What an older one let through is gone.
func (b *inbox) use(program []bpf.RawInstruction) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if slices.Equal(program, b.filter) {
		return nil
	}
	if err := b.conn.SetFilter(program); err != nil {
		return err
	}
	b.filter, b.ready = program, nil
	b.mark = b.count()
	return nil
}

// replace makes conn the connection that frames come by.
func (b *inbox) replace(conn network.LinkConn, filter []bpf.RawInstruction) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.past = b.count()
	b.conn.Close()
	b.conn, b.filter, b.ready = conn, filter, nil
}

// take is the next frame that was read, if any.
func (b *inbox) take() (f frame, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.ready) == 0 {
		return f, false
	}
	f = b.ready[0]
	b.ready = b.ready[1:]
	return f, true
}

// since is what was counted since the last reader ended.
func (b *inbox) since() network.LinkStats {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.mark
}

// ended notes that a reader ended.
func (b *inbox) ended() network.LinkStats {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.mark = b.count()
	return b.mark
}

// long is a moment that is over.
var long = time.Unix(1, 0)

// fill waits until there are frames to take, or until a moment; zero is for ever. It touches no Lua value.
func (b *inbox) fill(ctx context.Context, l *Link, until time.Time) error {
	l.outbox.flush(ctx)
	if err := b.turn.Take(ctx, until); err != nil {
		return err
	}
	defer b.turn.Give()
	b.mu.Lock()
	conn, filled := b.conn, len(b.ready) > 0
	b.mu.Unlock()
	if filled {
		return nil
	}
	n, err := readFrames(ctx, conn, b.frames[:], until)
	if n > 0 {
		ready := l.keep(b.frames[:n])
		b.mu.Lock()
		if conn == b.conn {
			b.ready = append(b.ready, ready...)
		}
		b.mu.Unlock()
		return nil
	}
	return l.explainRead(err)
}

// readFrames reads frames until a moment, or until ctx is done.
func readFrames(ctx context.Context, conn network.LinkConn, into []network.Frame, until time.Time) (int, error) {
	clock := network.ClockFrom(ctx)
	for {
		conn.SetReadDeadline(until)
		stop := network.OnEnd(ctx, func() { conn.SetReadDeadline(long) })
		n, err := conn.ReadFrames(into)
		stop()
		switch {
		case n > 0 || !errors.Is(err, os.ErrDeadlineExceeded):
			return n, err
		case ctx.Err() != nil:
			return 0, ctx.Err()
		case !until.IsZero() && !clock.Now().Before(until):
			return 0, err
		}
	}
}

// explainRead says what ended the reading.
func (l *Link) explainRead(err error) error {
	switch {
	case errors.Is(err, syscall.ENETDOWN):
		return decl.Refuse(decl.Unreachable, fmt.Errorf("%s: the interface went down", l.iface.Name))
	case errors.Is(err, syscall.ENODEV), errors.Is(err, syscall.ENXIO):
		return decl.Refuse(decl.Closed, fmt.Errorf("%s: the interface is gone", l.iface.Name))
	case errors.Is(err, net.ErrClosed):
		return decl.Refuse(decl.Closed, fmt.Errorf("%s: the link is closed", l.iface.Name))
	}
	return err
}

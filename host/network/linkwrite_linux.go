package network

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// Method is the way of sending.
func (l *link) Method() string { return l.method }

// WriteFrames sends n frames.
func (l *link) WriteFrames(ctx context.Context, n int, fill func(i int, slot []byte) int) (sent int, err error) {
	l.sending.Lock()
	defer l.sending.Unlock()
	if err = l.sendable(ctx); err == nil {
		err = l.tellLate()
	}
	switch {
	case err != nil:
	case n == 1 && l.corks():
		if err = l.accept(ctx, fill); err == nil {
			return 1, nil
		}
	default:
		sent, err = l.writeAll(ctx, n, fill)
	}
	if err != nil {
		return sent, l.fail("write", err)
	}
	return sent, nil
}

// sendable is why nothing can be sent; nil when it can.
func (l *link) sendable(ctx context.Context) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case l.closed.Load():
		return net.ErrClosed
	case l.sender == nil:
		return fmt.Errorf("frames can't be sent here, since their headers are the system's (open one interface): %w", errors.ErrUnsupported)
	}
	return nil
}

// writeAll sends n frames, behind those that wait.
func (l *link) writeAll(ctx context.Context, n int, fill func(i int, slot []byte) int) (sent int, err error) {
	if err := l.uncork(ctx); err != nil {
		return 0, err
	}
	for sent < n && err == nil {
		if err = l.sendable(ctx); err != nil {
			break
		}
		var m int
		if m, err = l.writeBatch(ctx, sent, n, fill); err != nil && ctx.Err() == nil && !errors.Is(err, net.ErrClosed) {
			l.countRefused(1)
		}
		sent += m
	}
	l.countSent(sent)
	return sent, err
}

func (l *link) countSent(n int) {
	l.counting.Lock()
	l.stats.Sent += uint64(n)
	l.counting.Unlock()
}

func (l *link) countRefused(n int) {
	l.counting.Lock()
	l.stats.SendErrors += uint64(n)
	l.counting.Unlock()
}

// writeBatch sends frames from first on, as many as there is room for, at most up to end.
func (l *link) writeBatch(ctx context.Context, first, end int, fill func(i int, slot []byte) int) (int, error) {
	var refused error
	i := first
	for ; i < end && refused == nil; i++ {
		slot := l.sender.Slot()
		if slot == nil {
			break
		}
		size := fill(i, slot)
		if refused = l.fits(size, len(slot)); refused == nil {
			l.sender.Commit(size)
		}
	}
	if i == first { // all memory is still the kernel's
		return 0, l.k.Clock().Sleep(ctx, minPause)
	}
	sent, err := l.flush(ctx)
	if err != nil {
		l.sender.Reset()
		return sent, err
	}
	return sent, refused
}

// fits refuses a frame as a packet socket does.
func (l *link) fits(size, room int) error {
	switch {
	case size > room:
		return unix.EMSGSIZE
	case size <= 0, size < etherHeader && l.iface.LinkType == "ethernet":
		return unix.EINVAL
	}
	return nil
}

// flush hands the batch over, and waits where the wire has no room.
func (l *link) flush(ctx context.Context) (sent int, err error) {
	pause := minPause
	for {
		var n int
		n, err = l.handOver()
		sent += n
		if n > 0 {
			pause = minPause
		}
		switch {
		case errors.Is(err, unix.EAGAIN): // the socket's memory is full
			err = l.Ready(ctx, Writable)
			if errors.Is(err, os.ErrDeadlineExceeded) && ctx.Err() == nil {
				err = nil // Interrupt is for reads
			}
		case isFull(err): // the interface's queue is full, and nobody tells when it isn't
			err = l.k.Clock().Sleep(ctx, pause)
			pause = min(2*pause, maxPause)
		default:
			return sent, err
		}
		if err != nil {
			return sent, err
		}
	}
}

// handOver is the sender's Flush. An error of the interface may be an old one that waited on the socket for a reader, who
// is then told in another way.
func (l *link) handOver() (int, error) {
	n, err := l.sender.Flush()
	if !errors.Is(err, unix.ENETDOWN) {
		return n, err
	}
	l.fell.Store(true)
	m, err := l.sender.Flush()
	return n + m, err
}

// isFull says whether an error only asks for patience.
func isFull(err error) bool { return errors.Is(err, unix.EAGAIN) || errors.Is(err, unix.ENOBUFS) }

// Pauses before a frame is offered again to a full queue.
const (
	minPause = 50 * time.Microsecond
	maxPause = 2 * time.Millisecond
)

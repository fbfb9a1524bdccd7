package network

import (
	"context"
	"errors"
	"net"
	"time"

	"golang.org/x/sys/unix"

	"moonwire/host/network/afpacket"
)

// A sender is one way to send: frames are put into memory, and handed over many at a time. It never waits.
type sender interface {
	Slot() []byte        // memory of the next frame; nil: there is no room, Flush
	Commit(n int)        // the frame in the slot is n bytes long
	Flush() (int, error) // how many frames were handed over; with an error, the next is the one that was refused
	Reset()              // forgets the frames that were not handed over
}

// The longest link headers: Ethernet's, and a tag.
const (
	etherHeader = 14
	vlanTag     = 4
)

// startSending chooses the way.
func (l *link) startSending(fd int, _ string) error {
	l.sender = afpacket.NewMmsg(fd, l.iface.MTU+etherHeader+vlanTag)
	return nil
}

// Method is the way of sending.
func (l *link) Method() string { return "mmsg" }

// WriteFrames sends n frames.
func (l *link) WriteFrames(ctx context.Context, n int, fill func(i int, slot []byte) int) (sent int, err error) {
	l.sending.Lock()
	defer l.sending.Unlock()
	for sent < n && err == nil {
		if l.closed.Load() {
			err = net.ErrClosed
			break
		}
		var m int
		m, err = l.writeBatch(ctx, sent, n, fill)
		sent += m
	}
	l.counting.Lock()
	l.stats.Sent += uint64(sent)
	l.counting.Unlock()
	if err != nil {
		return sent, l.fail("write", err)
	}
	return sent, nil
}

// writeBatch sends frames from first on, as many as there is room for, at most up to end.
func (l *link) writeBatch(ctx context.Context, first, end int, fill func(i int, slot []byte) int) (int, error) {
	var tooLong error
	for i := first; i < end; i++ {
		slot := l.sender.Slot()
		if slot == nil {
			break
		}
		size := fill(i, slot)
		if size > len(slot) || size < 0 {
			tooLong = unix.EMSGSIZE
			break
		}
		l.sender.Commit(size)
	}
	sent, err := l.flush(ctx)
	if err != nil {
		l.sender.Reset()
	} else {
		err = tooLong
	}
	if err != nil && ctx.Err() == nil {
		l.counting.Lock()
		l.stats.SendErrors++
		l.counting.Unlock()
	}
	return sent, err
}

// flush hands the batch over, and waits where the wire has no room.
func (l *link) flush(ctx context.Context) (sent int, err error) {
	pause := minPause
	for {
		var n int
		if cerr := l.control(func(int) error { n, err = l.sender.Flush(); return nil }); cerr != nil {
			return sent, cerr
		}
		sent += n
		if n > 0 {
			pause = minPause
		}
		switch {
		case errors.Is(err, unix.EAGAIN): // the socket's memory is full
			err = l.Ready(ctx, Writable)
		case errors.Is(err, unix.ENOBUFS): // the interface's queue is full, and nobody tells when it isn't
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

// Pauses before a frame is offered again to a full queue.
const (
	minPause = 50 * time.Microsecond
	maxPause = 2 * time.Millisecond
)

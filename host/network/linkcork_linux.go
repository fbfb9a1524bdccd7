package network

import (
	"cmp"
	"context"
	"time"

	"golang.org/x/sys/unix"
)

// Single frames that are sent by a ring wait for others: handing one over costs as much as handing over many.
const (
	corkFrames = 64
	corkTime   = 200 * time.Microsecond
)

// A cork keeps frames in the sender's memory for a moment.
type cork struct {
	waiting int   // frames accepted and not handed over
	armed   bool  // they will be, without a further call
	late    error // what they met then; the next call tells
}

// corks says whether single frames may wait.
func (l *link) corks() bool { return l.method == "xdp" || l.method == "ring" }

// accept takes one frame.
func (l *link) accept(ctx context.Context, fill func(i int, slot []byte) int) error {
	slot := l.sender.Slot()
	for slot == nil {
		if err := l.uncork(ctx); err != nil {
			return err
		}
		if slot = l.sender.Slot(); slot == nil {
			if err := l.k.Clock().Sleep(ctx, minPause); err != nil {
				return err
			}
		}
	}
	size := fill(0, slot)
	if err := l.fits(size, len(slot)); err != nil {
		l.countRefused(1)
		return err
	}
	l.sender.Commit(size)
	l.cork.waiting++
	if l.cork.waiting == corkFrames {
		return l.uncork(ctx)
	}
	l.arm(corkTime)
	return nil
}

// uncork hands over the frames that wait.
func (l *link) uncork(ctx context.Context) error {
	if l.cork.waiting == 0 {
		return nil
	}
	sent, err := l.flush(ctx)
	l.countSent(sent)
	l.cork.waiting -= sent
	switch {
	case err == nil:
	case ctx.Err() != nil, l.closed.Load():
		l.arm(maxPause) // frames accepted earlier are not given up with this call
	default:
		l.forget()
	}
	return err
}

// push hands over what it can of them without waiting, and reports whether the rest has to wait.
func (l *link) push() (full bool, err error) {
	sent, err := l.handOver()
	l.countSent(sent)
	l.cork.waiting -= sent
	if err == nil || isFull(err) {
		return err != nil, nil
	}
	l.forget()
	return false, err
}

// forget gives up the frames that wait.
func (l *link) forget() {
	l.sender.Reset()
	l.countRefused(l.cork.waiting)
	l.cork.waiting = 0
}

// arm makes sure that frames go when nobody calls.
func (l *link) arm(after time.Duration) {
	if l.cork.armed {
		return
	}
	l.cork.armed = true
	time.AfterFunc(after, func() {
		l.sending.Lock()
		defer l.sending.Unlock()
		l.cork.armed = false
		if l.cork.waiting == 0 || l.sender == nil {
			return
		}
		full, err := l.push()
		if full {
			l.arm(maxPause)
		}
		l.cork.late = cmp.Or(l.cork.late, err)
	})
}

// drain hands over what waits when the link is closed: it gives the wire a second to have room.
func (l *link) drain() error {
	for end := time.Now().Add(time.Second); l.cork.waiting > 0; time.Sleep(minPause) {
		full, err := l.push()
		if full && time.Now().After(end) {
			l.forget()
			err = unix.ENOBUFS
		}
		if err != nil {
			return err
		}
	}
	return l.tellLate()
}

// tellLate is what frames met that were accepted earlier.
func (l *link) tellLate() error {
	err := l.cork.late
	l.cork.late = nil
	return err
}

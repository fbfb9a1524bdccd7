package sockets

import (
	"context"
	"net"
	"os"
	"sync/atomic"
	"time"

	"gvisor.dev/gvisor/pkg/waiter"

	"moonwire/host/network"
)

// A wait is a call that waits for something to happen to a socket.
type wait struct {
	waiter.Entry
	network.Waiter
	broken atomic.Bool                        // Interrupt was called
	end    atomic.Pointer[context.CancelFunc] // of a wait for something else
}

// NotifyEvent is called by whatever happened.
func (w *wait) NotifyEvent(waiter.EventMask) { w.Wake() }

// rouse makes the wait look again, or ends one for something else.
func (w *wait) rouse() {
	if end := w.end.Load(); end != nil {
		(*end)()
		return
	}
	w.Wake()
}

// What else ends every wait.
const trouble = waiter.EventErr | waiter.EventHUp

// until repeats try, which answers errWait to wait for one of the events, until the deadline, ctx's end, Interrupt or
// Close.
func (s *socket) until(ctx context.Context, events waiter.EventMask, deadline *time.Time, try func() error) error {
	if err := s.late(deadline); err != nil {
		return err
	}
	err := try()
	s.world.settle()
	if err != errWait {
		return err
	}
	w := s.enter(events | trouble)
	defer s.leave(w)
	for {
		err := try()
		s.world.settle()
		switch {
		case err != errWait:
			return err
		case s.closed.Load():
			return net.ErrClosed
		case w.broken.Load():
			return os.ErrDeadlineExceeded
		}
		if err := w.WaitUntil(ctx, s.limit(deadline)); err != nil {
			return err
		}
	}
}

// late says that the socket is closed, or the deadline over.
func (s *socket) late(deadline *time.Time) error {
	if s.closed.Load() {
		return net.ErrClosed
	}
	if t := s.limit(deadline); !t.IsZero() && !t.After(s.world.clock.Now()) {
		return os.ErrDeadlineExceeded
	}
	return nil
}

func (s *socket) limit(deadline *time.Time) time.Time {
	if deadline == nil {
		return time.Time{}
	}
	s.waiting.Lock()
	defer s.waiting.Unlock()
	return *deadline
}

// enter registers a wait.
func (s *socket) enter(events waiter.EventMask) *wait {
	s.waiting.Lock()
	w := s.spare
	s.spare = nil
	if w == nil {
		w = &wait{Waiter: network.NewWaiter(s.world.clock)}
	}
	w.broken.Store(false)
	w.Init(w, events)
	s.waits = append(s.waits, w)
	s.waiting.Unlock()
	s.queue.EventRegister(&w.Entry)
	return w
}

// leave is enter's end.
func (s *socket) leave(w *wait) {
	s.queue.EventUnregister(&w.Entry)
	s.waiting.Lock()
	defer s.waiting.Unlock()
	for i, x := range s.waits {
		if x == w {
			s.waits = append(s.waits[:i], s.waits[i+1:]...)
			break
		}
	}
	s.spare = w
}

// Interrupt ends the waits under way.
func (s *socket) Interrupt() {
	s.waiting.Lock()
	defer s.waiting.Unlock()
	for _, w := range s.waits {
		w.broken.Store(true)
		w.rouse()
	}
}

// rouse makes the waits look again.
func (s *socket) rouse() {
	s.waiting.Lock()
	defer s.waiting.Unlock()
	for _, w := range s.waits {
		w.rouse()
	}
}

// SetDeadline sets both deadlines.
func (s *socket) SetDeadline(t time.Time) error { return s.setDeadline(t, &s.rd, &s.wd) }

// SetReadDeadline sets that of reads.
func (s *socket) SetReadDeadline(t time.Time) error { return s.setDeadline(t, &s.rd) }

// SetWriteDeadline sets that of writes.
func (s *socket) SetWriteDeadline(t time.Time) error { return s.setDeadline(t, &s.wd) }

func (s *socket) setDeadline(t time.Time, which ...*time.Time) error {
	if s.closed.Load() {
		return s.fail("set", net.ErrClosed)
	}
	s.waiting.Lock()
	for _, d := range which {
		*d = t
	}
	s.waiting.Unlock()
	s.rouse()
	return nil
}

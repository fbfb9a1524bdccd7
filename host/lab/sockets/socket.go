package sockets

import (
	"context"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"gvisor.dev/gvisor/pkg/waiter"

	"moonwire/host/network"
)

// socket is what streams, listeners and datagram sockets share.
type socket struct {
	world  *world
	name   string // as package net says it: "tcp4", "udp"
	queue  *waiter.Queue
	closed atomic.Bool
	known  ends
	ready  func(ev network.Event) network.Event // which of ev is true now

	waiting sync.Mutex // guards what follows
	waits   []*wait
	spare   *wait // for the next wait
	rd, wd  time.Time
}

// ends are a connection's addresses, which are asked for after Close too.
type ends struct{ own, far atomic.Pointer[net.Addr] }

func (e *ends) local() net.Addr {
	if a := e.own.Load(); a != nil {
		return *a
	}
	return nil
}

func (e *ends) remote() net.Addr {
	if a := e.far.Load(); a != nil {
		return *a
	}
	return nil
}

// FD is -1: there is no descriptor in a lab.
func (s *socket) FD() int { return -1 }

// Ready waits until ev is true of the socket.
func (s *socket) Ready(ctx context.Context, ev network.Event) error {
	return s.until(ctx, mask(ev), nil, func() error {
		if s.closed.Load() {
			return net.ErrClosed
		}
		if s.ready(ev) != 0 {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		return errWait
	})
}

// Watch has notify called when one of ev may have become true, or the socket was closed, until stop. Notify must not
// wait, nor call the socket.
func (s *socket) Watch(ev network.Event, notify func()) (stop func()) {
	e := waiter.NewFunctionEntry(mask(ev)|trouble, func(waiter.EventMask) { notify() })
	s.queue.EventRegister(&e)
	return func() { s.queue.EventUnregister(&e) }
}

// mask is ev as the stack has it.
func mask(ev network.Event) (m waiter.EventMask) {
	if ev&network.Readable != 0 {
		m |= waiter.ReadableEvents
	}
	if ev&network.Writable != 0 {
		m |= waiter.WritableEvents
	}
	if ev&network.Failed != 0 {
		m |= waiter.EventErr
	}
	return m
}

// events says which of ev is true where the stack says m. An error or a hang-up makes a socket both readable and
// writable, as select(2) has it.
func events(ev network.Event, m waiter.EventMask) (out network.Event) {
	if m&(waiter.ReadableEvents|trouble) != 0 {
		out |= ev & network.Readable
	}
	if m&(waiter.WritableEvents|trouble) != 0 {
		out |= ev & network.Writable
	}
	if m&waiter.EventErr != 0 {
		out |= ev & network.Failed
	}
	return out
}

// end marks the socket closed and ends every wait; false when it was closed before.
func (s *socket) end() bool {
	if s.closed.Swap(true) {
		return false
	}
	s.queue.Notify(trouble | waiter.ReadableEvents | waiter.WritableEvents)
	s.rouse()
	return true
}

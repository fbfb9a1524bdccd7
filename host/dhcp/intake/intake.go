// Package intake is how a server waits for messages, and does meanwhile what is due.
package intake

import (
	"context"
	"errors"
	"net"
	"os"
	"sync/atomic"
	"time"

	"moonwire/host/dhcp/later"
	"moonwire/host/network"
)

// An Intake receives requests of type R. One goroutine calls Receive; any may call Interrupt.
type Intake[R any] struct {
	Context    context.Context // of pauses
	Conn       network.PacketConn
	Clock      network.Clock
	Understand func([]byte, network.Meta) *R // makes a request of a datagram; nil when it is none
	Flush      func()                        // sends what was put
	Work       func()                        // does what is due
	Next       func() time.Time              // when Work is due again; zero when never
	Failed     func()                        // counts a reception that failed

	buffer      [1 << 16]byte
	interrupted atomic.Bool
}

// most is how many requests Receive returns at once.
const most = 64

// pause is how long to wait after a reception that failed.
const pause = 10 * time.Millisecond

// Receive waits for requests and returns those that are there, count at most (negative: no limit). Before, it sends what was
// put; while it waits, it does what is due. It fails with os.ErrDeadlineExceeded at a time (the zero one never comes) or
// after Interrupt, and with net.ErrClosed.
func (i *Intake[R]) Receive(until time.Time, count int) ([]*R, error) {
	for {
		i.Flush()
		i.Work()
		list, err := i.take(nil, count)
		if len(list) > 0 || err != nil {
			return list, err
		}
		i.Flush()
		wake := later.Sooner(until, i.Next())
		if i.over(wake) {
			if i.over(until) {
				return nil, os.ErrDeadlineExceeded
			}
			continue
		}
		if list, err := i.wait(wake, count); len(list) > 0 || err != nil {
			return list, err
		}
	}
}

// over says whether a time has come.
func (i *Intake[R]) over(t time.Time) bool { return !t.IsZero() && !t.After(i.Clock.Now()) }

// wait waits for a datagram until a time.
func (i *Intake[R]) wait(until time.Time, count int) ([]*R, error) {
	if err := i.Conn.SetReadDeadline(until); err != nil {
		return nil, net.ErrClosed
	}
	n, m, err := i.Conn.ReadMsg(i.buffer[:])
	switch {
	case err == nil:
		return i.take(i.Understand(i.buffer[:n], m), count)
	case errors.Is(err, net.ErrClosed):
		return nil, net.ErrClosed
	case errors.Is(err, os.ErrDeadlineExceeded) && i.interrupted.Swap(false):
		return nil, os.ErrDeadlineExceeded
	case !errors.Is(err, os.ErrDeadlineExceeded):
		i.Failed() // an ICMP error that an answer earned, or the interface is down for a while
		return nil, i.Clock.Sleep(i.Context, pause)
	}
	return nil, nil
}

// Interrupt ends a Receive.
func (i *Intake[R]) Interrupt() {
	i.interrupted.Store(true)
	i.Conn.Interrupt()
}

// take adds what is there to a request.
func (i *Intake[R]) take(first *R, count int) (list []*R, err error) {
	if first != nil {
		list = append(list, first)
	}
	if count < 0 || count > most {
		count = most
	}
	for range count - len(list) {
		n, m, err := i.Conn.TryRead(i.buffer[:])
		if errors.Is(err, net.ErrClosed) && len(list) == 0 {
			return nil, net.ErrClosed
		} else if err != nil {
			break
		}
		if r := i.Understand(i.buffer[:n], m); r != nil {
			list = append(list, r)
		}
	}
	return list, nil
}

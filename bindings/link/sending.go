package link

import (
	"context"
	"sync/atomic"
	"time"

	"moonwire/host/network"
)

// A sending is the packets of one round on their way, while others are received.
type sending struct {
	cancel context.CancelFunc
	done   chan struct{}
	clock  network.Clock
	last   time.Time // when the last one was sent; known once done
	err    error

	total int          // packets of the round
	sent  atomic.Int64 // of them
}

// start sends what is unanswered.
func (e *exchange) start(ctx context.Context) *sending {
	var open []int
	for i := range e.frames.ends {
		if e.table.Answers(i) == 0 {
			open = append(open, i)
		}
	}
	ctx, cancel := network.WithCancel(ctx)
	clock := network.ClockFrom(ctx)
	s := &sending{cancel: cancel, done: make(chan struct{}), clock: clock, total: len(open)}
	network.Go(ctx, func() {
		defer close(s.done)
		_, s.err = send(ctx, e.conn, e.pace, len(open), func(i int) int { return len(e.frames.frame(open[i])) },
			func(i int, slot []byte) int { return put(slot, e.frames.frame(open[i])) },
			func(from, to int) {
				now := clock.Now().UnixNano()
				for _, i := range open[from:to] {
					e.sentAt[i].Store(now)
				}
				s.sent.Store(int64(to))
			})
		s.last = clock.Now()
		e.conn.Interrupt()
	})
	return s
}

// stop ends the sending. In simulated time the sender has no turn now, and sends nothing more when it has the next.
func (s *sending) stop() {
	s.cancel()
	if !s.clock.Virtual() {
		<-s.done
	}
}

// until is when to look again: when the time for answers is over, or soon while packets are still being sent.
func (s *sending) until(clock network.Clock, timeout time.Duration) time.Time {
	select {
	case <-s.done:
		return s.last.Add(timeout)
	default:
		return clock.Now().Add(checkEvery)
	}
}

// over says whether the time for answers is over, or a packet could not be sent.
func (s *sending) over(clock network.Clock, timeout time.Duration) (bool, error) {
	select {
	case <-s.done:
		return s.err != nil || !clock.Now().Before(s.last.Add(timeout)), s.err
	default:
		return false, nil
	}
}

package permit

import (
	"context"
	"os"
	"sync"
	"time"

	"moonwire/host/network"
)

// A queue is where a socket's datagrams wait until their time has come. Waits end early by Interrupt, by Close and by the
// deadline for writing.
type queue struct {
	mu    sync.Mutex
	until time.Time // zero: for ever
	ends  map[*context.CancelFunc]struct{}
}

// wait waits for the time of one datagram.
func (q *queue) wait(p *pace, clock network.Clock) error {
	ctx, cancel := network.WithCancel(context.Background())
	defer cancel()
	until := q.enter(&cancel)
	defer q.leave(&cancel)
	if !until.IsZero() {
		timer := clock.AfterFunc(until.Sub(clock.Now()), cancel)
		defer timer.Stop()
	}
	if _, err := p.take(ctx, clock, 1); err != nil {
		return os.ErrDeadlineExceeded
	}
	return nil
}

func (q *queue) enter(cancel *context.CancelFunc) (until time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.ends == nil {
		q.ends = make(map[*context.CancelFunc]struct{})
	}
	q.ends[cancel] = struct{}{}
	return q.until
}

func (q *queue) leave(cancel *context.CancelFunc) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.ends, cancel)
}

func (q *queue) interrupt() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for cancel := range q.ends {
		(*cancel)()
	}
}

func (q *queue) setDeadline(t time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.until = t
}

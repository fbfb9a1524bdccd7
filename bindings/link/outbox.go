package link

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// A script that sends packet by packet in a loop would spend its time on system calls. So a packet that follows another
// at once is put into an outbox, and goes out with those that follow: when the outbox is full, when the link is used for
// anything else, or a moment later. One that comes alone goes out at once.
const (
	atOnce     = 50 * time.Microsecond
	aMoment    = 200 * time.Microsecond
	outboxFull = 64 // packets
)

// An outbox is packets that are about to leave.
type outbox struct {
	link    *Link
	last    time.Time // of the last packet, there or not
	waiting atomic.Int32
	closed  atomic.Bool
	timer   *time.Timer

	writing sync.Mutex // held while packets leave; taken before mu
	mu      sync.Mutex
	queue   frames
	leaving frames
	err     error // that nobody was told of yet
}

func newOutbox(l *Link) *outbox {
	o := &outbox{link: l}
	o.timer = time.AfterFunc(time.Hour, func() { o.flush(context.Background()) })
	o.timer.Stop()
	return o
}

// takes says whether the next packet, of n bytes, belongs into the outbox.
func (o *outbox) takes(n int) bool {
	if o.link.direct || o.closed.Load() || n > o.link.iface.MTU+headerLength || n == 0 {
		return false
	}
	now := time.Now()
	follows := now.Sub(o.last) < atOnce
	o.last = now
	return follows || o.waiting.Load() > 0
}

// add puts a packet into the outbox, and says whether that is full.
func (o *outbox) add(frame []byte) (full bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.queue.bytes = append(o.queue.bytes, frame...)
	o.queue.ends = append(o.queue.ends, len(o.queue.bytes))
	n := o.waiting.Add(1)
	if n == 1 {
		o.timer.Reset(aMoment)
	}
	return n >= outboxFull
}

// flush sends what is in the outbox, after what is leaving now.
func (o *outbox) flush(ctx context.Context) {
	if o.link.direct {
		return // it was never used
	}
	o.writing.Lock()
	defer o.writing.Unlock()
	if o.waiting.Load() == 0 {
		return
	}
	o.mu.Lock()
	o.queue, o.leaving = frames{o.leaving.bytes[:0], o.leaving.ends[:0]}, o.queue
	o.waiting.Store(0)
	o.mu.Unlock()
	n := len(o.leaving.ends)
	sent, err := o.link.inbox.current().WriteFrames(ctx, n, func(i int, slot []byte) int { return put(slot, o.leaving.frame(i)) })
	if err != nil {
		o.mu.Lock()
		o.err = explainSend(o.link, &o.leaving, sent, err)
		o.mu.Unlock()
	}
}

// alone sends one packet, after what is leaving now.
func (o *outbox) alone(ctx context.Context, fill func(int, []byte) int) error {
	if !o.link.direct {
		o.writing.Lock()
		defer o.writing.Unlock()
	}
	_, err := o.link.inbox.current().WriteFrames(ctx, 1, fill)
	return err
}

// failure is what befell packets that left later than send returned; it is told once.
func (o *outbox) failure() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	err := o.err
	o.err = nil
	return err
}

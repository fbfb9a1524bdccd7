package network

import (
	"sync/atomic"
	"time"
	"weak"

	"moonwire/host/network/afpacket"
)

// A backlog makes the ring last for a reader that is away. The kernel closes a block each millisecond in which a frame
// came, so that a hundred scattered frames fill a hundred blocks: those are copied out of the ring, where they take only
// their own room.
type backlog struct {
	limit int // bytes
	size  int
	queue []*afpacket.Block
	spare *afpacket.Block // memory for the next one
	armed atomic.Bool     // a look at the ring is due
}

// lookAfter is how long the ring is left alone: a third of what it lasts at the worst.
const lookAfter = 40 * time.Millisecond

// next is the oldest block, from the backlog or straight from the ring; nil when there is none.
func (b *backlog) next(r *afpacket.Ring) *afpacket.Block {
	if len(b.queue) > 0 {
		oldest := b.queue[0]
		b.queue = b.queue[1:]
		b.size -= oldest.Size()
		return oldest
	}
	return b.move(r)
}

// move takes a block out of the ring.
func (b *backlog) move(r *afpacket.Ring) *afpacket.Block {
	block := b.spare
	if block == nil {
		block = new(afpacket.Block)
	}
	b.spare = nil
	if !r.Move(block) {
		b.spare = block
		return nil
	}
	return block
}

// relieve copies blocks while the ring is crowded.
func (b *backlog) relieve(r *afpacket.Ring) {
	for r.Crowded() && b.size < b.limit {
		block := b.move(r)
		b.queue = append(b.queue, block)
		b.size += block.Size()
	}
}

// discard drops what is there and returns the number of frames.
func (b *backlog) discard() (n int) {
	for _, block := range b.queue {
		n += block.Left()
	}
	b.queue, b.size = nil, 0
	return n
}

// away begins to look after the ring, until a reader waits at it or the link is lost.
func (l *link) away() {
	if l.backlog.armed.Swap(true) {
		return
	}
	w := weak.Make(l)
	time.AfterFunc(lookAfter, func() {
		if l := w.Value(); l != nil {
			l.look()
		}
	})
}

// look relieves the ring and comes again.
func (l *link) look() {
	l.backlog.armed.Store(false)
	l.reading.Lock()
	defer l.reading.Unlock()
	if l.memory.Receive != nil && !l.waiting.Load() {
		l.backlog.relieve(l.memory.Receive)
		l.away()
	}
}

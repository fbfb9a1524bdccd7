package vm

import (
	"sync"
	"sync/atomic"
)

// baton is the right to run Lua. It is handed over in the order in which tasks asked, directly from one to the next, so
// nobody can take it twice while another waits.
type baton struct {
	mu         sync.Mutex
	held       bool
	head, tail *turn
	waiting    atomic.Int32  // how many ask for it
	turns      atomic.Uint64 // how often it changed hands
}

// turn is a place in the queue.
type turn struct {
	next  *turn
	ready chan struct{}
}

var turns = sync.Pool{New: func() any { return &turn{ready: make(chan struct{}, 1)} }}

// acquire takes the baton, after all who asked before.
func (b *baton) acquire() {
	b.mu.Lock()
	if !b.held {
		b.held = true
		b.turns.Add(1)
		b.mu.Unlock()
		return
	}
	t := turns.Get().(*turn)
	if b.tail == nil {
		b.head = t
	} else {
		b.tail.next = t
	}
	b.tail = t
	b.waiting.Add(1)
	b.mu.Unlock()
	<-t.ready
	turns.Put(t)
}

// release hands the baton to the next in the queue, or puts it down.
func (b *baton) release() {
	b.mu.Lock()
	t := b.head
	if t == nil {
		b.held = false
		b.turns.Add(1)
		b.mu.Unlock()
		return
	}
	if b.head = t.next; b.head == nil {
		b.tail = nil
	}
	t.next = nil
	b.waiting.Add(-1)
	b.turns.Add(1)
	b.mu.Unlock()
	t.ready <- struct{}{}
}

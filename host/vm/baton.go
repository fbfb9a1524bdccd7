package vm

import (
	"sync"
	"sync/atomic"

	"moonwire/host/network"
)

// baton is the right to run Lua. It is handed over in the order in which tasks asked, directly from one to the next, so
// nobody can take it twice while another waits.
type baton struct {
	mu         sync.Mutex
	held       bool
	turn       uint64 // how often it was taken
	head, tail *place
	waiting    atomic.Int32 // how many stand in the queue
}

// place is a place in the queue. Who has it may be put there by another: a task that is started, or woken, has its turn
// from that moment on, whatever the system's scheduler does.
type place struct {
	next   *place
	queued bool          // it has stood in the queue; guarded by the baton's mu
	ready  chan struct{} // has the baton in it, once
	task   *Task         // that has yet to begin; it needs no goroutine until its turn

	waiter network.Waiter // by a simulated clock, which gives the turns in the baton's stead
}

var places = sync.Pool{New: func() any { return &place{ready: make(chan struct{}, 1)} }}

func newPlace() *place { return places.Get().(*place) }

// free gives back a place whose turn has come.
func (p *place) free() {
	p.queued = false
	places.Put(p)
}

// give hands the baton to whose place it is.
func (p *place) give() {
	if p.task != nil {
		go p.task.run()
		return
	}
	p.ready <- struct{}{}
}

// acquire takes the baton, after all who asked before.
func (b *baton) acquire() {
	b.mu.Lock()
	if !b.held {
		b.held = true
		b.turn++
		b.mu.Unlock()
		return
	}
	p := newPlace()
	b.push(p)
	b.mu.Unlock()
	<-p.ready
	p.free()
}

// enqueue makes sure that p's turn will come.
func (b *baton) enqueue(p *place) {
	if p.waiter != nil {
		p.waiter.Wake()
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case p.queued:
	case b.held:
		b.push(p)
	default:
		b.held = true
		b.turn++
		p.queued = true
		p.give()
	}
}

func (b *baton) push(p *place) {
	p.queued = true
	if b.tail == nil {
		b.head = p
	} else {
		b.tail.next = p
	}
	b.tail = p
	b.waiting.Add(1)
}

// release hands the baton to the first in the queue, or puts it down.
func (b *baton) release() {
	b.mu.Lock()
	p := b.head
	if p == nil {
		b.held = false
		b.mu.Unlock()
		return
	}
	if b.head = p.next; b.head == nil {
		b.tail = nil
	}
	p.next = nil
	b.turn++
	b.waiting.Add(-1)
	b.mu.Unlock()
	p.give()
}

// holder tells whether anybody has the baton, and in which turn.
func (b *baton) holder() (held bool, turn uint64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.held, b.turn
}

package node

import (
	"slices"
	"sync"
)

// Change is something that happened to a node's configuration.
type Change int

// The changes.
const (
	LinkUp         Change = iota // an interface is up and has a carrier
	LinkDown                     // it isn't any more
	AddressAdded                 //
	AddressRemoved               //
	AddressTaken                 // another host has it: it was removed
	RouteChanged                 //
	MTUChanged                   //
)

// Event says what happened, and to which interface, if to one.
type Event struct {
	Change    Change
	Interface string
}

// watches are who wants to know.
type watches struct {
	mu   sync.Mutex
	list []*func(Event)
}

// Watch calls f for each change, until stop is called. f must not block.
func (n *Node) Watch(f func(Event)) (stop func()) {
	w := &n.watches
	w.mu.Lock()
	defer w.mu.Unlock()
	w.list = append(slices.Clip(w.list), &f)
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.list = slices.DeleteFunc(slices.Clone(w.list), func(o *func(Event)) bool { return o == &f })
	}
}

// event tells them.
func (w *watches) event(e Event) {
	w.mu.Lock()
	list := w.list
	w.mu.Unlock()
	for _, f := range list {
		(*f)(e)
	}
}

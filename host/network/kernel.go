package network

import (
	"os"
	"slices"
	"sync"
)

// Kernel is this machine's own network, in the namespace this process lives in.
func Kernel() Network { return machine }

var machine = &kernel{}

// kernel is the operating system's network, or one namespace of it.
type kernel struct {
	name string // of the namespace, "" for the process's own
	path string // of the namespace's file

	mu   sync.Mutex
	open map[interface{ Close() error }]struct{}
	undo []func() // what Config changed, oldest first
}

func (k *kernel) Clock() Clock { return realClock{} }

// adopt remembers a socket until it is closed.
func (k *kernel) adopt(s interface{ Close() error }) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.open == nil {
		k.open = make(map[interface{ Close() error }]struct{})
	}
	k.open[s] = struct{}{}
}

// forget is adopt's end.
func (k *kernel) forget(s interface{ Close() error }) {
	k.mu.Lock()
	delete(k.open, s)
	k.mu.Unlock()
}

// Close closes every socket opened through k and undoes what Config changed. More may be opened afterwards.
func (k *kernel) Close() error {
	k.mu.Lock()
	open, undo := k.open, k.undo
	k.open, k.undo = nil, nil
	k.mu.Unlock()
	for s := range open {
		s.Close()
	}
	for _, f := range slices.Backward(undo) {
		f()
	}
	return nil
}

func (k *kernel) Hostname() (string, error) { return os.Hostname() }

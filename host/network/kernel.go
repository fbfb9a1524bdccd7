package network

import (
	"os"
	"runtime"
	"sync"
	"weak"
)

// Kernel is this machine's own network, in the namespace this process lives in.
func Kernel() Network { return machine }

var machine = &kernel{}

// kernel is the operating system's network, or one namespace of it.
type kernel struct {
	name string // of the namespace, "" for the process's own
	path string // of the namespace's file

	mu      sync.Mutex
	open    map[weak.Pointer[socket]]struct{} // those that Close closes; a lost one is the collector's
	changes Journal                           // what Config changed
	upkeep  upkeep                            // of what would end by itself
}

func (k *kernel) Clock() Clock { return realClock{} }

// adopt remembers a socket until it is closed or lost. The garbage collector closes the descriptor of a lost one.
func (k *kernel) adopt(s *socket) {
	w := weak.Make(s)
	k.mu.Lock()
	defer k.mu.Unlock()
	if _, known := k.open[w]; known {
		return
	}
	if k.open == nil {
		k.open = make(map[weak.Pointer[socket]]struct{})
	}
	k.open[w] = struct{}{}
	runtime.AddCleanup(s, k.forget, w)
}

// forget is adopt's end.
func (k *kernel) forget(w weak.Pointer[socket]) {
	k.mu.Lock()
	delete(k.open, w)
	k.mu.Unlock()
}

// Close closes every socket opened through k and undoes what Config changed. More may be opened afterwards.
func (k *kernel) Close() error {
	k.mu.Lock()
	open := k.open
	k.open = nil
	k.mu.Unlock()
	for w := range open {
		if s := w.Value(); s != nil {
			s.Close()
		}
	}
	return k.changes.Undo()
}

func (k *kernel) Hostname() (string, error) { return os.Hostname() }

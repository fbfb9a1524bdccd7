package test

import (
	"io/fs"
	"slices"
	"sync"

	"moonwire/host/network"
)

// noted are files, and the names of those that were read.
type noted struct {
	network.Files
	mu    sync.Mutex
	names []string
}

// Open notes what is opened.
func (n *noted) Open(name string, flag int, perm fs.FileMode) (network.File, error) {
	f, err := n.Files.Open(name, flag, perm)
	if err == nil {
		n.note(name)
	}
	return f, err
}

func (n *noted) note(name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !slices.Contains(n.names, name) {
		n.names = append(n.names, name)
	}
}

package test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"moonwire/host/network"
)

// noted are files, and the names of those that were read: not of those that the reader has made itself.
type noted struct {
	network.Files
	mu    sync.Mutex
	names []string
	made  []string
}

// Open notes what is opened.
func (n *noted) Open(name string, flag int, perm fs.FileMode) (network.File, error) {
	f, err := n.Files.Open(name, flag, perm)
	if err == nil {
		n.note(name, flag&(os.O_CREATE|os.O_TRUNC) != 0)
	}
	return f, err
}

// TempFile notes what is made.
func (n *noted) TempFile(pattern string) (network.File, error) {
	f, err := n.Files.TempFile(pattern)
	if err == nil {
		n.note(f.Name(), true)
	}
	return f, err
}

// Rename notes what is made.
func (n *noted) Rename(from, to string) error {
	err := n.Files.Rename(from, to)
	if err == nil {
		n.note(to, true)
	}
	return err
}

func (n *noted) note(name string, made bool) {
	name = filepath.Clean(name)
	n.mu.Lock()
	defer n.mu.Unlock()
	switch {
	case slices.Contains(n.names, name) || slices.Contains(n.made, name):
	case made:
		n.made = append(n.made, name)
	default:
		n.names = append(n.names, name)
	}
}

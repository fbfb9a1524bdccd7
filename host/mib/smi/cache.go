package smi

import (
	"hash/maphash"
	"sync"
)

// memory remembers what texts hold, for all runtimes of a process. None is kept on disk: a thousand modules are read in
// less than a second, and a copy would have to be kept true.
type memory struct {
	mu   sync.Mutex
	kept map[digest]*parsed
	size int // of the texts
}

// digest stands for a text.
type digest struct {
	hash       uint64
	length     int
	permissive bool
}

// maxKept is the length of the texts whose contents are remembered. They take about as much memory.
const maxKept = 32 << 20

var (
	cache = memory{kept: make(map[digest]*parsed)}
	seed  = maphash.MakeSeed()
)

// read is what a text holds. Nothing of it lies in the text itself, whose room is used again.
func (c *memory) read(text string, permissive bool) *parsed {
	key := digest{maphash.String(seed, text), len(text), permissive}
	c.mu.Lock()
	kept := c.kept[key]
	c.mu.Unlock()
	if kept != nil {
		return kept
	}
	fresh := read(text, permissive)
	for _, m := range fresh.modules {
		m.text = key
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept[key] == nil {
		c.kept[key] = fresh
		c.size += len(text)
	}
	for other := range c.kept { // whichever comes first: who reads more than fits, in the same order again, still meets some
		if c.size <= maxKept {
			break
		}
		delete(c.kept, other)
		c.size -= other.length
	}
	return fresh
}

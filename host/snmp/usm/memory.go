package usm

import (
	"crypto/sha256"
	"sync"
)

// keysKept bounds the keys that are remembered.
const keysKept = 4096

// known are the keys of users at engines.
var known memory[*Keys]

// A memory holds the keys that were asked for last. What was not asked for since the older half was full is
// forgotten: two generations cost less than a list in order of use.
type memory[K any] struct {
	mu         sync.Mutex
	young, old map[[sha256.Size]byte]K
}

func (m *memory[K]) get(id [sha256.Size]byte) (K, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	k, ok := m.young[id]
	if !ok {
		if k, ok = m.old[id]; ok {
			m.keep(id, k)
		}
	}
	return k, ok
}

func (m *memory[K]) put(id [sha256.Size]byte, k K) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.keep(id, k)
}

func (m *memory[K]) keep(id [sha256.Size]byte, k K) {
	if len(m.young) >= keysKept/2 {
		m.old, m.young = m.young, nil
	}
	if m.young == nil {
		m.young = make(map[[sha256.Size]byte]K)
	}
	m.young[id] = k
}

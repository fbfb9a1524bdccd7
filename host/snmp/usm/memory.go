package usm

import (
	"crypto/sha256"
	"sync"
)

// keysKept bounds the keys that are remembered.
const keysKept = 4096

var known memory

// A memory holds the keys of the last users and engines. What was not asked for since the older half was full is
// forgotten: two generations cost less than a list in order of use.
type memory struct {
	mu         sync.Mutex
	young, old map[[sha256.Size]byte]*Keys
}

func (m *memory) get(id [sha256.Size]byte) *Keys {
	m.mu.Lock()
	defer m.mu.Unlock()
	k := m.young[id]
	if k == nil {
		if k = m.old[id]; k != nil {
			m.keep(id, k)
		}
	}
	return k
}

func (m *memory) put(id [sha256.Size]byte, k *Keys) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.keep(id, k)
}

func (m *memory) keep(id [sha256.Size]byte, k *Keys) {
	if len(m.young) >= keysKept/2 {
		m.old, m.young = m.young, nil
	}
	if m.young == nil {
		m.young = make(map[[sha256.Size]byte]*Keys)
	}
	m.young[id] = k
}

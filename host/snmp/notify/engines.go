package notify

import (
	"sync"

	"moonwire/host/snmp/usm"
)

// mostEngines bounds the engines whose time is remembered.
const mostEngines = 1 << 14

// engines is the time of those who send traps, as it was heard (RFC 3414 section 2.3). Only authentic messages get in here.
type engines struct {
	mu         sync.Mutex
	young, old map[string]*usm.Remote
}

// of is the time of an engine; a new one has none yet.
func (e *engines) of(id []byte) *usm.Remote {
	e.mu.Lock()
	defer e.mu.Unlock()
	r := e.young[string(id)]
	if r == nil {
		if r = e.old[string(id)]; r == nil {
			r = &usm.Remote{}
		}
		if e.young == nil || len(e.young) >= mostEngines/2 {
			e.old, e.young = e.young, map[string]*usm.Remote{}
		}
		e.young[string(id)] = r
	}
	return r
}

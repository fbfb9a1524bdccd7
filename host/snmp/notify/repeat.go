package notify

import (
	"hash/maphash"
	"net/netip"
	"sync"
	"time"

	"moonwire/host/snmp/message"
)

// memory is how long an inform is remembered: longer than any sender tries.
const memory = 10 * time.Minute

// mostRepeats bounds the informs that are remembered.
const mostRepeats = 1 << 14

// repeats knows informs that were told: one that comes again, from the same socket with the same request id and the same
// contents, is no other event. Two generations forget the oldest without a list in order of time.
type repeats struct {
	mu         sync.Mutex
	seed       maphash.Seed
	young, old map[told]int
	since      time.Time // when young began
}

// told is what tells informs apart.
type told struct {
	source  netip.AddrPort
	version message.Version
	who     string // community or user
	id      int32
	sum     uint64 // of the variables
}

func newRepeats() *repeats { return &repeats{seed: maphash.MakeSeed(), young: map[told]int{}} }

// seen says how often an inform came before, and remembers it.
func (r *repeats) seen(k told, now time.Time) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	if age := now.Sub(r.since); age > memory || len(r.young) >= mostRepeats/2 {
		if r.old = r.young; age > 2*memory {
			r.old = nil
		}
		r.young, r.since = map[told]int{}, now
	}
	before := max(r.young[k], r.old[k])
	r.young[k] = before + 1
	return before
}

// forget is for an inform that was not told after all.
func (r *repeats) forget(k told) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.young, k)
	delete(r.old, k)
}

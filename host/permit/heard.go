package permit

import (
	"net/netip"
	"sync"
)

// heard is who may be answered. Of many, those that were silent for longest are forgotten: two halves are kept, and the
// older one goes when the younger is full.
type heard struct {
	mu         sync.Mutex
	last       netip.AddrPort
	young, old map[netip.AddrPort]struct{}
}

// mostHeard is how many a half holds.
const mostHeard = 1 << 14

func (h *heard) note(from netip.AddrPort) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if from == h.last {
		return
	}
	h.last = from
	if len(h.young) >= mostHeard || h.young == nil {
		h.old, h.young = h.young, make(map[netip.AddrPort]struct{})
	}
	h.young[from] = struct{}{}
}

func (h *heard) has(to netip.AddrPort) bool {
	if h == nil {
		return false
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	_, young := h.young[to]
	_, old := h.old[to]
	return young || old
}

package wire

import (
	"sync"
	"sync/atomic"
)

// Share adds a third end to a link, as if all three were on a hub: the port receives what the others send and is not lost,
// and what it sends arrives at the one that it is for, or at both. Remove ends it.
func Share(e Engine, l *Link) (p *Port, remove func()) {
	h := &hub{link: l, port: NewPort(l.name + "+hub"), seen: make(map[[6]byte]*Port)}
	p = NewPort(l.name + "+third")
	for _, end := range []*Port{h.port, p} {
		end.SetMTU(min(l.ends[0].MTU(), l.ends[1].MTU()))
	}
	h.port.Handle(h.enter)
	cable := Connect(e, p.name, h.port, p, LinkOptions{})
	untap := l.Tap(h.leave)
	return p, func() {
		untap()
		cable.SetUp(false)
	}
}

// hub is the middle of a link that is shared.
type hub struct {
	link *Link
	port *Port                // towards the third end
	mine atomic.Pointer[byte] // the frame of the third end that is being sent

	mu   sync.Mutex
	seen map[[6]byte]*Port // which end has an address
}

// manyStations bounds what a hub remembers.
const manyStations = 4096

// leave shows the third end what the others send.
func (h *hub) leave(s Sight) {
	if s.Drop != "" || s.Again || len(s.Frame) < headerLen || &s.Frame[0] == h.mine.Load() {
		return
	}
	h.mu.Lock()
	if len(h.seen) >= manyStations {
		clear(h.seen)
	}
	h.seen[[6]byte(s.Frame[6:])] = s.From
	h.mu.Unlock()
	h.port.Send(s.Frame)
}

// enter sends what the third end has, from the far end of whom it is for.
func (h *hub) enter(frame []byte) {
	if len(frame) < headerLen {
		return
	}
	h.mu.Lock()
	to := h.seen[[6]byte(frame)]
	h.mu.Unlock()
	h.mine.Store(&frame[0])
	defer h.mine.Store(nil)
	for i, end := range h.link.ends {
		if to == nil || to == end {
			h.link.ends[1-i].Send(frame)
		}
	}
}

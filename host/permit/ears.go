package permit

import (
	"slices"
	"strconv"
	"sync"
	"time"

	"moonwire/host/network"
)

// ears are the links by which an ip:proto socket may hear. The system gives it what comes by any link; the rest is dropped.
type ears struct {
	on *guarded

	mu    sync.Mutex
	known map[int]ear
}

// An ear says whether a link may be heard, as it was at a moment.
type ear struct {
	open bool
	at   time.Time
}

// listens are the ears of a socket; nil where every link may be heard.
func (n *guarded) listens() *ears {
	if n.policy.hears("") {
		return nil
	}
	return &ears{on: n}
}

// hear says whether a datagram may be heard. One of which nobody knows by which link it came may not.
func (e *ears) hear(m network.Meta) bool {
	if e == nil {
		return true
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	now := e.on.Clock().Now()
	if is, known := e.known[m.Interface]; known && now.Sub(is.at) < wayTime {
		return is.open
	}
	if e.known == nil || len(e.known) >= mostWays {
		e.known = make(map[int]ear)
	}
	open := m.Interface != 0 && e.on.policy.hears(e.on.linkName(m.Interface))
	e.known[m.Interface] = ear{open, now}
	return open
}

// hears says whether what comes by a link may be received; "" is every link.
func (p *Policy) hears(link string) bool {
	is := func(g Grant) bool {
		return (g.Kind == Sniff || g.Kind == Raw) && (g.Link == "" || link != "" && onLink(g.Link, link))
	}
	no := func(g Grant) bool {
		return (g.Kind == Sniff || g.Kind == Raw && g.To == Net{}) && (link == "" || onLink(g.Link, link))
	}
	return !slices.ContainsFunc(p.Deny, no) && (p.All || slices.ContainsFunc(p.Allow, is))
}

// linkName is the name of the interface with an index; one that nobody has where there is no such.
func (n *guarded) linkName(index int) string {
	for _, i := range n.table() {
		if i.Index == index {
			return i.Name
		}
	}
	return "/" + strconv.Itoa(index)
}
